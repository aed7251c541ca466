"""What a crystal must be before its free atoms can be superposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.crystal.checks import check_crystal
from isotunnel.engines.procrystal.tables import tabulated_numbers
from isotunnel.errors import CrystalError

if TYPE_CHECKING:
    from ase import Atoms


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
