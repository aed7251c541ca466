#!/usr/bin/env bash
# Install GPAW (extra "dft") into the virtual environment, with the system packages it builds from.
# Where that cannot be done, say what to type and go on: everything but the gpaw engine works without.
#   usage: install_gpaw.sh PYTHON
set -uo pipefail
python=$1

"$python" -c 'import gpaw, gpaw_data' 2>/dev/null && exit 0

packages=(gcc g++ libxc-dev libopenblas-dev libfftw3-dev libopenmpi-dev openmpi-bin)

has_headers() {
    command -v mpicc >/dev/null 2>&1 && command -v c++ >/dev/null 2>&1 &&
        printf '#include <xc.h>\nint main(void){return 0;}\n' | mpicc -x c - -lxc -lopenblas -o /dev/null 2>/dev/null
}

has_fftw() {
    printf '#include <fftw3.h>\nint main(void){return 0;}\n' | mpicc -x c - -lfftw3 -o /dev/null 2>/dev/null
}

if ! { has_headers && has_fftw; } && command -v apt-get >/dev/null 2>&1; then
    become=()
    [ "$(id -u)" = 0 ] || become=(sudo -n)
    if "${become[@]}" true 2>/dev/null; then
        echo "== Installing system packages for GPAW: ${packages[*]}"
        "${become[@]}" apt-get update -qq >/dev/null &&
            "${become[@]}" env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
    fi
fi

if has_headers; then
    echo "== Building GPAW (about a minute)"
    log=$(mktemp)
    # With FFTW a run takes two thirds of its time; GPAW builds without it unless told.
    if [ -z "${GPAW_CONFIG:-}" ] && has_fftw; then
        GPAW_CONFIG=$(mktemp --suffix=.py)
        export GPAW_CONFIG
        printf "fftw = True\nlibraries += ['fftw3']\n" >"$GPAW_CONFIG"
    fi
    if "$python" -m pip install --quiet --editable '.[dft]' >"$log" 2>&1; then
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
