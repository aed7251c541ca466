#!/usr/bin/env bash
# Install Chromium, which the tests of pages drive, where apt may; else say what to type and go on:
# those tests are then skipped with the reason.
set -uo pipefail

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -n "${CHROMIUM:-}" ] && exit 0

if command -v apt-get >/dev/null 2>&1; then
    become=()
    [ "$(id -u)" = 0 ] || become=(sudo -n)
    if "${become[@]}" true 2>/dev/null; then
        echo "== Installing Chromium for the tests of pages"
        "${become[@]}" apt-get update -qq >/dev/null &&
            "${become[@]}" env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq --no-install-recommends chromium >/dev/null
    fi
fi
command -v chromium >/dev/null 2>&1 && exit 0

cat <<MESSAGE
== Chromium is not installed: the tests of pages (tests/browser) are skipped, the rest runs.
     Debian:  sudo apt-get install chromium
     Fedora:  sudo dnf install chromium
     macOS:   brew install --cask chromium
   Another Chromium or Chrome is taken from the environment variable CHROMIUM.
MESSAGE
exit 0
