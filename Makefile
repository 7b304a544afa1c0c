# Every target does its own set-up. `make` or `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
KAOHE_PORT ?= 8000
KAOHE_TEST_WORKERS ?= 3
FAULT_MINUTES ?= 60
FAULT_SEED ?= 1
export KAOHE_PORT

SET_UP := .venv/.set-up
RUN := .venv/bin
PURE := tests/unit tests/properties

.PHONY: help up test image image-built image-tested faults pure lint types imports debian oidc bench lock clean console console-dev console-schema console-check console-browser console-test console-try console-bench pictures

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: ## start the whole system with the reference bureau on http://127.0.0.1:8000 (KAOHE_PORT changes the port)
	@$(MAKE) --no-print-directory --jobs=2 $(SET_UP) console-try
	@exec $(RUN)/kaohe up

console: ## build the console into gateway/web/console
	@ops/private/console.sh $(PYTHON) build

console-dev: ## the console from its sources, reloading, before the gateway of KAOHE_PORT
	@KAOHE_URL=http://127.0.0.1:$(KAOHE_PORT) ops/private/console.sh $(PYTHON) dev

console-schema: $(SET_UP) ## write the console's types of the API anew, after a contract has grown
	@ops/private/console.sh $(PYTHON) schema

console-test: console-check console-browser ## the console's own tests: style, types, units, and a browser before a real gateway

console-check: $(SET_UP) console
	@ops/private/console.sh $(PYTHON) check

console-browser: $(SET_UP) debian console
	@ops/private/console.sh $(PYTHON) browser

pictures: $(SET_UP) debian console ## take the handbook's pictures anew, of a demo bureau of its own
	@ops/private/console.sh $(PYTHON) pictures

console-bench: $(SET_UP) debian console ## the console's own times: robots with human delays, 100,000 rows, first views on slow machines (some 40 minutes)
	@ops/private/console.sh $(PYTHON) measures

console-try:
	@ops/private/console.sh $(PYTHON) build || echo "The console was not built; the system starts without it. Later: make console"

# Two things at a time: what reads the sources, then the browser and, where it leaves the machine idle, the tests without any process beside them.
test: $(SET_UP) debian ## lint, types, boundaries and all tests; installs RabbitMQ (Debian) where it may
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target console-check lint types imports
	@$(MAKE) --no-print-directory oidc
	@$(MAKE) --no-print-directory --jobs=2 console-browser pure
	$(RUN)/python -m pytest $(PURE:%=--ignore=%) --numprocesses $(KAOHE_TEST_WORKERS) --dist loadfile --no-loadscope-reorder

pure: $(SET_UP)
	@nice -n 10 $(RUN)/python -m pytest --quiet $(PURE)

image: ## build both images without a container engine, as root (Debian's buildah), and run the composition's processes from them
	@$(MAKE) --no-print-directory image-built
	@$(MAKE) --no-print-directory image-tested

image-built: $(SET_UP)
	@ops/private/debian.sh buildah mmdebstrap rabbitmq-server docker-compose nginx-light libnginx-mod-stream
	$(RUN)/python -m ops.private.image

image-tested: $(SET_UP)
	$(RUN)/python -m pytest tests/image

faults: $(SET_UP) debian ## three nodes of RabbitMQ and the leader of two databases killed in turn, by themselves, by Patroni and under the whole deployment, then faults on the deployment and the seeded simulation, each for FAULT_MINUTES (60): prints seeds, operations, faults
	$(RUN)/python -W ignore -m tests.cluster.three_nodes 120
	$(RUN)/python -W ignore -m tests.cluster.two_databases --seconds 60
	@ops/private/debian.sh patroni python3-etcd etcd-server
	$(RUN)/python -W ignore -m tests.cluster.two_databases --seconds 60 --patroni
	$(RUN)/python -W ignore -m tests.cluster.deployment --seconds 300 --prove
	$(RUN)/python -W ignore -m tests.faults --minutes $(FAULT_MINUTES) --seed $(FAULT_SEED)
	$(RUN)/python -W ignore -m tests.simulation --minutes $(FAULT_MINUTES) --first $(FAULT_SEED)

lint: $(SET_UP) ## style and likely mistakes (ruff)
	$(RUN)/ruff check
	$(RUN)/ruff format --check

types: $(SET_UP) ## static types (mypy, strict)
	$(RUN)/mypy

imports: $(SET_UP) ## who may import whom (import-linter)
	$(RUN)/lint-imports

bench: $(SET_UP) ## the benchmarks, each with its peer and its limit
	$(RUN)/python -m benchmarks

lock: $(SET_UP) ## renew requirements.lock, and the image's runtime.lock, from pyproject.toml
	$(RUN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --upgrade --quiet --output-file requirements.lock
	$(RUN)/uv pip compile pyproject.toml --extra image --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --quiet --constraint requirements.lock --output-file runtime.lock

clean: ## remove what was built; the data in var/ stays
	! mountpoint --quiet .image/images/overlay || umount --recursive .image/images/overlay
	rm -rf .venv .node .image console/node_modules tests/oidc/node_modules tests/chromium90/node_modules gateway/web/console build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './var/*' -not -path './.node/*' -prune -exec rm -rf {} +

oidc:
	@ops/private/oidc.sh $(PYTHON) install

debian: ## what the tests need of Debian: RabbitMQ, Chromium, LibreOffice, nginx, promtool, fonts
	@ops/private/debian.sh rabbitmq-server docker-compose chromium fonts-noto-cjk nginx-light libnginx-mod-stream prometheus \
		libreoffice-calc-nogui libreoffice-writer-nogui

$(SET_UP): requirements.lock pyproject.toml
	@ops/private/set-up.sh $(PYTHON)
	@touch $@
