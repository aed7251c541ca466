"""What a crystal must be before its free atoms can be superposed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from isotunnel.crystal.checks import check_crystal
from isotunnel.engines.procrystal.tables import tabulated_numbers
from isotunnel.errors import CrystalError, EngineError
from isotunnel.memory import available_bytes, too_much

if TYPE_CHECKING:
    from ase import Atoms

BYTES_PER_POINT = 50.0
"""Of the three fields and what superposing them takes: 48 to 49 measured on 100^3 to 200^3 points;
searching them for tunnels stays below."""


def check(atoms: Atoms) -> tuple[str, ...]:
    """Refuse impossible crystals; return warnings about a possible one.

    Raises:
        CrystalError: see ``check_crystal``; also an element that is not in the table.
    """
    check_crystal(atoms)
    known = set(tabulated_numbers())
    unknown = sorted({str(a.symbol) for a in atoms if int(a.number) not in known})
    if unknown:
        raise CrystalError(
            f"no free atoms for {', '.join(unknown)}: the table holds Z = {min(known)} to "
            f"{max(known)}; replace these atoms or use another engine"
        )
    if atoms.pbc.all():
        return ()
    open_axes = ", ".join(axis for axis, p in zip("abc", atoms.pbc, strict=True) if not p)
    return (
        f"the crystal is not periodic along {open_axes}, but the fields are those of its cell "
        "repeated along all three lattice vectors",
    )


def check_memory(shape: tuple[int, int, int], volume: float) -> None:
    """Refuse a grid that will not fit into the memory that is free, before anything is allocated.

    Args:
        shape: grid points along each vector.
        volume: of the cell, angstrom^3.

    Raises:
        EngineError: it is too large; the message names a spacing that fits.
    """
    points = math.prod(shape)
    found = too_much(points * BYTES_PER_POINT)
    if found:
        fits = max(available_bytes() or 0.0, 1e8) / BYTES_PER_POINT * 0.8
        coarser = math.ceil(100.0 * (volume / fits) ** (1.0 / 3.0)) / 100.0
        raise EngineError(
            f"a grid of {shape[0]} x {shape[1]} x {shape[2]} points needs {found}: take a coarser "
            f"one (--grid {coarser:g}, spacing_angstrom) or a smaller cell"
        )
