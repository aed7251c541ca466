"""Crystals out of a space group, a cell and one representative of each Wyckoff site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from isotunnel.crystal import symmetry_of
from isotunnel.crystal.named import NamedCrystal, Site
from isotunnel.crystal.symmetry import call_spglib
from isotunnel.errors import CannotSay, CrystalError

if TYPE_CHECKING:
    from ase import Atoms

HALL_SYMBOLS = 530
PRINTED_DIGITS_ANGSTROM = 5e-3
"""Coordinates are printed with four digits or more: no atom is farther than this from its place."""

FIXED_PLACES = {(225, "4a"): (0.0, 0.0, 0.0), (225, "4b"): (0.5, 0.5, 0.5)}
"""Wyckoff positions of Fm-3m without a free coordinate, which a source may leave out (Aroyo (ed.),
International Tables for Crystallography A); their multiplicity is checked like any other."""

_SITE = re.compile(r"([A-Z][a-z]?) (\d+)([a-z])\s*(?:\(([^)]*)\))?")
_NUMBER = re.compile(r"-?\d*\.?\d+")


def parse_sites(text: str, number: int) -> tuple[Site, ...]:
    """Read "La 4b (0.5 0.5 0.5); H 32f (0.12 x x)": element, Wyckoff position, representative.

    The letter x stands for the first coordinate again. The coordinates may be absent where
    :data:`FIXED_PLACES` knows them.

    Args:
        text: the sites.
        number: of the space group.

    Raises:
        CannotSay: no sites, or a site whose coordinates are not printed.
        CrystalError: a site that is not written like that.
    """
    if not text.strip():
        raise CannotSay("the positions of the atoms are not printed")
    return tuple(_site(part.strip(), number) for part in text.split(";"))


def _site(text: str, number: int) -> Site:
    match = _SITE.match(text)
    if match is None:
        raise CrystalError(f"cannot read the site {text!r}; write it like 'H 32f (0.12 x x)'")
    symbol, count, letter, coordinates = match.groups()
    words = (coordinates or "").split()
    fixed = FIXED_PLACES.get((number, count + letter))
    if fixed is not None and (not words or not _NUMBER.fullmatch(words[0])):
        return Site(symbol, count + letter, fixed)
    if len(words) != 3 or not _NUMBER.fullmatch(words[0]):
        raise CannotSay(f"the coordinates of {symbol} {count}{letter} are not printed")
    x, y, z = (float(words[0] if word == "x" else word) for word in words)
    return Site(symbol, count + letter, (x, y, z))


def crystal_of(
    name: str,
    number: int,
    cell: tuple[float, float, float, float, float, float],
    sites: tuple[Site, ...],
) -> Atoms:
    """All atoms of the conventional cell.

    Settings and origins are not printed with a space group's number: the first of the group's Hall
    symbols is taken in which every site has as many atoms as its Wyckoff position says and the
    crystal has that space group.

    Args:
        name: of the crystal, for messages.
        number: of the space group.
        cell: a, b, c in angstrom and alpha, beta, gamma in degrees, conventional.
        sites: the orbits.

    Raises:
        CrystalError: there is no such setting.
    """
    found = []
    for hall in _settings(number):
        entry = NamedCrystal(
            *(name, (), name, "", number, hall, cell, sites, None, "calculated", "", "", ())
        )
        try:
            atoms = entry.conventional()
        except CrystalError:
            continue
        group = symmetry_of(atoms, symprec=PRINTED_DIGITS_ANGSTROM).number
        if group == number:
            return atoms
        found.append(group)
    trouble = f"it has space group {found[0]}" if found else "the sites have other multiplicities"
    raise CrystalError(f"{name}: no setting of space group {number} fits: {trouble}")


@cache
def _settings(number: int) -> tuple[int, ...]:
    every = range(1, HALL_SYMBOLS + 1)
    return tuple(h for h in every if call_spglib("get_spacegroup_type", h).number == number)


def relabelled(atoms: Atoms, number: int) -> list[Atoms]:
    """Ways to put the same elements on the same places that leave all of the places' symmetry.

    Args:
        atoms: the places with their wrong labels, primitive.
        number: space group that the places alone, all atoms alike, must have.

    Returns:
        one crystal per way; empty where the places have another group or no way exists.
    """
    bare = atoms.copy()
    bare.set_chemical_symbols(["H"] * len(atoms))
    symmetry = symmetry_of(bare, symprec=PRINTED_DIGITS_ANGSTROM)
    if symmetry.number != number:
        return []
    orbits = Counter(symmetry.equivalent_atoms)
    elements = Counter(atoms.get_chemical_symbols())
    found = []
    for symbols in set(_shared_out(list(orbits.values()), elements)):
        chosen = dict(zip(orbits, symbols, strict=True))
        candidate = atoms.copy()
        candidate.set_chemical_symbols([chosen[i] for i in symmetry.equivalent_atoms])
        found.append(candidate)
    return found


def _shared_out(sizes: list[int], left: Counter[str]) -> Iterator[tuple[str, ...]]:
    """Every way to give each orbit one element so that all atoms are used up."""
    if not sizes:
        yield ()
        return
    for symbol, count in left.items():
        if count >= sizes[0]:
            rest = left - Counter({symbol: sizes[0]})
            for others in _shared_out(sizes[1:], rest):
                yield (symbol, *others)
