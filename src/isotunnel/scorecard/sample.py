"""The cases behind a number, one by one, so that two sides can be compared on the same ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from isotunnel.errors import InputError
from isotunnel.evidence.statistics import Interval, bootstrap, median, share


@dataclass(frozen=True)
class Case:
    """One question put to a side, and what its answer is worth.

    Attributes:
        key: the question; sides that answered cases of one key were asked the same.
        values: what the statistic needs of the answer, such as (1.0,) for a right one.
        group: what cases must share to depend on each other, such as the material; "" where the
            case stands alone.
        guessed: the first value that a guess without any theory would have; None for no guess.
    """

    key: str
    values: tuple[float, ...]
    group: str = ""
    guessed: float | None = None

    @property
    def unit(self) -> str:
        """What is counted as one independent row."""
        return self.group or self.key


@dataclass(frozen=True)
class Sample:
    """Cases with the statistic that makes them a number.

    Attributes:
        cases: those that the side answered, with distinct keys.
        statistic: number and interval of any of them; may raise CannotSay.
        yes_no: whether the first value of each case says if the answer is right, 1.0 or 0.0.
        guess_name: the guess without a theory, such as "saying metal always"; "" for none.

    Raises:
        InputError: two cases of one key.
    """

    cases: tuple[Case, ...]
    statistic: Callable[[Sequence[Case]], Interval]
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
    def right(self) -> int | None:
        """How many answers are right; None where they are not right or wrong."""
        return int(sum(c.values[0] for c in self.cases)) if self.yes_no else None

    @cached_property
    def guess(self) -> Sample | None:
        """The same cases answered by the guess; None without one."""
        cases = []
        for case in self.cases:
            if case.guessed is None:
                return None
            cases.append(replace(case, values=(case.guessed, *case.values[1:])))
        return replace(self, cases=tuple(cases))

    @cached_property
    def guessed(self) -> float | None:
        """What the guess earns on these cases, in the unit of the number; None without one."""
        return None if self.guess is None else self.statistic(self.guess.cases)[0]

    def only(self, keys: Iterable[str]) -> Sample:
        """The same with the cases of these keys."""
        wanted = frozenset(keys)
        return replace(self, cases=tuple(c for c in self.cases if c.key in wanted))


def share_right(cases: Sequence[Case]) -> Interval:
    """Share of cases whose first value is 1, Clopper-Pearson."""
    return share(int(sum(c.values[0] for c in cases)), len(cases))


def median_value(cases: Sequence[Case]) -> Interval:
    """Median of the first values, resampled."""
    return bootstrap([[c.values[0] for c in cases]], median)
