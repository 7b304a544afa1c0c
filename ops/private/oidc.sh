#!/bin/sh
# The OpenID provider of the tests: oidc.sh PYTHON install, or oidc.sh PYTHON PORT REDIRECT_URI... which runs it in this process.
set -eu
cd "$(dirname "$0")/../.."
python=$1
shift
. ops/private/node.sh
cd tests/oidc
packages
[ "$1" = install ] || exec "$(node -p process.execPath)" provider.mjs "$@" # node itself, not what a wheel puts before it: it has to end when told
