"""Error bars of the spacing tests."""

from __future__ import annotations

import math

from isotunnel.measured.parameter import Parameter


def bar(given: Parameter) -> float:
    """Half the length of an error bar; NaN, which is not drawn, where the error is unknown."""
    return math.nan if given.error is None else given.error
