"""The crystals of the published hydrides, built from cell and sites and checked against the row."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import gcd
from typing import TYPE_CHECKING

from isotunnel.crystal import primitive_cell, symmetry_of
from isotunnel.crystal.checks import check_crystal
from isotunnel.crystal.formula import formula_counts
from isotunnel.errors import CannotSay, CrystalError, IsotunnelError
from isotunnel.studies.hydrides.arrangements import lowest
from isotunnel.studies.hydrides.entries import HydrideEntry, hydride_entries
from isotunnel.studies.hydrides.sites import (
    PRINTED_DIGITS_ANGSTROM,
    crystal_of,
    parse_sites,
    relabelled,
)

if TYPE_CHECKING:
    from ase import Atoms

VOLUME_TOLERANCE = 2e-3
"""Relative difference allowed between the volume printed and that of the cell printed."""

FAMILY_GROUPS = {"X2YH6": 225, "X2YMH6": 225}
"""Space group of a family's structure type: vacancy-ordered and ordered double perovskite hydrides.
Used only where the places of the atoms have it but the printed labels do not."""


@dataclass(frozen=True, eq=False)
class HydrideStructure:
    """A crystal that can be computed.

    Attributes:
        entry: what was published.
        atoms: the primitive cell; as printed, but for ``remarks``.
        space_group: found in it.
        remarks: what was changed or noticed, one sentence each.
    """

    entry: HydrideEntry
    atoms: Atoms
    space_group: str
    remarks: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Id of the entry."""
        return self.entry.id


@dataclass(frozen=True)
class NotBuilt:
    """An entry without a crystal, and why."""

    entry: HydrideEntry
    reason: str

    @property
    def id(self) -> str:
        """Id of the entry."""
        return self.entry.id


def hydride_structures() -> tuple[HydrideStructure, ...]:
    """Every hydride whose crystal can be built, in the order of the tables."""
    return _sorted_out()[0]


def hydrides_not_built() -> tuple[NotBuilt, ...]:
    """The entries that cannot: no cell, no positions, no hydrogen."""
    return _sorted_out()[1]


@cache
def _sorted_out() -> tuple[tuple[HydrideStructure, ...], tuple[NotBuilt, ...]]:
    built, not_built = [], []
    for entry in hydride_entries():
        try:
            built.append(build(entry))
        except IsotunnelError as error:
            not_built.append(NotBuilt(entry, str(error)))
    return tuple(built), tuple(not_built)


@cache
def build(entry: HydrideEntry) -> HydrideStructure:
    """The crystal of an entry.

    Checked: multiplicities and space group as printed, formula, formula units, volume, and that no
    two atoms are closer than any two are known to be.

    Raises:
        CannotSay: the cell is not printed, or the positions neither here nor for another row of
            the compound; it holds no hydrogen; the labels of the atoms are mixed up in a way that
            has several mends, of which none is known to be lowest in energy.
        CrystalError: the row contradicts itself.
    """
    if entry.cell is None or entry.number is None:
        raise CannotSay("the cell is not printed")
    printed, borrowed = (entry.sites, ()) if entry.sites.strip() else _borrowed_sites(entry)
    sites = parse_sites(printed, entry.number)
    if all(site.symbol != "H" for site in sites):
        raise CannotSay("it holds no hydrogen")
    atoms = crystal_of(entry.id, entry.number, entry.cell, sites)
    check_row(entry, atoms)
    atoms, mended = _mended(entry, primitive_cell(atoms))
    check_crystal(atoms)
    return HydrideStructure(entry, atoms, symmetry_of(atoms).symbol, (*borrowed, *mended))


def arrangements(entry: HydrideEntry) -> tuple[Atoms, ...]:
    """Crystals with the family's space group that an entry with mixed-up labels may mean.

    Empty where the labels are in order or no arrangement has that group.

    Raises:
        CannotSay, CrystalError: as of :func:`build`.
    """
    if entry.cell is None or entry.number is None:
        raise CannotSay("the cell is not printed")
    sites = parse_sites(entry.sites, entry.number)
    return _ways(
        entry.family, primitive_cell(crystal_of(entry.id, entry.number, entry.cell, sites))
    )


def _ways(family: str, atoms: Atoms) -> tuple[Atoms, ...]:
    wanted = FAMILY_GROUPS.get(family)
    if wanted is None or symmetry_of(atoms).number == wanted:
        return ()
    ways = sorted(relabelled(atoms, wanted), key=lambda way: way.get_chemical_symbols())
    return tuple(primitive_cell(way, symprec=PRINTED_DIGITS_ANGSTROM) for way in ways)


def check_row(entry: HydrideEntry, conventional: Atoms) -> None:
    """Compare a conventional cell with formula, formula units, volume and count of the row.

    Raises:
        CrystalError: they differ.
    """
    found = Counter(conventional.get_chemical_symbols())
    units = _common_divisor(found)
    wanted = formula_counts(entry.compound)
    divisor = _common_divisor(wanted)
    if {s: n // units for s, n in found.items()} != {s: n // divisor for s, n in wanted.items()}:
        formula = conventional.get_chemical_formula(mode="metal")
        raise CrystalError(f"the sites add up to {formula}, which is no {entry.compound}")
    if entry.atoms is not None and len(conventional) != entry.atoms:
        raise CrystalError(f"the sites are {len(conventional)} atoms, the row states {entry.atoms}")
    formulas = units // divisor
    if entry.z is not None and formulas != entry.z:
        raise CrystalError(f"the cell holds {formulas} formula units, the row states {entry.z}")
    printed = entry.volume_per_formula_angstrom3
    volume = float(conventional.get_volume()) / formulas
    if printed is not None and abs(volume / printed - 1) > VOLUME_TOLERANCE:
        raise CrystalError(
            f"the cell has {volume:.3f} angstrom^3 per formula, the row states {printed:.3f}"
        )


def _common_divisor(counts: Counter[str]) -> int:
    return gcd(*counts.values())


def _borrowed_sites(entry: HydrideEntry) -> tuple[str, tuple[str, ...]]:
    """Sites of the row of the same compound and space group that is nearest in volume.

    Good where symmetry leaves little free: fcc LaH10 has one free coordinate, which lies between
    0.1205 and 0.1207 in all rows that print it.
    """
    others = [
        other
        for other in hydride_entries()
        if (other.compound, other.number) == (entry.compound, entry.number)
        and other.sites.strip()
        and other.cell is not None
    ]
    if not others or entry.cell is None:
        raise CannotSay("the positions of the atoms are not printed")
    edge = entry.cell[0]
    nearest = min(others, key=lambda other: abs(other.cell[0] - edge) if other.cell else math.inf)
    return nearest.sites, (
        f"its source prints the cell without the positions; those of {nearest.short_id}, the same "
        f"compound and space group, are taken",
    )


def _mended(entry: HydrideEntry, atoms: Atoms) -> tuple[Atoms, tuple[str, ...]]:
    """Undo a mix-up of labels where the places, or energies, say how.

    The places alone (all atoms alike) have the family's space group, the labelled crystal has not:
    then the labels were put on the wrong places. Where just one arrangement has the family's group,
    that is taken; of several the one of lowest computed energy, see :mod:`.arrangements`.
    """
    ways = _ways(entry.family, atoms)
    if not ways:
        return atoms, ()
    trouble = f"labels of the atoms mixed up in the source (space group {symmetry_of(atoms).number}"
    wanted = FAMILY_GROUPS[entry.family]
    if len(ways) == 1:
        remark = f"put back in the one arrangement that has the family's space group {wanted}"
        return ways[0], (f"{trouble}); {remark}",)
    choice = lowest(entry.short_id, ways)
    return choice.atoms, (
        f"{trouble}); of the {len(ways)} arrangements that have the family's space group {wanted} "
        f"the one of lowest energy is taken, {choice.margin_ev:.2f} eV per cell below the next",
    )
