"""A number with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameter:
    """One number with what it rests on.

    Attributes:
        value: the number, in the unit of the field that holds it.
        source: paper, table, fit, or "assumed: ..." with the reason.
        error: one standard deviation, None where unknown.
    """

    value: float
    source: str
    error: float | None = None
