"""Plain words and units of the register as a page or a figure prints them."""

from __future__ import annotations

import re

_PRINTED = (
    (re.compile(r"Grueneisen"), "Grüneisen"),
    (re.compile(r"\bangstrom\b"), "Å"),
    (re.compile(r"\bohm\b"), "Ω"),
    (re.compile(r"\buohm\b"), "µΩ"),
    (re.compile(r"\buPa\b"), "µPa"),
    (re.compile(r"\brho\b"), "ρ"),
    (re.compile(r"\balpha\b"), "α"),
    (re.compile(r"\bmm\^?2\b"), "mm²"),
    (re.compile(r"(?<![\w.])-0(?![\d.])"), "0"),
    (re.compile(r"(?<![\w.])-(?=\d)"), "\N{MINUS SIGN}"),
    (re.compile(r" - "), " \N{MINUS SIGN} "),
)

_POWER = re.compile(r"\b1e(-?\d+)\b")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def printed(words: str) -> str:
    """Greek letters, units and minus signs in place of what is typed for them."""
    for pattern, shown in _PRINTED:
        words = pattern.sub(shown, words)
    return _POWER.sub(lambda found: f"10{found[1].translate(_RAISED)}", words)
