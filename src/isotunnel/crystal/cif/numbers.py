"""Numbers as CIFs write them: 1.234(5), .5, 1/3, with "?" and "." for none."""

from __future__ import annotations

import math
import re

NOT_STATED = ("?", ".")

_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?)(?:\([\d.]*\))?")
_FRACTION = re.compile(r"([+-]?\d+)/(\d+)")
_LONGEST = 60


def number(text: str) -> float | None:
    """The value without its uncertainty in brackets; None for what is no finite number."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    fraction = _FRACTION.fullmatch(text)
    if fraction is not None:
        below = int(fraction[2])
        return int(fraction[1]) / below if below else None
    plain = _NUMBER.fullmatch(text)
    value = math.inf if plain is None else float(re.sub("[dD]", "e", plain[1]))
    return value if math.isfinite(value) else None


def decimals(text: str) -> int:
    """How many digits stand behind the point, without those of an exponent."""
    plain = _NUMBER.fullmatch(text.strip())
    return 0 if plain is None else len(re.sub("[eEdD].*", "", plain[1]).partition(".")[2])


def half_last_digit(text: str) -> float:
    """How far a number may be from what it was rounded from: half a unit of its last digit."""
    return float(0.5 * 10.0 ** -decimals(text))
