"""The periodic table, as far as ASE does not keep it: groups, blocks, shells, electronegativity."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

NOBLE_SHELLS = (0, 2, 10, 18, 36, 54, 86)
"""Electrons of closed shells: the atomic numbers of the noble gases, and none."""

_PERIODS = ((1, 2), (3, 10), (11, 18), (19, 36), (37, 54), (55, 86), (87, 118))


def atomic_number(symbol: str) -> int:
    """Nuclear charge.

    Raises:
        KeyError: no such element.
    """
    from ase.data import atomic_numbers

    return int(atomic_numbers[symbol])


@cache
def electronegativities() -> dict[str, float]:
    """Pauling's scale by element symbol, as in pymatgen-core 2026.10.16 (MIT licence)."""
    path = files("isotunnel.crystal").joinpath("data/electronegativity.csv")
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return {row["symbol"]: float(row["pauling"]) for row in rows}


def period_of(symbol: str) -> int:
    """Row of the periodic table, from 1."""
    return sum(atomic_number(symbol) > noble for noble in NOBLE_SHELLS)


def group_of(symbol: str) -> int:
    """Group of the periodic table, 1 to 18; lanthanides and actinides count as 3."""
    z = atomic_number(symbol)
    start, end = next(p for p in _PERIODS if p[0] <= z <= p[1])
    from_left, from_right = z - start + 1, 18 - (end - z)
    if z == 1 or from_left <= 2 < end:
        return from_left
    if end >= 86 and from_left <= 17:
        # The fifteen elements from lanthanum (actinium) on stand in one box.
        return 3
    return from_right


def outer_electrons(symbol: str) -> int:
    """Electrons beyond the last noble gas, a filled f shell left out; a noble gas itself has 0."""
    z = atomic_number(symbol)
    if z in NOBLE_SHELLS:
        return 0
    outer = z - max(n for n in NOBLE_SHELLS if n < z)
    return outer - 14 if outer > 17 else outer


def block_of(symbol: str) -> str:
    """ "s", "p", "d" (with the f elements), or "noble" for a noble gas."""
    if atomic_number(symbol) in NOBLE_SHELLS:
        return "noble"
    outer = outer_electrons(symbol)
    if outer <= 2:
        return "s"
    if period_of(symbol) <= 3:
        return "p"
    return "d" if outer <= 12 else "p"
