"""Two sides of one part compared on the rows that both answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from isotunnel.scorecard.claim import SIDES, Part
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.verdict import Verdict


@dataclass(frozen=True)
class CommonNumber:
    """A side's number on common rows, and what the part's rule would say of it alone."""

    side: str
    measurement: Measurement
    verdict: Verdict

    @property
    def right(self) -> int | None:
        """Cases that are right, where a case is right or wrong."""
        sample = self.measurement.sample
        return None if sample is None else sample.right


@dataclass(frozen=True)
class CommonRows:
    """Two sides of a part on the rows that both answer.

    Attributes:
        part: name of the part.
        sides: the two.
        cases: number of questions that both answered.
        rows: independent rows among them.
        same: whether both sides are judged on just these, so that their verdicts compare.
        numbers: of both sides; none where both answer nothing.
        sentence: the comparison in words.
    """

    part: str
    sides: tuple[str, str]
    cases: int
    rows: int
    same: bool
    numbers: tuple[CommonNumber, ...]
    sentence: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        numbers = []
        for n in self.numbers:
            plain = n.measurement.as_dict()
            kept = {k: plain[k] for k in ("value", "low", "high", "guess", "cannot_say")}
            numbers.append({"side": n.side, "verdict": str(n.verdict), "right": n.right, **kept})
        return {
            "part": self.part,
            "sides": list(self.sides),
            "cases": self.cases,
            "rows": self.rows,
            "same": self.same,
            "numbers": numbers,
            "sentence": self.sentence,
        }


def common_rows(
    parts: Sequence[Part], numbers: Sequence[tuple[str, Measurement]]
) -> tuple[CommonRows, ...]:
    """Every pair of sides of every part whose rows can be matched.

    Rows are matched by the keys of the samples' cases; numbers without samples only where both
    rest on the very same rows of data.
    """
    found = []
    for part in parts:
        mine = {side: m for side, m in numbers if m.part == part.name}
        for a, b in combinations([s for s in SIDES if s in mine], 2):
            pair = _pair(part, (a, b), (mine[a], mine[b]))
            if pair is not None:
                found.append(pair)
    return tuple(found)


def _pair(
    part: Part, sides: tuple[str, str], both: tuple[Measurement, Measurement]
) -> CommonRows | None:
    first, second = both
    if first.cannot_say is not None and second.cannot_say is not None:
        return None
    if first.cannot_say is not None or second.cannot_say is not None:
        return CommonRows(part.name, sides, 0, 0, False, ())
    if first.sample is None or second.sample is None:
        if first.used != second.used or first.rows != second.rows:
            return None
        return CommonRows(
            part.name, sides, first.rows, first.rows, True, _numbers(part, sides, both)
        )
    keys = first.sample.keys & second.sample.keys
    if not keys:
        return CommonRows(part.name, sides, 0, 0, False, ())
    same = first.sample.keys == second.sample.keys
    samples = [m.sample.only(keys) for m in both if m.sample is not None]
    cut = both if same else tuple(Measurement.of(part.name, s) for s in samples)
    return CommonRows(
        part.name, sides, len(keys), samples[0].rows, same, _numbers(part, sides, cut)
    )


def _numbers(
    part: Part, sides: tuple[str, str], both: Sequence[Measurement]
) -> tuple[CommonNumber, ...]:
    return tuple(
        CommonNumber(side, m, part.rule.judge(m.low, m.high, m.rows))
        if m.cannot_say is None
        else CommonNumber(side, m, Verdict.UNDECIDED)
        for side, m in zip(sides, both, strict=True)
    )
