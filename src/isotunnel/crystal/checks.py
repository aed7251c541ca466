"""Refuse impossible crystals before anything is computed from them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.errors import CrystalError

if TYPE_CHECKING:
    from ase import Atoms

MIN_DISTANCE_ANGSTROM = 0.4
"""Closest approach of two atoms that is still believed. The shortest bond known, H-H, is 0.74
angstrom, and atomic hydrogen in the TPa range keeps its protons about 0.9 angstrom apart."""

MAX_ATOMS = 50_000
"""Largest number of atoms taken for a crystal rather than for a garbled file."""

MAX_EDGE_ANGSTROM = 2_000.0
"""Longest lattice vector taken for a crystal rather than for a slip of units."""

_FLAT = 1e-6


def check_crystal(atoms: Atoms) -> None:
    """Raise unless ``atoms`` is a crystal that a field can be computed for.

    Raises:
        CrystalError: no atoms; a missing, non-finite or flat cell; non-finite positions; an
            unknown element; a size beyond ``MAX_ATOMS`` or ``MAX_EDGE_ANGSTROM``; two atoms (or
            an atom and its own image) closer than ``MIN_DISTANCE_ANGSTROM``.
    """
    _check_size(len(atoms))
    _check_elements(atoms)
    _check_cell(np.asarray(atoms.cell.array, dtype=float))
    positions = np.asarray(atoms.positions, dtype=float)
    if not np.isfinite(positions).all():
        bad = int(np.flatnonzero(~np.isfinite(positions).all(axis=1))[0])
        raise CrystalError(f"the position of atom {bad + 1} is not finite: {positions[bad]}")
    _check_distances(atoms)


def _check_size(count: int) -> None:
    if count == 0:
        raise CrystalError("the crystal holds no atoms")
    if count > MAX_ATOMS:
        raise CrystalError(f"the crystal holds {count} atoms; the limit is {MAX_ATOMS}")


def _check_elements(atoms: Atoms) -> None:
    numbers = np.asarray(atoms.numbers)
    if (numbers < 1).any():
        bad = int(np.flatnonzero(numbers < 1)[0])
        raise CrystalError(
            f"atom {bad + 1} is of the unknown element {atoms.symbols[bad]!r}; "
            "dummy atoms and vacancies cannot be computed"
        )


def _check_cell(cell: np.ndarray) -> None:
    if not np.isfinite(cell).all():
        raise CrystalError("the cell holds NaN or infinite numbers")
    longest = float(np.abs(cell).max())
    if longest > MAX_EDGE_ANGSTROM:
        # Before any product of such numbers, which may overflow.
        raise _too_long(longest)
    lengths = np.linalg.norm(cell, axis=1)
    shown = ", ".join(f"{x:.4g}" for x in lengths)
    if lengths.min() <= 0:
        raise CrystalError(
            f"the crystal has no complete cell (edges {shown} angstrom); three lattice vectors "
            "are needed, a molecule must be put in a box"
        )
    volume = abs(float(np.linalg.det(cell)))
    if volume < _FLAT * float(np.prod(lengths)):
        raise CrystalError(
            f"the cell has zero volume ({volume:.3g} angstrom^3 from edges {shown} angstrom)"
        )
    if lengths.max() > MAX_EDGE_ANGSTROM:
        raise _too_long(float(lengths.max()))


def _too_long(length: float) -> CrystalError:
    return CrystalError(
        f"a lattice vector is {length:.4g} angstrom long; "
        f"the limit is {MAX_EDGE_ANGSTROM:g}: check the unit of length"
    )


def _check_distances(atoms: Atoms) -> None:
    cell = np.asarray(atoms.cell.array, dtype=float)
    found = _closest(cell.tobytes(), np.asarray(atoms.positions, dtype=float).tobytes())
    if found is None:
        return
    i, j, distance = found
    pair = (
        f"atom {i + 1} ({atoms.symbols[i]}) and its own periodic image"
        if i == j
        else f"atoms {i + 1} ({atoms.symbols[i]}) and {j + 1} ({atoms.symbols[j]})"
    )
    raise _too_close(pair, distance)


# Whoever takes a crystal checks it, so the same one comes several times in a row.
@lru_cache(maxsize=4)
def _closest(cell: bytes, positions: bytes) -> tuple[int, int, float] | None:
    """The closest two atoms and their distance, if less than ``MIN_DISTANCE_ANGSTROM``."""
    from ase.geometry import minkowski_reduce
    from ase.neighborlist import primitive_neighbor_list

    # In the reduced cell the shortest lattice vector is an axis. Without that, the search below
    # would walk through millions of images of a nearly flat cell.
    vectors, _ = minkowski_reduce(np.frombuffer(cell).reshape(3, 3))
    shortest = float(np.linalg.norm(vectors, axis=1).min())
    if shortest < MIN_DISTANCE_ANGSTROM:
        return 0, 0, shortest
    first, second, distance = primitive_neighbor_list(
        "ijd",
        (True, True, True),
        vectors,
        np.frombuffer(positions).reshape(-1, 3),
        MIN_DISTANCE_ANGSTROM,
        numbers=None,
    )
    if len(distance) == 0:
        return None
    worst = int(np.argmin(distance))
    return int(first[worst]), int(second[worst]), float(distance[worst])


def _too_close(pair: str, distance: float) -> CrystalError:
    return CrystalError(
        f"{pair} are {distance:.3f} angstrom apart; the limit is "
        f"{MIN_DISTANCE_ANGSTROM:g} angstrom: check for doubled sites or a slip of units"
    )
