#!/usr/bin/env bash
# Install Chromium, which the tests of pages drive, where apt may; else say what to type and go on:
# those tests are then skipped with the reason.
set -uo pipefail

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -n "${CHROMIUM:-}" ] && exit 0

bash "$(dirname "$0")/apt_install.sh" chromium
command -v chromium >/dev/null 2>&1 && exit 0

cat <<MESSAGE
== Chromium is not installed: the tests of pages (tests/browser) are skipped, the rest runs.
     Debian:  sudo apt-get install chromium
     Fedora:  sudo dnf install chromium
     macOS:   brew install --cask chromium
   Another Chromium or Chrome is taken from the environment variable CHROMIUM.
MESSAGE
exit 0
