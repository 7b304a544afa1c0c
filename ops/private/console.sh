#!/bin/sh
# Builds, serves or tests the console, or writes its types of the API anew: console.sh PYTHON build|dev|check|browser|schema|pictures|measures. Node comes from a wheel where the machine has none of version 22.
set -eu
cd "$(dirname "$0")/../.."
python=$1
task=$2
built=gateway/web/console/.built

# Built already, and nothing that it is made of is newer.
if [ "$task" = build ] && [ -e "$built" ] && [ -z "$(find console docs/handbook -name node_modules -prune -o -name test-results -prune -o -path console/tests -prune -o -type f -newer "$built" -print | head -n 1)" ]; then
    exit 0
fi

. ops/private/node.sh

cd console
packages

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
pictures) KAOHE_PICTURES=1 npx playwright test ;;
measures) KAOHE_MEASURES=1 npx playwright test ;;
check)
    types node_modules/schema.d.ts
    cmp -s node_modules/schema.d.ts src/api/schema.d.ts || {
        echo "console/src/api/schema.d.ts is not of this API: make console-schema" >&2
        exit 1
    }
    npx eslint . --max-warnings 0
    npx vue-tsc --noEmit
    npx vitest run
    ;;
browser)
    (cd ../tests/chromium90 && packages)
    npx playwright test
    ;;
esac
