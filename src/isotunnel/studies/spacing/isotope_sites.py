"""Isotope exponents of a compound's sites, and their sum, which theories speak of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.crystal.formula import elements_in
from isotunnel.measured.parameter import Parameter


@dataclass(frozen=True)
class SiteExponent:
    """One measured exponent.

    Attributes:
        row: id of its row of data.
        material: name, beginning with the formula.
        isotope: what was replaced, beginning with the element.
        alpha: Tc ~ M^-alpha for the mass of that element alone.
    """

    row: str
    material: str
    isotope: str
    alpha: Parameter


@dataclass(frozen=True)
class Compound:
    """All that is measured of one set of elements.

    Attributes:
        name: the first material's, without what stands in brackets behind it.
        elements: sites of its formula; deuterium counts as hydrogen.
        sites: exponents by the element replaced.
    """

    name: str
    elements: frozenset[str]
    sites: dict[str, tuple[SiteExponent, ...]]

    @property
    def group(self) -> str:
        """Its elements, which materials of one family share: "Cu-La-O-Sr"."""
        return "-".join(sorted(self.elements))

    @property
    def missing(self) -> tuple[str, ...]:
        """Elements whose isotopes nobody exchanged."""
        return tuple(sorted(self.elements - set(self.sites)))

    def site(self, element: str) -> Parameter:
        """The exponent of one element's sites, by its best measurement; see :meth:`total`."""
        return _best([e.alpha for e in self.sites[element]])

    def total(self) -> Parameter:
        """Sum over the sites, each by its best measurement; errors add in squares.

        Where several exponents of one site are known, the one with the smallest error counts, and
        half their spread enters the error. Without an error of every site there is none.
        """
        best = [self.site(element) for element in self.sites]
        errors = [b.error for b in best if b.error is not None]
        error = math.hypot(*errors) if len(errors) == len(best) else None
        source = "; ".join(dict.fromkeys(b.source for b in best))
        return Parameter(sum(b.value for b in best), source, error)


def compounds(exponents: Sequence[SiteExponent]) -> tuple[Compound, ...]:
    """Measured exponents by the set of elements in the formula, in order of appearance."""
    found: dict[frozenset[str], list[SiteExponent]] = {}
    for one in exponents:
        found.setdefault(elements_in(one.material), []).append(one)
    made = []
    for elements, mine in found.items():
        sites: dict[str, tuple[SiteExponent, ...]] = {}
        for one in mine:
            symbol = _element(one.isotope)
            sites[symbol] = (*sites.get(symbol, ()), one)
        made.append(Compound(mine[0].material.partition(" (")[0], elements, sites))
    return tuple(made)


def _element(isotope: str) -> str:
    """Element of "18O" or "Sn": the one symbol in it."""
    return next(iter(elements_in(isotope)), isotope)


def _best(known: Sequence[Parameter]) -> Parameter:
    best = min(known, key=lambda p: math.inf if p.error is None else p.error)
    if len(known) == 1 or best.error is None:
        return best
    spread = (max(p.value for p in known) - min(p.value for p in known)) / 2
    return Parameter(best.value, best.source, math.hypot(best.error, spread))
