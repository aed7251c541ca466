#!/usr/bin/env bash
# Install system packages where apt may, and say so; one call after another (two at once would meet at
# apt's lock); elsewhere do nothing. The caller looks whether they are there, and says what to type.
#   usage: apt_install.sh PACKAGE...
set -uo pipefail

command -v apt-get >/dev/null 2>&1 || exit 0
become=()
[ "$(id -u)" = 0 ] || become=(sudo -n)
"${become[@]}" true 2>/dev/null || exit 0

if command -v flock >/dev/null 2>&1; then
    exec 9>"${TMPDIR:-/tmp}/isotunnel-apt-$(id -u).lock"
    flock 9
fi
echo "== Installing system packages: $*"
"${become[@]}" apt-get update -qq >/dev/null &&
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null
exit 0
