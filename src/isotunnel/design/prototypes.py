"""The structure types that candidates are made of, with their known members."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from ase import Atoms


@dataclass(frozen=True, eq=False)
class Member:
    """A known crystal of a prototype.

    Attributes:
        name: of the crystal, or its id in the tables of hydrides.
        atoms: primitive cell.
        roles: element on each site that takes other elements, see :func:`roles_of`.
        pressure_gpa: of the cell; None where its source does not say.
        source: of the cell.
    """

    name: str
    atoms: Atoms
    roles: tuple[str, ...]
    pressure_gpa: float | None
    source: str


@dataclass(frozen=True, eq=False)
class Prototype:
    """A structure type.

    Attributes:
        name: such as "XH6".
        title: in words.
        members: known crystals of it, at least one.
    """

    name: str
    title: str
    members: tuple[Member, ...]

    @property
    def hydride(self) -> bool:
        """Whether it holds hydrogen."""
        return "H" in self.members[0].atoms.get_chemical_symbols()


def roles_of(atoms: Atoms) -> tuple[str, ...]:
    """The elements but hydrogen, one for each site: rarest first, then nearest to the frame.

    The frame is hydrogen, or the most frequent element where there is none. So the small and the
    large cation of a perovskite keep their places, whatever elements they are.
    """
    symbols = np.array(atoms.get_chemical_symbols())
    counts = Counter(symbols.tolist())
    frame = "H" if "H" in counts else max(sorted(counts), key=lambda s: counts[s])
    others = np.flatnonzero(symbols == frame)

    def away(symbol: str) -> float:
        first = int(np.flatnonzero(symbols == symbol)[0])
        there = others[others != first]
        if not len(there):
            return 0.0
        return float(atoms.get_distances(first, there, mic=True).min())

    free = [s for s in counts if s != "H"]
    # A micrometre's digits, so that rounding does not order what symmetry makes equal.
    return tuple(sorted(free, key=lambda s: (counts[s], round(away(s), 4), s)))


@cache
def prototypes() -> tuple[Prototype, ...]:
    """Every prototype of ``data/prototypes.toml``, in its order."""
    text = files("isotunnel.design").joinpath("data/prototypes.toml").read_text("utf-8")
    return tuple(
        Prototype(entry["name"], entry["title"], tuple(_members(entry)))
        for entry in tomllib.loads(text)["prototype"]
    )


def _members(entry: dict[str, Any]) -> Iterator[Member]:
    from isotunnel.crystal import named_crystal, primitive_cell
    from isotunnel.crystal.named import named_entry
    from isotunnel.studies.hydrides.sites import crystal_of, parse_sites
    from isotunnel.studies.hydrides.structures import hydride_structures

    for name in entry.get("members", ()):
        known = named_entry(name)
        atoms = primitive_cell(named_crystal(name))
        yield Member(name, atoms, roles_of(atoms), known.pressure_gpa, known.source)
    if "family" in entry:
        for found in hydride_structures():
            if found.entry.short_id.startswith(f"{entry['family']}-"):
                if found.entry.number != entry["number"]:
                    continue
                yield Member(
                    found.id,
                    found.atoms,
                    roles_of(found.atoms),
                    found.entry.pressure_gpa,
                    found.entry.source,
                )
    for cell in entry.get("cells", ()):
        sizes = (*cell["edges"], *cell["angles"])
        sites = parse_sites(cell["sites"], cell["number"])
        atoms = primitive_cell(crystal_of(cell["formula"], cell["number"], sizes, sites))
        yield Member(cell["formula"], atoms, roles_of(atoms), cell["pressure_gpa"], cell["source"])
