#!/usr/bin/env bash
# Install GPAW (extra "dft") into the virtual environment; its system packages come before it.
# Where that cannot be done, say what to type and go on: everything but the gpaw engine works without.
#   usage: install_gpaw.sh PYTHON
set -uo pipefail
python=$1
source "$(dirname "$0")/gpaw_headers.sh"

"$python" -c 'import gpaw, gpaw_data' 2>/dev/null && exit 0

if has_headers; then
    echo "== Building GPAW (about a minute)"
    log=$(mktemp)
    # With FFTW a run takes two thirds of its time; GPAW builds without it unless told.
    if [ -z "${GPAW_CONFIG:-}" ] && has_fftw; then
        GPAW_CONFIG=$(mktemp --suffix=.py)
        export GPAW_CONFIG
        printf "fftw = True\nlibraries += ['fftw3']\n" >"$GPAW_CONFIG"
    fi
    # The extra's packages alone: the package itself is installed, and may be in use meanwhile.
    wanted=$("$python" -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["dft"], sep="\n")')
    if "$python" -m pip install --quiet -r <(printf '%s\n' "$wanted") >"$log" 2>&1; then
        rm -f "$log"
        exit 0
    fi
    echo "== GPAW did not build; the end of its log ($log):"
    tail -n 15 "$log"
fi

cat <<MESSAGE
== GPAW is not installed: the gpaw engine is off, the rest works (engine "procrystal").
   It needs a C++ compiler, MPI, libxc, OpenBLAS and FFTW with their headers:
     Debian, Ubuntu:  sudo apt-get install ${packages[*]}
     Fedora:          sudo dnf install gcc-c++ libxc-devel openblas-devel fftw-devel openmpi-devel
     macOS:           brew install libxc openblas fftw open-mpi
   Then run the same make command again.
MESSAGE
exit 0
