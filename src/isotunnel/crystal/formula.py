"""Chemical formulas as counts of atoms."""

from __future__ import annotations

import re
from collections import Counter

from isotunnel.errors import CrystalError

_SYMBOL = re.compile(r"[A-Z][a-wyz]?")
"""No symbol ends in x, which stands for a composition."""
_ISOTOPES = {"D": "H", "T": "H"}
_PART = re.compile(
    r"(?P<symbol>[A-Z][a-z]?)|(?P<amount>\d*\.\d+|\d+)|(?P<open>[(\[{])|(?P<close>[)\]}])"
)
_BETWEEN = re.compile(r"[\s,*·]+")
_CHARGE = re.compile(r"(?<=[\d\s])\d*[+-](?=[\s,]|$)")
_DEEPEST = 8


def elements_in(name: str) -> frozenset[str]:
    """Elements in the formula that a name begins with; deuterium counts as hydrogen.

    Unlike :func:`formula_counts` it takes what tables of measurements print: "PdHx (H:Pd=0.9)",
    "(Ba,K)Fe2As2"; placeholders such as Ln stay as they are.
    """
    return frozenset(_ISOTOPES.get(s, s) for s in _SYMBOL.findall(name.split(" ")[0]))


def formula_elements(name: str) -> frozenset[str]:
    """Elements of the formula in a name, wherever it stands: that of its words which has most.

    "Hg-1223 (HgBa2Ca2Cu3O8+d)" and "HgBa2Ca2Cu3O8" are of the same elements; placeholders such as
    Ln, and x and y for a composition, are none.
    """
    from ase.data import atomic_numbers

    def known(word: str) -> frozenset[str]:
        found = (s if s in atomic_numbers else s[0] for s in elements_in(word))
        return frozenset(s for s in found if atomic_numbers.get(s, 0) > 0)

    return max(map(known, name.split(" ")), key=len)


def formula_counts(formula: str) -> Counter[str]:
    """Atoms per element of a formula such as "Mn(AlH3)2", read by :class:`ase.formula.Formula`.

    Raises:
        CrystalError: it cannot be read, or an element in it does not exist.
    """
    from ase.data import atomic_numbers
    from ase.formula import Formula

    try:
        counts = Formula(formula).count()
    except (ValueError, KeyError, IndexError):
        counts = {}
    if not counts or not atomic_numbers.keys() >= counts.keys():
        raise CrystalError(f"cannot read the formula {formula!r}")
    return Counter(counts)


def formula_amounts(text: str) -> dict[str, float] | None:
    """Amounts per element of a formula as CIFs have it, "Ca H2 O2", "Ca (O H)2", "Fe0.95 O".

    D and T count as H. None for what is no formula of known elements.
    """
    flat = _BETWEEN.sub(" ", _CHARGE.sub(" ", text[:2000])).replace(" ", "")
    parts = []
    at = 0
    while at < len(flat):
        match = _PART.match(flat, at)
        if match is None or match.lastgroup is None:
            return None
        parts.append((match.lastgroup, match[0]))
        at = match.end()
    found, end = _sum(parts, 0, 0)
    return found if found and end == len(parts) and min(found.values()) > 0 else None


def _sum(parts: list[tuple[str, str]], at: int, depth: int) -> tuple[dict[str, float] | None, int]:
    """Amounts up to the end or the closing bracket, and where that is; None for what is wrong."""
    total: dict[str, float] = {}
    while at < len(parts) and parts[at][0] != "close":
        kind, text = parts[at]
        unit: dict[str, float] | None = None
        if kind == "symbol" and _is_element(text):
            unit = {_ISOTOPES.get(text, text): 1.0}
        elif kind == "open" and depth < _DEEPEST:
            unit, at = _sum(parts, at + 1, depth + 1)
        if unit is None or at >= len(parts):
            return None, at
        at += 1
        times = 1.0
        if at < len(parts) and parts[at][0] == "amount":
            times = float(parts[at][1])
            at += 1
        for symbol, amount in unit.items():
            total[symbol] = total.get(symbol, 0.0) + times * amount
    return total, at


def _is_element(symbol: str) -> bool:
    from ase.data import atomic_numbers

    return symbol in _ISOTOPES or (symbol in atomic_numbers and symbol != "X")
