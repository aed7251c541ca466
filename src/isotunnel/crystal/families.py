"""Families of superconductors by the elements in their formula."""

from __future__ import annotations

from isotunnel.crystal.formula import formula_elements

PHONON_FAMILIES = ("hydride", "boride", "fulleride", "element", "alloy or compound")
"""Families whose pairing electron-phonon theory describes; of the others it has no prediction."""


def family_of(formula: str) -> str:
    """ "cuprate", "nickelate", "iron-based", "hydride", "fulleride", "boride", "organic",
    "element" or "alloy or compound"."""
    if "C60" in formula:
        return "fulleride"
    found = formula_elements(formula)
    for name, needed in (
        ("cuprate", {"Cu", "O"}),
        ("nickelate", {"Ni", "O"}),
        ("iron-based", {"Fe", "As"}),
        ("iron-based", {"Fe", "Se"}),
        ("iron-based", {"Fe", "P"}),
        ("organic", {"C", "H"}),
        ("hydride", {"H"}),
        ("boride", {"B"}),
    ):
        if needed <= found:
            return name
    return "element" if len(found) == 1 else "alloy or compound"


def is_phonon_family(family: str) -> bool:
    """Whether electron-phonon theory describes the family."""
    return family in PHONON_FAMILIES
