"""What can be known to be wrong, or doubtful, with a crystal before the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isotunnel.engines.gpaw_pw.runtime import dataset_file
from isotunnel.errors import CrystalError, EngineError

if TYPE_CHECKING:
    from ase import Atoms

SHORTEST_DISTANCE = 0.35
"""Angstrom. No bond is shorter (H2 has 0.74, and 0.5 at terapascals); PAW fails well before."""

MAX_POINTS = 100_000_000
"""Grid points of a field: some ten arrays of them are held at a time, 8 GB."""

MAGNETIC_ELEMENTS = frozenset(
    [
        *("Cr", "Mn", "Fe", "Co", "Ni", "Ce", "Pr", "Nd", "Pm", "Sm"),
        *("Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "U", "Np", "Pu"),
    ]
)
"""Elements whose solids often carry magnetic moments at ambient pressure."""


def check_crystal(atoms: Atoms) -> None:
    """Refuse what no engine can compute.

    Raises:
        CrystalError: no atoms, zero volume, coordinates that are not finite, or two atoms (or an
            atom and its own image) closer than :data:`SHORTEST_DISTANCE`.
    """
    if len(atoms) == 0:
        raise CrystalError("the crystal holds no atoms")
    cell = atoms.cell.array
    if not (np.isfinite(cell).all() and np.isfinite(atoms.positions).all()):
        raise CrystalError("the cell or the positions hold NaN or infinite numbers")
    lengths = np.linalg.norm(cell, axis=1)
    volume = abs(float(np.linalg.det(cell)))
    if lengths.min() <= 0 or volume < 1e-6 * float(np.prod(lengths)):
        raise CrystalError(
            f"the cell has zero volume ({volume:.3g} angstrom^3); a crystal needs three "
            "independent lattice vectors"
        )
    distance, pair = _shortest_distance(atoms)
    if distance < SHORTEST_DISTANCE:
        raise CrystalError(
            f"atoms {pair[0]} ({atoms.symbols[pair[0]]}) and {pair[1]} ({atoms.symbols[pair[1]]}) "
            f"are {distance:.3g} angstrom apart, closer than {SHORTEST_DISTANCE}: "
            "remove the duplicate or check the length unit"
        )


def check_datasets(atoms: Atoms) -> None:
    """Require a PAW data set for each element.

    Raises:
        EngineError: GPAW has none.
    """
    missing = sorted(s for s in set(atoms.get_chemical_symbols()) if dataset_file(s) is None)
    if missing:
        raise EngineError(
            f"GPAW has no PBE data set for {', '.join(missing)}; use the procrystal engine, or "
            "install one and name its folder in GPAW_SETUP_PATH"
        )


def check_size(atoms: Atoms, grid_spacing: float) -> None:
    """Refuse a cell whose fields would fill the memory, before anything is allocated.

    Raises:
        EngineError: more than :data:`MAX_POINTS` grid points at ``grid_spacing`` angstrom.
    """
    volume = float(atoms.get_volume())
    points = volume / grid_spacing**3
    if points > MAX_POINTS:
        raise EngineError(
            f"a cell of {volume:.4g} angstrom^3 needs {points:.1e} grid points at a spacing of "
            f"{grid_spacing:g} angstrom; the limit is {MAX_POINTS:.0e}: use a smaller cell, less "
            "vacuum, or the procrystal engine"
        )


def doubts(atoms: Atoms) -> tuple[str, ...]:
    """What a user should know about running this crystal spin-paired and fully periodic."""
    found = []
    symbols = set(atoms.get_chemical_symbols())
    magnetic = sorted(symbols & MAGNETIC_ELEMENTS)
    if magnetic:
        found.append(
            f"{', '.join(magnetic)} often carries magnetic moments; this run is spin-paired, so "
            "fields and levels are those of the non-magnetic state"
        )
    if symbols == {"O"}:
        found.append("oxygen molecules carry spins; this run is spin-paired")
    if np.any(atoms.get_initial_magnetic_moments()):
        found.append("the given magnetic moments were ignored: runs are spin-paired")
    if not atoms.pbc.all():
        found.append("the cell was taken as periodic along all three vectors")
    return tuple(found)


def _shortest_distance(atoms: Atoms) -> tuple[float, tuple[int, int]]:
    from ase.geometry import get_distances

    best = float(np.linalg.norm(atoms.cell.array, axis=1).min())
    pair = (0, 0)
    if len(atoms) > 1:
        distances = get_distances(atoms.positions, cell=atoms.cell, pbc=True)[1]
        np.fill_diagonal(distances, np.inf)
        index = np.unravel_index(int(np.argmin(distances)), distances.shape)
        if distances[index] < best:
            best = float(distances[index])
            pair = (int(index[0]), int(index[1]))
    return best, pair
