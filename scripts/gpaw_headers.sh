# What GPAW builds from: the names of the system packages, and whether they are there. Sourced.
packages=(gcc g++ libxc-dev libopenblas-dev libfftw3-dev libopenmpi-dev openmpi-bin)

has_headers() {
    command -v mpicc >/dev/null 2>&1 && command -v c++ >/dev/null 2>&1 &&
        printf '#include <xc.h>\nint main(void){return 0;}\n' | mpicc -x c - -lxc -lopenblas -o /dev/null 2>/dev/null
}

has_fftw() {
    printf '#include <fftw3.h>\nint main(void){return 0;}\n' | mpicc -x c - -lfftw3 -o /dev/null 2>/dev/null
}
