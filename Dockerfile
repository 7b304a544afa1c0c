# The console is built first; the image that runs has no Node.
FROM node:24-bookworm-slim AS console
WORKDIR /src/console
COPY console/package.json console/package-lock.json console/.npmrc ./
RUN npm ci
COPY console ./
COPY docs/handbook /src/docs/handbook
RUN npx vite build

# The packages that run, without the tests' tools, and of them what is ever read (docs/decisions/1714, 1720).
FROM python:3.11-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN apt-get update && apt-get install --yes --no-install-recommends binutils
RUN python -m venv --without-pip /opt/venv
COPY runtime.lock ./
RUN pip --python /opt/venv install --no-compile --require-hashes --requirement runtime.lock
WORKDIR /opt/kaohe
COPY pyproject.toml README.md ./
COPY shared shared
COPY rules rules
COPY services services
COPY gateway gateway
COPY --from=console /src/gateway/web/console gateway/web/console
COPY ops ops
COPY data data
RUN pip --python /opt/venv install --no-compile --no-deps --no-build-isolation --editable . \
    && PYTHONDONTWRITEBYTECODE=1 /opt/venv/bin/python -m ops.image.slimming /opt/venv/lib/python3.11/site-packages \
    && /opt/venv/bin/python -m ops.image.importing

# One image for every process; docker-compose.yml says which command each runs.
FROM python:3.11-slim-bookworm

ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MPLCONFIGDIR=/tmp/matplotlib
RUN useradd --system --uid 10001 --create-home kaohe \
    && install --directory --owner=kaohe --mode=700 /var/lib/kaohe/evidence /var/lib/kaohe/anchors /var/lib/kaohe/anchor-keys \
        /spool
WORKDIR /opt/kaohe
COPY --from=packages /opt /opt

USER kaohe
EXPOSE 8000 9100
CMD ["kaohe", "--help"]
