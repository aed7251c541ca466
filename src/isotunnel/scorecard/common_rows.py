"""Two sides of one part compared on the rows that both answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from isotunnel.scorecard.claim import SIDES, Part
from isotunnel.scorecard.measurement import Measurement


@dataclass(frozen=True)
class CommonRows:
    """Two sides of a part on the rows that both answer.

    Attributes:
        part: the part.
        sides: the two.
        cases: number of questions that both answered.
        rows: independent rows among them.
        same: whether both sides are judged on just these, so that their verdicts compare.
        numbers: of both sides on those rows; none where both answer nothing.
    """

    part: Part
    sides: tuple[str, str]
    cases: int = 0
    rows: int = 0
    same: bool = False
    numbers: tuple[Measurement, ...] = ()


def common_rows(parts: Sequence[Part], numbers: Sequence[Measurement]) -> tuple[CommonRows, ...]:
    """Every pair of sides of every part whose rows can be matched.

    Rows are matched by the keys of the samples' cases; numbers without samples only where both
    rest on the very same rows of data.
    """
    found = []
    for part in parts:
        mine = {n.side: n for n in numbers if n.part == part.name}
        for a, b in combinations([s for s in SIDES if s in mine], 2):
            pair = _pair(part, mine[a], mine[b])
            if pair is not None:
                found.append(pair)
    return tuple(found)


def _pair(part: Part, first: Measurement, second: Measurement) -> CommonRows | None:
    both, sides = (first, second), (first.side, second.side)
    silent = [n.cannot_say is not None for n in both]
    if all(silent):
        return None
    if any(silent):
        return CommonRows(part, sides)
    if first.sample is None or second.sample is None:
        if first.used != second.used or first.rows != second.rows:
            return None
        return CommonRows(part, sides, first.rows, first.rows, True, both)
    keys = first.sample.keys & second.sample.keys
    if not keys:
        return CommonRows(part, sides)
    same = first.sample.keys == second.sample.keys
    samples = [n.sample.only(keys) for n in both if n.sample is not None]
    cut = both if same else tuple(Measurement.of(part.name, s) for s in samples)
    return CommonRows(part, sides, len(keys), samples[0].rows, same, cut)
