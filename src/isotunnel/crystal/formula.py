"""Chemical formulas as counts of atoms."""

from __future__ import annotations

import re
from collections import Counter

from isotunnel.errors import CrystalError

_ELEMENT = re.compile(r"([A-Z][a-z]?)(\d*)")
_BRACKET = re.compile(r"\(([^()]*)\)(\d*)")


def formula_counts(formula: str) -> Counter[str]:
    """Atoms per element of a formula such as "Mn(AlH3)2".

    Raises:
        CrystalError: it cannot be read.
    """
    flat = _BRACKET.sub(_multiplied, formula)
    if not flat or _ELEMENT.sub("", flat):
        raise CrystalError(f"cannot read the formula {formula!r}")
    counts: Counter[str] = Counter()
    for symbol, number in _ELEMENT.findall(flat):
        counts[symbol] += int(number or 1)
    return counts


def _multiplied(match: re.Match[str]) -> str:
    times = int(match[2] or 1)
    return "".join(f"{s}{int(n or 1) * times}" for s, n in _ELEMENT.findall(match[1]))
