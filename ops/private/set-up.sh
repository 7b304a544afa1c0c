#!/bin/sh
# Builds .venv with exactly what requirements.lock names. Called by make; its argument is the Python to use.
set -eu
cd "$(dirname "$0")/../.."
python=$1

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "Kaohe needs Python 3.11 or newer; '$python' is not. Name another one: make PYTHON=/path/to/python3" >&2
    exit 1
}
"$python" -c 'import ensurepip, venv' 2>/dev/null || ops/private/debian.sh python3-venv

# A virtual environment whose Python is gone (a moved checkout, an upgraded system) is made anew.
.venv/bin/python -m pip --version >/dev/null 2>&1 || {
    echo "Making .venv"
    "$python" -m venv --clear .venv
}
echo "Installing the packages of requirements.lock into .venv (the first time takes about a minute)"
export PIP_DISABLE_PIP_VERSION_CHECK=1
.venv/bin/python -m pip install --quiet --require-hashes --requirement requirements.lock
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
