"""Numbers of a claim as a reader sees them, in the form that its own sentence uses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from isotunnel.scorecard.claim import NECESSARY, REPORTED, TELLING
from isotunnel.scorecard.sample import share_right
from isotunnel.scorecard.verdict import Range, Rule

if TYPE_CHECKING:
    from isotunnel.scorecard.claim import Part
    from isotunnel.scorecard.common_rows import CommonRows
    from isotunnel.scorecard.measurement import Measurement

_LARGEST_LOGARITHM = 700.0
_TOUCHING = 1e-3


@dataclass(frozen=True)
class Wording:
    """How numbers of a part are written: as a share, a factor, a power of ten, or plainly.

    Attributes:
        kind: "share", "factor", "power" or "plain".
        spec: format of the value, as in the part's sentence.
        unit: unit behind a plain number.
    """

    kind: str
    spec: str
    unit: str

    def value(self, x: float) -> str:
        """A number that was number."""
        return self._write(x, self.spec)

    def limit(self, x: float) -> str:
        """An end of a rule's range, to three digits."""
        if self.kind == "share":
            return f"{100 * x:.4g}%"
        return self._write(x, ".3g")

    def interval(self, low: float, high: float) -> str:
        """Both ends of an interval, "" where they are one number."""
        if low == high:
            return ""
        return f"{self.value(low)} to {self.value(high)}"

    def ranges(self, rule: Rule) -> tuple[str, str]:
        """The supported and the contradicted range in words.

        Closed ranges that all but touch mean one border that belongs to the supported side: the
        other is then "less than" or "more than" it.
        """
        supported, contradicted = rule.supported, rule.contradicted
        there = self.range(contradicted)
        unit = f" {self.unit}" if self.unit else ""
        if 0 < supported.low - contradicted.high <= _TOUCHING:
            there = f"less than {self.limit(supported.low)}{unit}"
        if 0 < contradicted.low - supported.high <= _TOUCHING:
            there = f"more than {self.limit(supported.high)}{unit}"
        return self.range(supported), there

    def range(self, given: Range) -> str:
        """A rule's range in words."""
        low = None if given.low == -math.inf else self.limit(given.low)
        high = None if given.high == math.inf else self.limit(given.high)
        if self.kind == "share":
            low, high = None if given.low <= 0 else low, None if given.high >= 1 else high
        name = "a factor " if self.kind == "factor" else ""
        of = "of " if name else ""
        unit = f" {self.unit}" if self.unit else ""
        if low is None and high is None:
            return "any number"
        if high is None:
            return f"{name}{of}{low}{unit} or more"
        if low is None:
            return f"{name}{of}{high}{unit} or less"
        return f"{name}between {low} and {high}{unit}"

    def _write(self, x: float, spec: str) -> str:
        if self.kind == "factor":
            x = factor_of(x)
        if math.isinf(x):
            return "-∞" if x < 0 else "∞"
        if x == 0 and self.kind == "plain":
            spec = spec.removeprefix("+")
        return f"10^{x:{spec}}" if self.kind == "power" else f"{x:{spec}}"


def factor_of(logarithm: float) -> float:
    """What a natural logarithm stands for."""
    return math.exp(logarithm) if logarithm < _LARGEST_LOGARITHM else math.inf


def wording(part: Part) -> Wording:
    """The form of a part's numbers, read from the place of the number in its sentence."""
    for before, name, spec, _ in Formatter().parse(part.sentence):
        if name == "factor":
            return Wording("factor", spec or ".3g", "")
        if name == "value" and (spec or "").endswith("%"):
            return Wording("share", spec or ".0%", "")
        if name == "value":
            kind = "power" if before.endswith("10^") else "plain"
            return Wording(kind, spec or ".3g", part.unit)
    return Wording("plain", ".3g", part.unit)


def number_text(part: Part, number: Measurement) -> str:
    """A number with its interval and unit: "68% (43% to 87%)", "factor 1.2 (1.1 to 1.4)".

    An interval that is no confidence interval is named: "0.8 (0.7 to 1, range of 3 values)".
    """
    if number.cannot_say is not None:
        return "no number"
    words = wording(part)
    interval = words.interval(number.low, number.high)
    if interval and number.range_of is not None:
        interval = f"{interval}, range of {number.range_of} values"
    shown = words.value(number.value) + (f" ({interval})" if interval else "")
    name = "factor " if words.kind == "factor" else ""
    return f"{name}{shown}" + (f" {words.unit}" if words.unit else "")


def rule_text(part: Part) -> str:
    """A part's rule in one line."""
    rule = part.rule
    supported, contradicted = wording(part).ranges(rule)
    alone = {
        TELLING: "",
        NECESSARY: f"; can contradict the claim but not support it: {part.because}",
        REPORTED: f"; decides nothing: {part.because}",
    }[part.role]
    return (
        f"supported: {supported}; contradicted: {contradicted}; "
        f"{counted(rule.minimum_rows)} at least{alone}"
    )


def counted(rows: int) -> str:
    """A number of rows in words."""
    return f"{rows} row" if rows == 1 else f"{rows} rows"


def rows_text(part: Part, number: Measurement) -> str:
    """The independent rows behind a number, and how many were needed where they are too few."""
    needed = part.rule.minimum_rows
    return counted(number.rows) + (f" of {needed} needed" if number.rows < needed else "")


def guess_text(part: Part, number: Measurement) -> str:
    """What guessing earns: "saying metal always 50%, 9 of 12 right"; "" without a guess."""
    if number.guess is None or number.sample is None:
        return ""
    name, earned = number.guess
    right, count = number.sample.guess_right, len(number.sample.cases)
    if right is not None and number.sample.statistic is share_right:
        return f"{name} {right} of {count}"
    counts = "" if right is None else f", {right} of {count} right"
    return f"{name} {wording(part).value(earned)}{counts}"


def common_text(part: Part, number: Measurement) -> str:
    """A number on common rows: "12 of 15" where rows are right or wrong, else with its interval.

    Where the share is not a plain one, both: "50% (8% to 68%), 2 of 10 right".
    """
    shown = number_text(part, number)
    if number.sample is None or number.right is None:
        return shown
    count = f"{number.right} of {len(number.sample.cases)}"
    return count if number.sample.statistic is share_right else f"{shown}, {count} right"


def common_rows_text(common: CommonRows) -> str:
    """How many rows both answer: "the 10 rows (of 5 independent materials) that both answer"."""
    of = f" (of {common.rows} independent materials)" if common.rows < common.cases else ""
    return f"the {counted(common.cases)}{of} that both answer"
