"""Measured points by composition, and whether a measured sample had a crystal's structure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import gcd

from isotunnel.materials import follows
from isotunnel.measured.load import table
from isotunnel.measured.points import TABLES, Measured, measured_points

Composition = tuple[tuple[str, int], ...]

_GROUPS: dict[str, frozenset[int]] = {
    "fcc": frozenset({225}),
    "bcc": frozenset({229}),
    "hcp": frozenset({194}),
    "dhcp": frozenset({194}),
    "simple cubic": frozenset({221}),
    "simple hexagonal": frozenset({191}),
    "diamond": frozenset({227}),
    "a4": frozenset({227}),
    "a7": frozenset({166}),
    "a8": frozenset({152, 154}),
    "a17": frozenset({64}),
    "b1": frozenset({225}),
    "b2": frozenset({221}),
    "b3": frozenset({216}),
    "3c": frozenset({216}),
    "alb2": frozenset({191}),
    "beta (white)": frozenset({141}),
    "cubic": frozenset(range(195, 231)),
    "hexagonal": frozenset(range(168, 195)),
    "rhombohedral": frozenset(range(143, 168)),
    "tetragonal": frozenset(range(75, 143)),
    "orthorhombic": frozenset(range(16, 75)),
    "monoclinic": frozenset(range(3, 16)),
}
"""Space groups of structures and crystal systems as the tables name them."""

_SYMBOL = re.compile(r"[PIFCAR]-?[1-9a-z][0-9a-z_/-]*")


def points_of(counts: Mapping[str, int]) -> Measured:
    """Measured points of every name in the tables that stands for this composition.

    Elements count alike however many atoms a molecule has; names that are no formula (minerals,
    "PdH0.9") stand for none, unless the table has a formula beside them.
    """
    wanted = _reduced(counts)
    names = tuple(name for name, known in _compositions() if known == wanted)
    return measured_points(names) if names else Measured((), ())


def same_structure(phase: str, number: int, symbol: str) -> bool | None:
    """Whether a phase as the tables name it is of a space group; None where nobody can tell."""
    groups = _GROUPS.get(phase.strip().casefold())
    if groups is not None:
        return number in groups
    plain = phase.replace(" ", "")
    if _SYMBOL.fullmatch(plain):
        return plain.replace("_", "") == symbol.replace("_", "")
    return None


@follows
@lru_cache(maxsize=1)
def _compositions() -> tuple[tuple[str, Composition], ...]:
    """Every name of the tables with its composition, each once."""
    return tuple(dict.fromkeys(_listed()))


def _listed() -> Iterator[tuple[str, Composition]]:
    for name in TABLES:
        found = table(name)
        for row in found:
            subject = row.text(found.schema.subject)
            counts = _counts(str(row.get("formula") or subject))
            if counts:
                yield subject, _reduced(counts)


@lru_cache(maxsize=4096)
def _counts(formula: str) -> dict[str, int]:
    from ase.formula import Formula

    try:
        return dict(Formula(formula).count())
    except (ValueError, KeyError, IndexError):
        return {}


def _reduced(counts: Mapping[str, int]) -> Composition:
    divisor = gcd(*counts.values()) or 1
    return tuple(sorted((symbol, count // divisor) for symbol, count in counts.items()))
