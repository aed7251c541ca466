"""From a number with its interval to a verdict, by a rule that is fixed beforehand."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from isotunnel.errors import InputError


class Verdict(StrEnum):
    """What the data say of a statement."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    MIXED = "mixed"
    NOT_TELLING = "necessary, not telling"
    UNDECIDED = "undecided"
    NOT_TESTABLE = "not testable"
    NOT_COMPUTED = "not yet computed"
    NO_STATEMENT = "no statement"


@dataclass(frozen=True)
class Range:
    """A closed range of numbers; an open end is infinite."""

    low: float = -math.inf
    high: float = math.inf

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high:
            raise InputError(f"[{self.low}, {self.high}] is not a range")

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends."""
        return self.low, self.high

    def holds(self, low: float, high: float) -> bool:
        """Whether all of [low, high] lies inside."""
        return self.low <= low and high <= self.high

    def touches(self, low: float, high: float) -> bool:
        """Whether some of [low, high] lies inside."""
        return low <= self.high and self.low <= high


@dataclass(frozen=True)
class Rule:
    """When a number supports a statement and when it contradicts it.

    Attributes:
        supported: the statement's own range of the number.
        contradicted: the range in which the statement is wrong. What lies in neither is mixed.
        minimum_rows: with fewer rows of data nothing is decided.

    Raises:
        InputError: the ranges overlap, or the least number of rows is below one.
    """

    supported: Range
    contradicted: Range
    minimum_rows: int = 1

    def __post_init__(self) -> None:
        if self.supported.touches(self.contradicted.low, self.contradicted.high):
            raise InputError(
                f"the ranges of supported {self.supported} and contradicted {self.contradicted} "
                "overlap: no number could be judged"
            )
        if self.minimum_rows < 1:
            raise InputError(f"minimum_rows is {self.minimum_rows}; it must be at least 1")

    def judge(self, low: float, high: float, rows: int) -> Verdict:
        """Verdict on a number known to lie in [low, high], from so many rows.

        Too few rows: undecided. The whole interval in one range: that range's verdict. The interval
        reaching into both: undecided, the data are too few to tell. Else mixed.

        Raises:
            InputError: not an interval.
        """
        if math.isnan(low) or math.isnan(high) or low > high:
            raise InputError(f"[{low}, {high}] is not an interval")
        if rows < self.minimum_rows:
            return Verdict.UNDECIDED
        if self.supported.holds(low, high):
            return Verdict.SUPPORTED
        if self.contradicted.holds(low, high):
            return Verdict.CONTRADICTED
        if self.supported.touches(low, high) and self.contradicted.touches(low, high):
            return Verdict.UNDECIDED
        return Verdict.MIXED


DECIDED = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.MIXED)


def combined(telling: Iterable[Verdict], necessary: Iterable[Verdict] = ()) -> Verdict:
    """The verdict on a statement of several parts.

    Parts that decide nothing are left out while others decide; parts that agree give their
    verdict; parts that disagree give mixed. With no part at all there is no statement.

    Args:
        telling: verdicts on parts that can support the statement.
        necessary: verdicts on parts that can contradict it only; where they are all there is,
            the statement is at best necessary, not telling.
    """
    given, met = list(telling), list(necessary)
    if not given and not met:
        return Verdict.NO_STATEMENT
    against = DECIDED if not given else (Verdict.CONTRADICTED,)
    decided = {v for v in given if v in DECIDED} | {v for v in met if v in against}
    if len(decided) == 1:
        return decided.pop()
    if decided:
        return Verdict.MIXED
    met_only = not given and Verdict.NOT_TELLING in met
    return Verdict.NOT_TELLING if met_only else Verdict.UNDECIDED
