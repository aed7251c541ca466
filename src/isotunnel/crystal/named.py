"""Crystals with a name: a small library with the source of every cell.

The table is ``data/named.toml``. It is read when the first name is looked up, never on import.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from isotunnel.errors import CrystalError
from isotunnel.materials import crystals, follows
from isotunnel.materials.names import Index, find, index, look_up

if TYPE_CHECKING:
    from ase import Atoms
    from numpy.typing import NDArray

_SAME_SITE_ANGSTROM = 1e-2


@dataclass(frozen=True)
class Site:
    """One orbit of equivalent atoms: element, Wyckoff position, and one representative."""

    symbol: str
    wyckoff: str
    position: tuple[float, float, float]

    @property
    def multiplicity(self) -> int:
        """Number of atoms of the orbit in the conventional cell."""
        return int(self.wyckoff.rstrip("abcdefghijklmnopqrstuvwxyz"))


@dataclass(frozen=True)
class NamedCrystal:
    """A crystal of the library.

    Attributes:
        name: unique name; "@" introduces the pressure the cell belongs to.
        aliases: other names it answers to.
        title: what it is, in words.
        space_group: short Hermann-Mauguin symbol.
        number: space-group number.
        hall_number: setting, as spglib counts the 530 Hall symbols.
        cell: a, b, c in angstrom and alpha, beta, gamma in degrees, of the conventional cell.
        sites: the orbits of atoms.
        pressure_gpa: pressure that the cell belongs to, or None where the source does not say.
        kind: "measured" or "calculated" (the cell; sites fixed by symmetry have no kind).
        source: public reference of the cell.
        note: what a user should know of it.
        tags: for searching ("element", "metal", "hydride", "superconductor", ...).
    """

    name: str
    aliases: tuple[str, ...]
    title: str
    space_group: str
    number: int
    hall_number: int
    cell: tuple[float, float, float, float, float, float]
    sites: tuple[Site, ...]
    pressure_gpa: float | None
    kind: str
    source: str
    note: str
    tags: tuple[str, ...]

    def conventional(self) -> Atoms:
        """All atoms of the conventional cell, in the setting of the table.

        Raises:
            CrystalError: an orbit has not the size its Wyckoff position says (a wrong table).
        """
        from ase import Atoms as AseAtoms
        from ase.geometry import cellpar_to_cell

        lattice = cellpar_to_cell(self.cell)
        symbols: list[str] = []
        positions: list[NDArray[np.float64]] = []
        for site in self.sites:
            orbit = _orbit(site.position, self.hall_number, lattice)
            if len(orbit) != site.multiplicity:
                raise CrystalError(
                    f"{self.name}: {site.symbol} {site.wyckoff} gives {len(orbit)} atoms, "
                    f"not {site.multiplicity}: the table is wrong"
                )
            symbols += [site.symbol] * len(orbit)
            positions.append(orbit)
        return AseAtoms(
            symbols=symbols,
            scaled_positions=np.concatenate(positions),
            cell=lattice,
            pbc=True,
            info=self.info(),
        )

    def info(self) -> dict[str, Any]:
        """What the Atoms made from it carry in ``info``."""
        return {
            "name": self.name,
            "title": self.title,
            "source": self.source,
            "pressure_gpa": self.pressure_gpa,
            "cell_kind": self.kind,
        }


def named_crystals() -> tuple[NamedCrystal, ...]:
    """Every crystal of the library, in the order of the table."""
    return _library()[0]


def find_named(name: str) -> NamedCrystal | None:
    """The crystal that answers to ``name``, or None; see :func:`isotunnel.materials.names.find`."""
    return find(name, _library()[1])


def named_crystal(name: str) -> Atoms:
    """The primitive cell of a named crystal, in the standard setting.

    ``info`` carries its name, title, source, pressure_gpa (None where unknown) and cell_kind.

    Raises:
        CrystalError: no crystal answers to the name; the message lists the closest ones.
    """
    from isotunnel.crystal.symmetry import primitive_cell

    return primitive_cell(named_entry(name).conventional())


def named_entry(name: str, *, any_pressure: bool = False) -> NamedCrystal:
    """The entry of a name; with ``any_pressure`` "H3S@150GPa" is that of "H3S" too.

    Raises:
        CrystalError: as :func:`named_crystal`.
    """
    return look_up(
        name,
        _library()[1],
        lambda c: c.name,
        "crystal",
        "'isotunnel crystals' lists all names",
        pressures="any" if any_pressure else "own",
        error=CrystalError,
    )


@follows
@lru_cache(maxsize=1)
def _library() -> tuple[tuple[NamedCrystal, ...], Index[NamedCrystal]]:
    import tomllib
    from importlib.resources import files

    text = files("isotunnel.crystal").joinpath("data/named.toml").read_text(encoding="utf-8")
    entries = tuple(_entry(row) for row in (*tomllib.loads(text)["crystal"], *crystals()))
    return entries, index(entries, lambda c: (c.name, *c.aliases), CrystalError, "crystals")


def _entry(row: dict[str, Any]) -> NamedCrystal:
    a, b, c, alpha, beta, gamma = (float(x) for x in row["cell"])
    return NamedCrystal(
        name=row["name"],
        aliases=tuple(row.get("aliases", ())),
        title=row["title"],
        space_group=row["space_group"],
        number=int(row["number"]),
        hall_number=int(row["hall_number"]),
        cell=(a, b, c, alpha, beta, gamma),
        sites=tuple(read_site(text) for text in row["sites"]),
        pressure_gpa=float(row["pressure_gpa"]) if "pressure_gpa" in row else None,
        kind=row["kind"],
        source=row["source"],
        note=row.get("note", ""),
        tags=tuple(row.get("tags", ())),
    )


def read_site(text: str) -> Site:
    """A site from "H 4f 1/3 2/3 0.1448": element, Wyckoff position, fractional coordinates."""
    symbol, wyckoff, x, y, z = text.split()
    return Site(symbol, wyckoff, (float(Fraction(x)), float(Fraction(y)), float(Fraction(z))))


def _orbit(
    position: tuple[float, float, float], hall_number: int, lattice: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Fractional positions, shape (n, 3), of all atoms equivalent to one at ``position``."""
    from isotunnel.crystal.symmetry import call_spglib

    operations = call_spglib("get_symmetry_from_database", hall_number)
    images = (operations["rotations"] @ np.array(position) + operations["translations"]) % 1.0
    apart = images[:, None] - images[None, :]
    # Only near-zero distances matter here, for which rounding to the nearest image is exact.
    same = np.linalg.norm((apart - np.rint(apart)) @ lattice, axis=-1) <= _SAME_SITE_ANGSTROM
    kept: list[int] = []
    for i in range(len(images)):
        if not same[i, kept].any():
            kept.append(i)
    return np.asarray(images[kept])
