#!/usr/bin/env bash
# Run the first Python of 3.11 or newer that has venv, with the arguments given.
set -euo pipefail
for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$candidate" "$@"
    fi
done
echo "Isotunnel needs Python 3.11 or newer with the venv module, and found none." >&2
echo "On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2
exit 1
