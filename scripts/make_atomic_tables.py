"""Compute the free-atom tables that the ``procrystal`` engine ships.

For each element and functional: spherical, spin-paired, scalar-relativistic Kohn-Sham atom with
GPAW's all-electron solver, resampled to one logarithmic radial grid and written as
``src/isotunnel/engines/procrystal/data/free_atoms.npz``. Run it again with::

    OMP_NUM_THREADS=1 python scripts/make_atomic_tables.py --jobs 2

Needs the ``dft`` extra. Takes a few minutes. ``--elements`` limits the run for trials.

Choices, also kept in the file's ``metadata``:

* Ground-state configurations are GPAW's (those of the NIST tables), open shells occupied
  spherically and without spin.
* The exchange-correlation potential in the far tail. Below about 1e-10 bohr^-3 the functional
  library clips the density and PBE's potential turns to noise. In both functionals v_xc goes as
  n^(1/3) there (PBE's enhancement factor has saturated), so beyond the radius where n falls to
  ``TAIL_DENSITY`` we continue v_xc(r) = v_xc(r_t) (n(r)/n(r_t))^(1/3).
* Valence shell: the electrons outside the preceding noble-gas core, without closed d10 and f14
  subshells that lie under outer s or p electrons.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ase
import gpaw
import numpy as np
from ase.data import chemical_symbols
from gpaw.atom.aeatom import AllElectronAtom
from gpaw.atom.configurations import configurations
from scipy.interpolate import CubicSpline

from isotunnel.units import BOHR_ANGSTROM, COULOMB_EV_ANGSTROM, HARTREE_EV

OUTPUT = Path(__file__).parents[1] / "src/isotunnel/engines/procrystal/data/free_atoms.npz"
FUNCTIONALS = ("LDA", "PBE")
MAX_Z = 102
GRID_POINTS = 320
GRID_FIRST = 1e-4  # angstrom
GRID_LAST = 25.0  # angstrom
SOLVER_POINTS = 4000
SOLVER_RADIUS = 50.0  # bohr
TAIL_DENSITY = 1e-9  # bohr^-3
NOBLE_GASES = (0, 2, 10, 18, 36, 54, 86)
COLUMNS = ("ln_density", "r_electrostatic", "r_potential", "homo_u", "valence_radial")


def radial_grid() -> np.ndarray:
    """The common logarithmic grid, angstrom."""
    return np.geomspace(GRID_FIRST, GRID_LAST, GRID_POINTS)


def valence_subshells(atomic_number: int) -> list[tuple[int, int]]:
    """(n, l) of the valence shell, see the module's docstring."""

    def electrons(z: int) -> dict[tuple[int, int], int]:
        return {(n, ell): int(f) for n, ell, f, _ in configurations[chemical_symbols[z]][1] if f}

    core_z = max(z for z in NOBLE_GASES if z < atomic_number)
    core = electrons(core_z) if core_z else {}
    outside = {nl: f for nl, f in electrons(atomic_number).items() if nl not in core}
    if any(ell < 2 for _, ell in outside):
        outside = {nl: f for nl, f in outside.items() if nl[1] < 2 or f < 4 * nl[1] + 2}
    return sorted(outside)


def solve(symbol: str, functional: str, **options: Any) -> AllElectronAtom:
    """Converged GPAW atom. ``options`` go to ``AllElectronAtom``."""
    atom = AllElectronAtom(symbol, xc=functional, log=io.StringIO(), **options)
    atom.initialize(ngpts=SOLVER_POINTS, rcut=SOLVER_RADIUS)
    atom.run()
    atom.refine()
    return atom


def exchange_correlation(atom: AllElectronAtom) -> np.ndarray:
    """v_xc on the solver's grid, hartree, with the tail described in the module's docstring."""
    potential = atom.vxc_sg[0].copy()
    density = atom.n_sg[0]
    edge = int(np.flatnonzero(density > TAIL_DENSITY)[-1])
    decay = np.cbrt(np.maximum(density[edge:], 0.0) / density[edge])
    potential[edge:] = potential[edge] * decay
    return potential


def orbitals(atom: AllElectronAtom) -> list[dict[str, Any]]:
    """Occupied orbitals: n, l, occupation, eigenvalue (eV), u = r R(r) on the solver's grid."""
    found = []
    for channel in atom.channels:
        for k, (occupation, energy) in enumerate(zip(channel.f_n, channel.e_n, strict=False)):
            if occupation > 0:
                if energy >= 0:
                    raise RuntimeError(f"{atom.symbol}: an occupied orbital is not bound")
                u = channel.phi_ng[k] * atom.rgd.r_g
                found.append(
                    {
                        "n": k + channel.l + 1,
                        "l": channel.l,
                        "occupation": float(occupation),
                        "energy_ev": float(energy) * HARTREE_EV,
                        "u": u,
                    }
                )
    return sorted(found, key=lambda o: o["energy_ev"])


def tabulate(symbol: str, functional: str) -> tuple[np.ndarray, dict[str, Any]]:
    """Columns (5, GRID_POINTS) and scalars of one atom, in eV and angstrom."""
    atom = solve(symbol, functional)
    r = atom.rgd.r_g
    density = atom.n_sg[0]
    levels = orbitals(atom)
    homo = levels[-1]
    shell = valence_subshells(atom.Z)
    valence_radial = sum(o["occupation"] * o["u"] ** 2 for o in levels if (o["n"], o["l"]) in shell)
    r_electrostatic = atom.vHr_g - atom.Z
    r_potential = r_electrostatic + r * exchange_correlation(atom)

    # In the solver's index the functions are smooth from the nucleus to the far tail.
    index = np.arange(1, len(r))
    target = radial_grid() / BOHR_ANGSTROM
    at = atom.rgd.r2g(target)

    def resample(values: np.ndarray) -> np.ndarray:
        return CubicSpline(index, values[1:])(at)

    columns = np.array(
        [
            resample(np.log(np.maximum(density, 1e-300))) - 3 * np.log(BOHR_ANGSTROM),
            resample(r_electrostatic) * COULOMB_EV_ANGSTROM,
            resample(r_potential) * COULOMB_EV_ANGSTROM,
            resample(homo["u"]) / np.sqrt(BOHR_ANGSTROM),
            np.maximum(resample(valence_radial), 0.0) / BOHR_ANGSTROM,
        ]
    )
    electrons = sum(o["occupation"] for o in levels if (o["n"], o["l"]) in shell)
    enclosed = np.cumsum(valence_radial * atom.rgd.dr_g)
    radius = float(np.interp(0.95 * electrons, enclosed, r)) * BOHR_ANGSTROM
    scalars = {
        "energy_ev": (atom.ekin + atom.eH + atom.eZ + atom.exc) * HARTREE_EV,
        "homo_ev": homo["energy_ev"],
        "homo": f"{homo['n']}{'spdf'[homo['l']]}",
        "valence_electrons": electrons,
        "valence_subshells": " ".join(f"{n}{'spdf'[ell]}" for n, ell in shell),
        "valence_radius": radius,
        "valence_density": float(
            np.exp(CubicSpline(np.log(radial_grid()), columns[0])(np.log(radius)))
        ),
        "levels": [[o["n"], o["l"], o["occupation"], round(o["energy_ev"], 5)] for o in levels],
    }
    return columns.astype(np.float32), scalars


def _job(task: tuple[int, str]) -> tuple[np.ndarray, dict[str, Any]] | str:
    z, functional = task
    try:
        return tabulate(chemical_symbols[z], functional)
    except (RuntimeError, AssertionError) as problem:
        return f"{chemical_symbols[z]} {functional}: {problem!r}"


def write(path: Path, numbers: list[int], results: dict[tuple[int, str], Any]) -> None:
    """Write arrays of shape (elements, columns, points) per functional, and the scalars as JSON."""
    metadata = {
        "made_on": datetime.now(UTC).date().isoformat(),
        "made_by": "scripts/make_atomic_tables.py",
        "versions": {"gpaw": gpaw.__version__, "ase": ase.__version__, "numpy": np.__version__},
        "method": "spherical spin-paired scalar-relativistic Kohn-Sham, finite differences",
        "solver_points": SOLVER_POINTS,
        "solver_radius_bohr": SOLVER_RADIUS,
        "tail_density_per_bohr3": TAIL_DENSITY,
        "columns": list(COLUMNS),
    }
    arrays: dict[str, Any] = {
        "atomic_numbers": np.array(numbers, dtype=np.int16),
        "radii": radial_grid(),
        "metadata": np.array(json.dumps(metadata)),
    }
    for functional in FUNCTIONALS:
        arrays[functional] = np.array([results[z, functional][0] for z in numbers])
        scalars = [results[z, functional][1] for z in numbers]
        arrays[f"{functional}_scalars"] = np.array(json.dumps(scalars))
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--max-z", type=int, default=MAX_Z)
    parser.add_argument("--elements", nargs="*", default=None)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    if options.elements:
        numbers = sorted(chemical_symbols.index(s) for s in options.elements)
    else:
        numbers = list(range(1, options.max_z + 1))
    tasks = [(z, f) for z in numbers for f in FUNCTIONALS]
    with multiprocessing.Pool(options.jobs) as pool:
        results = dict(zip(tasks, pool.map(_job, tasks[::-1], chunksize=1)[::-1], strict=True))
    failed = sorted({z for (z, _), result in results.items() if isinstance(result, str)})
    for z in failed:
        print([results[z, f] for f in FUNCTIONALS if isinstance(results[z, f], str)])
    kept = [z for z in numbers if z not in failed]
    write(options.output, kept, results)
    print(f"{len(kept)} elements, {len(failed)} failed, {options.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
