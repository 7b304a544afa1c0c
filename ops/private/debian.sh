#!/bin/sh
# Makes sure that Debian packages are installed: debian.sh PACKAGE... Installs them as root, else says what is missing.
set -eu

missing=
for package in "$@"; do
    dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing Debian package(s):$missing" >&2
    echo "Install them and try again:  sudo apt-get update && sudo apt-get install$missing" >&2
    exit 1
fi

# Packaged services are not ours to start: the tests run their own node. A policy that is already there stays.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT TERM
fi
echo "Installing Debian package(s):$missing"
log=$(mktemp)
{
    apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing
} >"$log" 2>&1 || {
    cat "$log" >&2
    echo "Could not install:$missing" >&2
    exit 1
}
rm -f "$log"
