"""Chemical formulas as counts of atoms."""

from __future__ import annotations

import re
from collections import Counter

from isotunnel.errors import CrystalError

_SYMBOL = re.compile(r"[A-Z][a-wyz]?")
"""No symbol ends in x, which stands for a composition."""
_ISOTOPES = {"D": "H", "T": "H"}


def elements_in(name: str) -> frozenset[str]:
    """Elements in the formula that a name begins with; deuterium counts as hydrogen.

    Unlike :func:`formula_counts` it takes what tables of measurements print: "PdHx (H:Pd=0.9)",
    "(Ba,K)Fe2As2"; placeholders such as Ln stay as they are.
    """
    return frozenset(_ISOTOPES.get(s, s) for s in _SYMBOL.findall(name.split(" ")[0]))


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
