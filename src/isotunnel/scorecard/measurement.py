"""The number that decides, with its interval and the rows that it rests on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from isotunnel.errors import CannotSay, InputError
from isotunnel.evidence.statistics import share, whole_spread
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.sample import Sample, median_off

__all__ = ["Measurement", "RowDropped", "RowUsed"]


Values = tuple[tuple[str, dict[str, Any]], ...]
"""By case: its name, and what entered the number by name."""
SHARE = "share of yes with its exact interval (Clopper-Pearson)"
MEDIAN = "median, interval by resampling the cases"
CORRELATION = "Spearman's rank correlation, interval by resampling the cases"


@dataclass(frozen=True)
class Measurement:
    """One deciding number of one side.

    Attributes:
        part: which part of the claim it decides; a name of the register.
        side: who is judged by it.
        value: the number, in the unit that the register names; NaN where there is none.
        low: lower end of its interval.
        high: upper end.
        used: rows of data it rests on.
        dropped: rows left out, with reasons.
        count: independent rows, where they are fewer than the rows used (several rows of one
            material); None means all of ``used``.
        cannot_say: why there is no number, None where there is one.
        sample: the cases it is made of, None where they are not kept apart.
        range_of: where the interval runs from the smallest to the largest of so many measurements,
            their number; None for a confidence interval.
        reading: of the theory, where the number rests on one; "" where it does not.
        method: how number and interval follow from the values.
        values: what entered, case by case: a name, and numbers or words by their names.
    """

    part: str
    side: str
    value: float
    low: float
    high: float
    used: tuple[RowUsed, ...] = ()
    dropped: tuple[RowDropped, ...] = ()
    count: int | None = None
    cannot_say: str | None = None
    sample: Sample | None = field(default=None, compare=False, repr=False)
    range_of: int | None = None
    reading: str = ""
    method: str = ""
    values: Values = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        numbers = (self.value, self.low, self.high)
        if self.cannot_say is None and any(math.isnan(n) for n in numbers):
            raise InputError(f"{self.part}: {numbers} is no number, and no reason is given")
        if self.cannot_say is None and not self.low <= self.value <= self.high:
            raise InputError(f"{self.part}: {self.value} is outside [{self.low}, {self.high}]")

    @property
    def interval(self) -> str:
        """Kind of the interval: "confidence", "range" of measurements, or "none"."""
        if self.cannot_say is not None or self.low == self.high:
            return "none"
        return "confidence" if self.range_of is None else "range"

    @property
    def spanned(self) -> int | None:
        """Measurements that a range spans, None for other intervals."""
        return self.range_of if self.interval == "range" else None

    @property
    def rows(self) -> int:
        """Independent rows behind the number."""
        return len(self.used) if self.count is None else self.count

    @property
    def right(self) -> int | None:
        """Cases that are right, where a case is right or wrong."""
        return None if self.sample is None else self.sample.right

    @property
    def guess(self) -> tuple[str, float] | None:
        """Name of a guess and what it earns on the same rows; None where nothing is guessed."""
        if self.sample is None or self.sample.guessed is None:
            return None
        return self.sample.guess_name, self.sample.guessed

    @classmethod
    def of(
        cls,
        part: str,
        sample: Sample,
        dropped: Sequence[RowDropped] = (),
        otherwise: str = "no row of data",
        used: Sequence[RowUsed] | None = None,
    ) -> Measurement:
        """The number of a sample; none, with the statistic's reason, where it has none.

        The interval of a median of few values is their range, and is labelled so.

        Args:
            part: which part of the claim it decides.
            sample: the cases that the side answers.
            dropped: rows left out.
            otherwise: why there is no number where the sample is empty.
            used: rows of data it rests on, where the cases do not hold them.
        """
        side = sample.side
        if not sample.cases:
            return cls.refused(part, side, otherwise, dropped)
        try:
            found = sample.statistic(sample.cases, side)
        except CannotSay as reason:
            return cls.refused(part, side, str(reason), dropped)
        few = None
        if sample.statistic is median_off:
            few = whole_spread([c.off(side) for c in sample.cases], *found[1:])
        rows = sample.used if used is None else tuple(used)
        left = tuple(dropped)
        numbers = (*found, rows, left, sample.rows, None, sample, few)
        return cls(part, side, *numbers, method=sample.method, values=sample.values)

    @classmethod
    def of_share(
        cls,
        part: str,
        side: str,
        hits: Mapping[str, bool],
        used: Sequence[RowUsed],
        dropped: Sequence[RowDropped] = (),
        otherwise: str = "no row of data",
        shown: Mapping[str, Mapping[str, Any]] | None = None,
        reading: str = "",
    ) -> Measurement:
        """The share of hits, one per independent row; none, with a reason, without any.

        Args:
            hits: by name of the row.
            used, dropped: rows of data.
            otherwise: why there is no number where there are no hits.
            shown: what each row's answer follows from, by name.
            reading: of the theory, where it rests on one.
        """
        if not hits:
            return replace(cls.refused(part, side, otherwise, dropped), reading=reading)
        found = share(sum(hits.values()), len(hits))
        values = tuple((k, {**(shown or {}).get(k, {}), "yes": v}) for k, v in hits.items())
        rest = (tuple(used), tuple(dropped), len(hits))
        return cls(part, side, *found, *rest, reading=reading, method=SHARE, values=values)

    @classmethod
    def refused(
        cls, part: str, side: str, reason: str, dropped: Sequence[RowDropped] = ()
    ) -> Measurement:
        """No number, and why."""
        none = math.nan
        return cls(part, side, none, none, none, (), tuple(dropped), 0, reason)
