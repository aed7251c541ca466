"""Units in which programs write phonon frequencies, and how their files name them."""

from __future__ import annotations

import re

from isotunnel.errors import InputError
from isotunnel.units import BOLTZMANN_EV_K, ELEMENTARY_CHARGE_C, HARTREE_EV, RYDBERG_EV

PLANCK_J_S = 6.62607015e-34
LIGHT_M_S = 299792458.0

EV_PER: dict[str, float] = {
    "meV": 1e-3,
    "eV": 1.0,
    "THz": PLANCK_J_S * 1e12 / ELEMENTARY_CHARGE_C,
    "cm-1": PLANCK_J_S * LIGHT_M_S * 100 / ELEMENTARY_CHARGE_C,
    "Ry": RYDBERG_EV,
    "Ha": HARTREE_EV,
    "K": BOLTZMANN_EV_K,
}
"""Size in eV of each unit that a file may use. THz is a frequency, not an angular one."""

# Longest names first: "meV" holds "eV".
_NAMES: tuple[tuple[str, str], ...] = (
    (r"\bmeV\b", "meV"),
    (r"\bcm\s*\^?\s*[-−]\s*1|\bcm\*\*-1", "cm-1"),
    (r"\bTHz\b", "THz"),
    (r"\bRydbergs?\b|\bRyd?\b", "Ry"),
    (r"\bHartrees?\b|\bHa\b", "Ha"),
    (r"\beV\b", "eV"),
)


def frequency_unit(name: str) -> str:
    """The canonical name of a declared unit, upper and lower case alike.

    Raises:
        InputError: an unknown unit; the message lists the known ones.
    """
    for known in EV_PER:
        if known.lower() == name.strip().lower():
            return known
    raise InputError(f"unknown frequency unit {name!r}; known: {', '.join(EV_PER)}")


def unit_in(text: str) -> str | None:
    """The unit of frequency that a header names, None where it names none.

    Only what stands in the same line as a word for frequency, or in brackets after it, counts:
    headers name the unit of the density of states too, so the first one is taken.
    """
    found = [
        (match.start(), unit)
        for pattern, unit in _NAMES
        if (match := re.search(pattern, text, re.IGNORECASE))
    ]
    return min(found)[1] if found else None
