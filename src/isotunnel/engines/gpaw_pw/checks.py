"""What can be known to be wrong, or doubtful, with a crystal before the run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.crystal.symmetry import has_sharp_angles
from isotunnel.engines.gpaw_pw.runtime import dataset_file
from isotunnel.errors import EngineError
from isotunnel.memory import too_much

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.gpaw_pw.cost import Cost
    from isotunnel.engines.gpaw_pw.settings import Functional

MAX_POINTS = 100_000_000
"""Grid points of a field: some ten arrays of them are held at a time, 8 GB."""

MAGNETIC_ELEMENTS = frozenset(
    [
        *("Cr", "Mn", "Fe", "Co", "Ni", "Ce", "Pr", "Nd", "Pm", "Sm"),
        *("Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "U", "Np", "Pu"),
    ]
)
"""Elements whose solids often carry magnetic moments at ambient pressure."""


def check_datasets(atoms: Atoms, xc: Functional = "PBE") -> None:
    """Require a PAW data set of the functional for each element.

    Raises:
        EngineError: GPAW has none.
    """
    missing = sorted(s for s in set(atoms.get_chemical_symbols()) if dataset_file(s, xc) is None)
    if missing:
        raise EngineError(
            f"GPAW has no {xc} data set for {', '.join(missing)}; install one and name its folder "
            "in GPAW_SETUP_PATH, or take the procrystal engine where it will do"
        )


def check_size(atoms: Atoms, grid_spacing: float) -> None:
    """Refuse a cell whose fields would fill the memory, before anything is allocated.

    Raises:
        EngineError: more than :data:`MAX_POINTS` grid points at ``grid_spacing`` angstrom.
    """
    volume = float(atoms.get_volume())
    points = volume / grid_spacing**3
    if points > MAX_POINTS:
        coarser = math.ceil(100.0 * (volume / MAX_POINTS) ** (1.0 / 3.0)) / 100.0
        raise EngineError(
            f"a cell of {volume:.4g} angstrom^3 needs {points:.1e} grid points at a spacing of "
            f"{grid_spacing:g} angstrom; the limit is {MAX_POINTS:.0e}: use a smaller cell, less "
            f"vacuum, --grid {coarser:g} (grid_spacing) or the procrystal engine"
        )


def check_memory(cost: Cost) -> None:
    """Refuse a run that will not fit into the memory that is free.

    Raises:
        EngineError: the estimate is more than there is.
    """
    if found := too_much(cost.bytes):
        raise EngineError(
            f"{cost.sizes.atoms} atoms with {cost.sizes.kpoints} k-points and {cost.sizes.bands} "
            f"bands need {found}: use a smaller cell, fewer k-points (--kpoints 0.5), a lower "
            "cutoff (--cutoff), a coarser grid (--grid 0.1) or the procrystal engine "
            "(--engine procrystal)"
        )


SHARPEST_DEGREES = 40.0
"""Of cells whose axes meet at less, or at more than its supplement, GPAW warns."""


def doubts(atoms: Atoms, *, tried: bool = False) -> tuple[str, ...]:
    """What a user should know about running this crystal fully periodic and spin-paired.

    ``tried`` says that magnetic states were tried beside the spin-paired one.
    """
    found = [] if tried else list(magnetic_doubts(atoms))
    if not atoms.pbc.all():
        found.append("the cell was taken as periodic along all three vectors")
    if has_sharp_angles(atoms, SHARPEST_DEGREES):
        angles = atoms.cell.angles()
        found.append(
            f"axes of the cell meet at {angles.min():.1f} to {angles.max():.1f} degrees; GPAW asks "
            f"for {SHARPEST_DEGREES:g} or more: take the primitive cell, which is reduced"
        )
    return tuple(found)


def magnetic_doubts(atoms: Atoms) -> tuple[str, ...]:
    """What a spin-paired run may miss in this crystal."""
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
        found.append("the given magnetic moments were ignored: this run is spin-paired")
    return tuple(found)
