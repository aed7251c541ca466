#!/usr/bin/env bash
# Install the system packages that GPAW builds from, where they are missing and apt may.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
source ./gpaw_headers.sh

{ has_headers && has_fftw; } && exit 0
bash ./apt_install.sh "${packages[@]}"
