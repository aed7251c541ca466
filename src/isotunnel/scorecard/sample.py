"""The cases behind a number, one by one, so that two sides can be compared on the same ones."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Generic, TypeVar

from isotunnel.errors import InputError
from isotunnel.evidence.statistics import Interval, bootstrap, median, share
from isotunnel.measured.rows_used import RowDropped, RowUsed

GUESS = "guess"
"""Whose answers in ``Case.predicted`` are those that anybody would give without a theory."""
FAR_OFF = math.log(100.0)
"""What a prediction of the wrong sign, or of zero, counts as: off by a factor of a hundred."""


@dataclass(frozen=True, eq=False)
class Case:
    """One question: the measured answer, and what each side predicts.

    A row of a table becomes a case once, and the case goes through sample, number and comparison
    as it is.

    Attributes:
        key: the question; unique, and the same for all sides.
        measured: the answer: a state, a number; None where only a subclass knows it.
        predicted: answers by side, and of what else competes (``GUESS``, a rule).
        silent: by side, why it cannot say.
        rows: what the measured answer rests on.
        group: what cases must share to depend on each other, such as the material; "" where the
            case stands alone.
    """

    key: str
    measured: Any = None
    predicted: Mapping[str, Any] = field(default_factory=dict)
    silent: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[RowUsed, ...] = ()
    group: str = ""

    @property
    def unit(self) -> str:
        """What is counted as one independent row."""
        return self.group or self.key

    def right(self, side: str) -> bool:
        """Whether a side predicts what was measured."""
        return bool(self.predicted[side] == self.measured)

    def shown(self, side: str) -> dict[str, Any]:
        """What of it enters a side's number, by name."""
        return {"measured": self.measured, "predicted": self.predicted[side]}

    def off(self, side: str) -> float:
        """|ln(predicted/measured)|; ``FAR_OFF`` where the two differ in sign or one is zero."""
        ratio = self.predicted[side] / self.measured if self.measured else 0.0
        return abs(math.log(ratio)) if ratio > 0 else FAR_OFF


AnyCase = TypeVar("AnyCase")


@dataclass(frozen=True)
class Gathered(Generic[AnyCase]):
    """What a claim is judged on, and the rows of data that were left out for everybody."""

    cases: tuple[AnyCase, ...]
    dropped: tuple[RowDropped, ...] = ()


def answered(given: Gathered[Any], side: str) -> tuple[Any, ...]:
    """The cases on which a side predicts something."""
    return tuple(c for c in given.cases if side in c.predicted)


def dropped_for(given: Gathered[Any], side: str) -> tuple[RowDropped, ...]:
    """Rows left out for everybody, and those of cases of which a side cannot say anything."""
    lost = tuple(
        RowDropped(c.rows[0].table, c.rows[0].row, c.rows[0].label, c.silent[side])
        for c in given.cases
        if side in c.silent and c.rows
    )
    return given.dropped + lost


def is_asked(given: Gathered[Any], side: str) -> bool:
    """Whether a side predicts anything, or gives its reason not to."""
    return any(side in c.predicted or side in c.silent for c in given.cases)


Statistic = Callable[[Sequence[Any], str], Interval]
"""Number and interval of a side on any of the cases; may raise CannotSay."""


@dataclass(frozen=True)
class Sample:
    """The cases that a side answers, with the statistic that makes them a number.

    Attributes:
        cases: with distinct keys.
        side: whose predictions are judged.
        statistic: number and interval.
        yes_no: whether a case is right or wrong.
        guess_name: the guess without a theory, such as "saying metal always"; "" for none.

    Raises:
        InputError: two cases of one key.
    """

    cases: tuple[Any, ...]
    side: str
    statistic: Statistic
    yes_no: bool = False
    guess_name: str = ""

    def __post_init__(self) -> None:
        if len(self.keys) < len(self.cases):
            twice = [k for k, n in Counter(c.key for c in self.cases).items() if n > 1]
            raise InputError(f"the question {twice[0]!r} is answered twice by one side")

    @property
    def keys(self) -> frozenset[str]:
        """Questions that were answered."""
        return frozenset(c.key for c in self.cases)

    @property
    def rows(self) -> int:
        """Independent rows."""
        return len({c.unit for c in self.cases})

    @property
    def used(self) -> tuple[RowUsed, ...]:
        """Rows of data, case by case."""
        return tuple(row for case in self.cases for row in case.rows)

    @property
    def right(self) -> int | None:
        """How many predictions are right; None where they are not right or wrong."""
        return self._right(self.side)

    @property
    def guess_right(self) -> int | None:
        """How many answers of the guess are right; None without one."""
        return None if self.guessed is None else self._right(GUESS)

    @cached_property
    def guessed(self) -> float | None:
        """What the guess earns on these cases, in the unit of the number; None without one."""
        if not self.guess_name or any(GUESS not in c.predicted for c in self.cases):
            return None
        return self.statistic(self.cases, GUESS)[0]

    @property
    def method(self) -> str:
        """How the number is made, in the words of its statistic."""
        return (self.statistic.__doc__ or "").strip().partition("\n")[0].rstrip(".")

    @property
    def values(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        """What enters, case by case."""
        return tuple((c.key, c.shown(self.side)) for c in self.cases)

    def only(self, keys: Iterable[str]) -> Sample:
        """The same with the cases of these keys."""
        wanted = frozenset(keys)
        return replace(self, cases=tuple(c for c in self.cases if c.key in wanted))

    def _right(self, side: str) -> int | None:
        return sum(c.right(side) for c in self.cases) if self.yes_no else None


def share_right(cases: Sequence[Case], side: str) -> Interval:
    """Share of cases that a side has right, Clopper-Pearson."""
    return share(sum(c.right(side) for c in cases), len(cases))


def median_off(cases: Sequence[Case], side: str) -> Interval:
    """Median of |ln(predicted/measured)|, resampled."""
    return bootstrap([[c.off(side) for c in cases]], median)
