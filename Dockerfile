# The console is built first; the image that runs has no Node.
FROM node:24-bookworm-slim AS console
WORKDIR /src/console
COPY console/package.json console/package-lock.json console/.npmrc ./
RUN npm ci
COPY console ./
COPY docs/handbook /src/docs/handbook
RUN npx vite build

# One image for every process; docker-compose.yml says which command each runs.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --system --uid 10001 --create-home kaohe \
    && install --directory --owner=kaohe --mode=700 /var/lib/kaohe/evidence /var/lib/kaohe/anchors /var/lib/kaohe/anchor-keys
WORKDIR /opt/kaohe

# The packages change more rarely than the code: a layer of their own.
COPY requirements.lock ./
RUN pip install --require-hashes --requirement requirements.lock

COPY pyproject.toml README.md ./
COPY shared shared
COPY rules rules
COPY services services
COPY gateway gateway
COPY --from=console /src/gateway/web/console gateway/web/console
COPY ops ops
COPY data data
RUN pip install --no-deps --no-build-isolation --editable . && python -m compileall -q shared rules services gateway ops

USER kaohe
EXPOSE 8000 9100
CMD ["kaohe", "--help"]
