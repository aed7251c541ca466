"""Time of the procrystal engine: three fields of a 20-atom cell on 100^3 points.

Run with ``python benchmarks/bench_procrystal.py``. The target is at most 1 s for the three fields
on two cores, the compiler's warm-up and the per-element tables apart; both are printed.
"""

from __future__ import annotations

import time

import numpy as np
from ase import Atoms
from ase.build import bulk

from isotunnel.engines.procrystal.engine import ProcrystalEngine
from isotunnel.engines.procrystal.superpose import superpose

SHAPE = (100, 100, 100)
TARGET_S = 1.0


def perovskite() -> Atoms:
    """Orthorhombic GdFeO3-type CaTiO3, 20 atoms (Pbnm; Sasaki 1987, Acta Cryst. C 43, 1668)."""
    positions = np.array(
        [
            *((0.99, 0.036, 0.25), (0.01, 0.964, 0.75), (0.51, 0.464, 0.25), (0.49, 0.536, 0.75)),
            *((0.0, 0.5, 0.0), (0.0, 0.5, 0.5), (0.5, 0.0, 0.0), (0.5, 0.0, 0.5)),
            *((0.07, 0.48, 0.25), (0.93, 0.52, 0.75), (0.43, 0.98, 0.25), (0.57, 0.02, 0.75)),
            *((0.71, 0.29, 0.04), (0.29, 0.71, 0.96), (0.21, 0.21, 0.96), (0.79, 0.79, 0.04)),
            *((0.29, 0.71, 0.54), (0.71, 0.29, 0.46), (0.79, 0.79, 0.46), (0.21, 0.21, 0.54)),
        ]
    )
    cell = np.diag([5.38, 5.44, 7.64])
    return Atoms("Ca4Ti4O12", scaled_positions=positions, cell=cell, pbc=True)


def best_of(repeats: int, job: object) -> float:
    """Shortest wall time of ``job()`` in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        job()  # type: ignore[operator]
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    atoms = perovskite()
    start = time.perf_counter()
    superpose(atoms, (4, 4, 4))
    print(
        f"first call (compiled code loaded or made, element tables): "
        f"{time.perf_counter() - start:.2f} s"
    )
    seconds = best_of(5, lambda: superpose(atoms, SHAPE))
    print(f"three fields, {len(atoms)} atoms, {SHAPE}: {seconds:.3f} s (target {TARGET_S} s)")
    engine = ProcrystalEngine(shape=SHAPE)
    print(
        f"whole engine, atomic levels included: {best_of(3, lambda: engine.compute(atoms)):.3f} s"
    )
    for n in (50, 100, 150):
        one = bulk("Si", cubic=True)
        took = best_of(3, lambda one=one, n=n: superpose(one, (n, n, n)))
        print(f"Si8 on {n}^3: {took:.3f} s, {took / n**3 * 1e9:.0f} ns per point")
    array = np.zeros((3, *SHAPE))
    print(f"plain numpy copy of the three arrays: {best_of(5, array.copy):.4f} s")


if __name__ == "__main__":
    main()
