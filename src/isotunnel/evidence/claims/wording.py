"""Numbers of a claim as a reader sees them, in the form that its own sentence uses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from string import Formatter

from isotunnel.evidence.claims.entry import Part
from isotunnel.evidence.claims.measurement import Measurement
from isotunnel.evidence.claims.result import ClaimResult, Judged
from isotunnel.evidence.claims.verdict import Range, Verdict

_LARGEST_LOGARITHM = 700.0


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
        """A number that was found."""
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
            x = math.exp(x) if x < _LARGEST_LOGARITHM else math.inf
        if math.isinf(x):
            return "-∞" if x < 0 else "∞"
        if x == 0 and self.kind == "plain":
            spec = spec.removeprefix("+")
        return f"10^{x:{spec}}" if self.kind == "power" else f"{x:{spec}}"


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


def number_text(part: Part, found: Measurement) -> str:
    """A number with its interval and unit: "68% (43% to 87%)", "factor 1.2 (1.1 to 1.4)"."""
    if found.cannot_say is not None:
        return "no number"
    words = wording(part)
    interval = words.interval(found.low, found.high)
    shown = words.value(found.value) + (f" ({interval})" if interval else "")
    name = "factor " if words.kind == "factor" else ""
    return f"{name}{shown}" + (f" {words.unit}" if words.unit else "")


def rule_text(part: Part) -> str:
    """A part's rule in one line."""
    words, rule = wording(part), part.rule
    return (
        f"supported: {words.range(rule.supported)}; "
        f"contradicted: {words.range(rule.contradicted)}; "
        f"{counted(rule.minimum_rows)} at least"
    )


def counted(rows: int) -> str:
    """A number of rows in words."""
    return f"{rows} row" if rows == 1 else f"{rows} rows"


def rows_text(part: Part, found: Measurement) -> str:
    """The independent rows behind a number, and how many were needed where they are too few."""
    needed = part.rule.minimum_rows
    return counted(found.rows) + (f" of {needed} needed" if found.rows < needed else "")


def deciding(result: ClaimResult, side: str) -> tuple[Judged, ...]:
    """The numbers that gave a side its verdict.

    Those with the verdict itself; where parts disagree, all that decide something.
    """
    mine = [n for n in result.numbers if n.side == side]
    verdict = result.verdicts[side]
    if verdict == Verdict.MIXED and len({n.verdict for n in mine} - {Verdict.UNDECIDED}) > 1:
        return tuple(n for n in mine if n.verdict != Verdict.UNDECIDED)
    return tuple(n for n in mine if n.verdict == verdict)
