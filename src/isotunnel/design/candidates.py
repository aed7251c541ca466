"""Other elements on the sites of a prototype: the two filters, and the cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.crystal.elements import (
    NOBLE_SHELLS,
    atomic_number,
    electronegativities,
    outer_electrons,
)
from isotunnel.design.plan import ELECTRON_SLACK, HEAVIEST, MANY_MEMBERS, SLACK
from isotunnel.design.prototypes import Member, Prototype

if TYPE_CHECKING:
    from ase import Atoms


@dataclass(frozen=True, eq=False)
class Candidate:
    """Elements in a prototype.

    Attributes:
        formula: least electronegative element first.
        prototype: name of it.
        elements: on the sites of :func:`~isotunnel.design.prototypes.roles_of`.
        cell_of: the member whose cell was scaled.
        pressure_gpa: of that cell; None where unknown.
        volume_ratio: of the candidate's cell to it.
        beyond_size: how far the radius of an element lies outside the range of the known members
            on its site, over that end of the range; 0 inside.
        known: whether it is a known member itself.
        atoms: the crystal.
    """

    formula: str
    prototype: str
    elements: tuple[str, ...]
    cell_of: str
    pressure_gpa: float | None
    volume_ratio: float
    beyond_size: float
    known: bool
    atoms: Atoms


def candidates(prototype: Prototype) -> list[Candidate]:
    """Every candidate of a prototype that passes the filters, by formula."""
    per_site = [_fitting(prototype, site) for site in range(len(prototype.members[0].roles))]
    found = (_candidate(prototype, e) for e in product(*per_site) if _charge_fits(prototype, e))
    return sorted(found, key=lambda c: c.formula)


def elements() -> list[str]:
    """Elements that candidates are made of: no hydrogen, no noble gas, none too heavy."""
    from ase.data import chemical_symbols

    known = electronegativities()
    numbers = (z for z in range(3, HEAVIEST + 1) if z not in NOBLE_SHELLS)
    return [s for s in (chemical_symbols[z] for z in numbers) if s in known]


def radius(symbol: str) -> float:
    """Covalent radius in angstrom (Cordero 2008)."""
    from ase.data import covalent_radii

    return float(covalent_radii[atomic_number(symbol)])


def _on_site(prototype: Prototype, site: int) -> list[str]:
    return [m.roles[site] for m in prototype.members]


def _size_range(prototype: Prototype, site: int) -> tuple[float, float]:
    radii = [radius(s) for s in _on_site(prototype, site)]
    return min(radii), max(radii)


def _fitting(prototype: Prototype, site: int) -> list[str]:
    """Elements whose size and side of the scale of electronegativities fit a site."""
    low, high = _size_range(prototype, site)
    scale = electronegativities()
    known = _on_site(prototype, site)
    if prototype.hydride:
        middle = scale["H"]
    else:
        rest = [s for m in prototype.members for n, s in enumerate(m.roles) if n != site]
        middle = float(np.mean([scale[s] for s in rest]))
    sides = {scale[s] > middle for s in known}
    allowed = elements() if len(prototype.members) < MANY_MEMBERS else sorted(set(known))
    return [
        s
        for s in allowed
        if (1 - SLACK) * low <= radius(s) <= (1 + SLACK) * high and (scale[s] > middle) in sides
    ]


def _charge_fits(prototype: Prototype, chosen: Sequence[str]) -> bool:
    if len(set(chosen)) < len(chosen):
        return False
    seen = [_electrons(m.atoms.get_chemical_symbols()) for m in prototype.members]
    own = _electrons(_substituted(prototype.members[0], chosen))
    return min(seen) - ELECTRON_SLACK <= own <= max(seen) + ELECTRON_SLACK


def _electrons(symbols: Sequence[str]) -> float:
    """Outer electrons of a formula unit."""
    counts = Counter(symbols)
    units = int(np.gcd.reduce(list(counts.values())))
    return sum(n * _outer(s) for s, n in counts.items()) / units


def _outer(symbol: str) -> int:
    """Lanthanides and actinides give three: their f electrons stay at home."""
    in_f_block = 57 <= atomic_number(symbol) <= 71 or 89 <= atomic_number(symbol) <= 103
    return 3 if in_f_block else outer_electrons(symbol)


def _substituted(member: Member, chosen: Sequence[str]) -> list[str]:
    instead = dict(zip(member.roles, chosen, strict=True))
    return [instead.get(s, s) for s in member.atoms.get_chemical_symbols()]


def _candidate(prototype: Prototype, chosen: tuple[str, ...]) -> Candidate:
    parent = parent_of(prototype, chosen)
    atoms, ratio = scaled(parent, chosen)
    return Candidate(
        formula_of(atoms),
        prototype.name,
        chosen,
        parent.name,
        parent.pressure_gpa,
        ratio,
        max(_beyond(prototype, site, s) for site, s in enumerate(chosen)),
        any(m.roles == chosen for m in prototype.members),
        atoms,
    )


def parent_of(prototype: Prototype, chosen: Sequence[str]) -> Member:
    """The member whose cell is scaled: nearest in mean radius, not the candidate if it need not."""
    others = [m for m in prototype.members if m.roles != tuple(chosen)] or prototype.members
    own = np.mean([radius(s) for s in chosen])
    return min(others, key=lambda m: abs(np.mean([radius(s) for s in m.roles]) - own))


def scaled(parent: Member, chosen: Sequence[str]) -> tuple[Atoms, float]:
    """The candidate in the parent's cell, and the ratio of the volumes."""
    symbols = _substituted(parent, chosen)
    ratio = _spheres(symbols) / _spheres(parent.atoms.get_chemical_symbols())
    atoms = parent.atoms.copy()
    atoms.set_chemical_symbols(symbols)
    atoms.set_cell(atoms.cell.array * ratio ** (1 / 3), scale_atoms=True)
    return atoms, ratio


def volume_errors(found: Sequence[Prototype]) -> Iterator[tuple[str, float]]:
    """Of each known member that has another: name, and ln of the scaled volume over its own."""
    for prototype in found:
        for member in prototype.members:
            parent = parent_of(prototype, member.roles)
            if parent is not member:
                atoms, _ = scaled(parent, member.roles)
                yield member.name, float(np.log(atoms.get_volume() / member.atoms.get_volume()))


def spread_of(found: Sequence[Prototype]) -> float:
    """Root mean square of :func:`volume_errors`."""
    return float(np.sqrt(np.mean([error**2 for _, error in volume_errors(found)])))


def _spheres(symbols: Sequence[str]) -> float:
    return float(sum(radius(s) ** 3 for s in symbols))


def _beyond(prototype: Prototype, site: int, symbol: str) -> float:
    low, high = _size_range(prototype, site)
    own = radius(symbol)
    return max(low / own - 1 if own < low else 0.0, own / high - 1 if own > high else 0.0)


def formula_of(atoms: Atoms) -> str:
    """Reduced formula, least electronegative element first."""
    counts = Counter(atoms.get_chemical_symbols())
    divisor = int(np.gcd.reduce(list(counts.values())))
    scale = electronegativities()
    order = sorted(counts, key=lambda s: (scale.get(s, 0.0), s))
    return "".join(f"{s}{counts[s] // divisor if counts[s] > divisor else ''}" for s in order)
