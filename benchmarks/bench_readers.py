"""Reading speed and memory: Isotunnel, ASE and pymatgen-core on the same files, side by side.

    python benchmarks/bench_readers.py [--points 128] [--quick]

The last table is a CHGCAR of 256^3 points and 300 MB: from the file to its thresholds with
Isotunnel, beside the mere reading of it by pymatgen-core; ``--quick`` leaves it out.

Times are the best of three after a warm-up (compiled code loaded); memory is the peak traced by
tracemalloc above the start, in multiples of the values' size.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import tracemalloc
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
from ase import Atoms
from ase.calculators.vasp import VaspChargeDensity
from ase.io.cube import read_cube

from isotunnel.fields import Field, read_field, write_cube
from isotunnel.fields.readers import numbers


def made(points: int) -> Field:
    rng = np.random.default_rng(0)
    values = rng.random((points,) * 3) * 10.0 ** rng.integers(-6, 1, (points,) * 3)
    atoms = Atoms("Si2", cell=[8.0] * 3, scaled_positions=[[0, 0, 0], [0.25] * 3], pbc=True)
    return Field.from_array(values, np.array(atoms.cell), "density", atoms=atoms)


def write_chgcar(field: Field, path: Path) -> None:
    grid = VaspChargeDensity(filename=None)
    grid.atoms, grid.chg = [field.atoms], [field.values]
    grid.write(str(path), format="chgcar")


def ase_cube(path: Path) -> object:
    with path.open() as file:
        return read_cube(file)["data"]


def pymatgen_cube(path: Path) -> object:
    from pymatgen.io.common import VolumetricData

    return VolumetricData.from_cube(path).data["total"]


def pymatgen_chgcar(path: Path) -> object:
    from pymatgen.io.vasp import Chgcar

    return Chgcar.from_file(str(path)).data["total"]


def with_numpy(path: Path) -> object:
    before = numbers.KERNEL_WORTH_IMPORTING, numbers.KERNEL_WORTH_LOADING
    numbers.KERNEL_WORTH_IMPORTING = numbers.KERNEL_WORTH_LOADING = 1 << 60
    try:
        return read_field(path)
    finally:
        numbers.KERNEL_WORTH_IMPORTING, numbers.KERNEL_WORTH_LOADING = before


def table_of_a_whole_job() -> None:
    """A density of 256^3 from file to refined thresholds, beside pymatgen's reading of the file."""
    from bench_topology import smooth

    from isotunnel.tunnels import find_tunnels

    values = smooth(256).astype(float)
    atoms = Atoms("Si2", cell=[8.0] * 3, scaled_positions=[[0, 0, 0], [0.25] * 3], pbc=True)
    field = Field.from_array(values - values.min(), np.array(atoms.cell), "density", atoms=atoms)
    find_tunnels(Field.from_array(smooth(24).astype(float), (4.0, 4.0, 4.0), "density"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "CHGCAR"
        write_chgcar(field, path)
        del field, values
        print(f"\nCHGCAR of 256^3 points, {path.stat().st_size / 1e6:.0f} MB, best of three")
        jobs: dict[str, Callable[[Path], object]] = {
            "isotunnel, from file to thresholds": lambda p: find_tunnels(read_field(p)),
            "isotunnel, reading": read_field,
            "pymatgen-core, reading": pymatgen_chgcar,
        }
        seconds = {name: best_of_three(job, path) for name, job in jobs.items()}
    for name, took in seconds.items():
        print(f"{name:<40}{took:6.2f} s")
    whole, theirs = (seconds[n] for n in ("isotunnel, from file to thresholds", name))
    print(
        f"whole job / their reading {whole / theirs:.2f}: {'met' if whole < theirs else 'MISSED'}"
    )


def best_of_three(job: Callable[[Path], object], path: Path) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        job(path)
        times.append(time.perf_counter() - start)
    return min(times)


def measured(read: Callable[[Path], object], path: Path, nbytes: int) -> tuple[float, float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        times = []
        for _ in range(3):
            start = time.perf_counter()
            read(path)
            times.append(time.perf_counter() - start)
        tracemalloc.start()
        read(path)
        peak = tracemalloc.get_traced_memory()[1] / nbytes
        tracemalloc.stop()
    return min(times), peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=128, help="grid points along each axis")
    parser.add_argument("--quick", action="store_true", help="without the CHGCAR of 256^3")
    options = parser.parse_args()
    points = options.points
    numbers.KERNEL_WORTH_IMPORTING = 0
    field = made(points)
    with tempfile.TemporaryDirectory() as folder:
        cube, packed = Path(folder) / "rho.cube", Path(folder) / "rho.cube.gz"
        chgcar = Path(folder) / "CHGCAR"
        write_cube(field, cube)
        write_cube(field, packed)
        write_chgcar(field, chgcar)
        cases: list[tuple[str, Path, str, Callable[[Path], object]]] = [
            ("cube, 17 digits", cube, "isotunnel", read_field),
            ("", cube, "isotunnel, numpy parser", with_numpy),
            ("", cube, "ase", ase_cube),
            ("", cube, "pymatgen-core", pymatgen_cube),
            ("CHGCAR, 11 digits", chgcar, "isotunnel", read_field),
            ("", chgcar, "isotunnel, numpy parser", with_numpy),
            ("", chgcar, "ase", lambda path: VaspChargeDensity(str(path)).chg[0]),
            ("", chgcar, "pymatgen-core", pymatgen_chgcar),
            ("cube.gz", packed, "isotunnel", read_field),
        ]
        print(f"{points}^3 values, {field.values.nbytes / 2**20:.0f} MiB in memory")
        print(f"{'file':<20}{'reader':<26}{'seconds':>9}{'ns/value':>10}{'peak/size':>11}")
        for title, path, name, read in cases:
            seconds, peak = measured(read, path, field.values.nbytes)
            per_value = 1e9 * seconds / field.values.size
            print(f"{title:<20}{name:<26}{seconds:>9.2f}{per_value:>10.0f}{peak:>11.1f}")
    if not options.quick:
        table_of_a_whole_job()


if __name__ == "__main__":
    main()
