"""The number that decides, with its interval and the rows that it rests on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from isotunnel.errors import InputError
from isotunnel.evidence.rows import RowDropped, RowUsed

__all__ = ["Measurement", "RowDropped", "RowUsed"]


@dataclass(frozen=True)
class Measurement:
    """One deciding number.

    Attributes:
        part: which part of the claim it decides; a name of the register.
        value: the number, in the unit that the register names; NaN where there is none.
        low: lower end of its interval.
        high: upper end.
        used: rows of data it rests on.
        dropped: rows left out, with reasons.
        count: independent rows, where they are fewer than the rows used (several rows of one
            material); None means all of ``used``.
        cannot_say: why there is no number, None where there is one.
    """

    part: str
    value: float
    low: float
    high: float
    used: tuple[RowUsed, ...] = ()
    dropped: tuple[RowDropped, ...] = ()
    count: int | None = None
    cannot_say: str | None = None

    def __post_init__(self) -> None:
        numbers = (self.value, self.low, self.high)
        if self.cannot_say is None and any(math.isnan(n) for n in numbers):
            raise InputError(f"{self.part}: {numbers} is no number, and no reason is given")
        if self.cannot_say is None and not self.low <= self.value <= self.high:
            raise InputError(f"{self.part}: {self.value} is outside [{self.low}, {self.high}]")

    @property
    def rows(self) -> int:
        """Independent rows behind the number."""
        return len(self.used) if self.count is None else self.count

    @classmethod
    def refused(cls, part: str, reason: str, dropped: Sequence[RowDropped] = ()) -> Measurement:
        """No number, and why."""
        return cls(part, math.nan, math.nan, math.nan, (), tuple(dropped), 0, reason)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; what is not finite is None."""
        return {
            "part": self.part,
            "value": _finite(self.value),
            "low": _finite(self.low),
            "high": _finite(self.high),
            "rows": self.rows,
            "used": [r.as_dict() for r in self.used],
            "dropped": [r.as_dict() for r in self.dropped],
            "cannot_say": self.cannot_say,
        }


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
