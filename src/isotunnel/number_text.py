"""A number and its error as text, the one way in which terminal, pages and documents write them."""

from __future__ import annotations

import math

DIGITS = 6
"""No value gets more significant digits."""


LEAST_TC_K = 0.001
"""Formulas for Tc give powers of ten below this, which mean nothing."""


def critical_temperature(kelvin: float | None, digits: int = 3) -> str:
    """A computed Tc with its unit; what is below a millikelvin is only said to be."""
    return "not known" if kelvin is None else f"{tc_without_unit(kelvin, digits)} K"


def tc_without_unit(kelvin: float, digits: int = 3) -> str:
    """The same for a column whose head has the unit."""
    return significant(kelvin, digits) if kelvin >= LEAST_TC_K else f"below {LEAST_TC_K:g}"


def with_error(value: float, error: float | None) -> str:
    """``0.6951 ± 0.0021``: the error to two digits, the value to as many places.

    An error that is zero, unknown or too small to touch the last of ``DIGITS`` digits is left out:
    all digits shown are sure then.
    """
    if error is None or not math.isfinite(error) or error <= 0:
        return significant(value)
    places = max(0, 1 - math.floor(math.log10(error)))
    magnitude = math.floor(math.log10(abs(value))) if value else 0
    most = max(0, DIGITS - 1 - magnitude)
    if places > most and error < 0.5 * 10.0**-most:
        return f"{value:.{most}f}"
    places = min(places, most)
    return f"{value:.{places}f} ± {error:.{places}f}"


def significant(value: float, digits: int = 5) -> str:
    """The value alone, to ``digits`` significant digits."""
    return f"{value:.{digits}g}"
