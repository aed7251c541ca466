"""How many verdicts on parts would come out wrong by chance: the false discovery rate.

A number is put into its range when its whole 95 % interval lies there. Were the true value at the
border of that range, this would happen by chance in one case of forty. With many parts some such
accidents are to be expected; this module counts them. Numbers that lie in no range are tests too,
that came out without a result: the accidents are those of all tests, not of the results alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.evidence.statistics import LEVEL
from isotunnel.scorecard.claim import REPORTED
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.result import ClaimResult
from isotunnel.scorecard.verdict import Verdict


@dataclass(frozen=True)
class Chance:
    """Chance among the parts of a scorecard.

    Attributes:
        judged: numbers that were judged by a rule, of paper and rival, without those that only
            are reported.
        tested: those of them with a confidence interval and rows enough for a verdict.
        decided: those of ``tested`` found supported, contradicted or met.
        without: those decided by a range of measurements or an exact count, of which no chance
            can be computed.
        expected: how many of ``tested`` would be decided by chance if the true value of every one
            stood at a border: the most to be feared.
        rate: the false discovery rate at which all of ``decided`` stand among ``tested``
            (Benjamini and Hochberg, J. R. Stat. Soc. B 57, 289 (1995)); None without any.
        weak: (claim, part, side, probability) of those that do not stand at 5 %.
    """

    judged: int
    tested: int
    decided: int
    without: int
    expected: float
    rate: float | None
    weak: tuple[tuple[str, str, str, float], ...]


def chance(results: Sequence[ClaimResult]) -> Chance:
    """The chance behind the parts of these claims; mirrored numbers of two sides count twice."""
    judged = [(r, n) for r in results for n in r.numbers if r.part_of(n).role != REPORTED]
    clear = [(r, n) for r, n in judged if _border(r, n) is not None]
    known = [(r, n, p) for r, n in clear if (p := border_probability(r, n)) is not None]
    known.sort(key=lambda k: k[2])
    tested = sum(_tested(r, n) for r, n in judged)
    ranked = [p * tested / place for place, (*_, p) in enumerate(known, 1)]
    adjusted = [min(1.0, *ranked[i:]) for i in range(len(ranked))]
    weak = tuple(
        (r.claim.id, n.part, n.side, p)
        for (r, n, p), q in zip(known, adjusted, strict=True)
        if q > 1 - LEVEL
    )
    rate = adjusted[-1] if adjusted else None
    expected = tested * (1 - LEVEL) / 2
    without = len(clear) - len(known)
    return Chance(len(judged), tested, len(known), without, expected, rate, weak)


def _tested(result: ClaimResult, number: Measurement) -> bool:
    """Whether its interval could have put the number into a range, by chance or not."""
    enough = number.rows >= result.part_of(number).rule.minimum_rows
    return number.cannot_say is None and number.interval == "confidence" and enough


def border_probability(result: ClaimResult, number: Measurement) -> float | None:
    """Probability of so clear a result, were the true value at the border of its range.

    The border is the end that faces the other range. By a normal law as wide as the interval is on
    that side; None for what has no confidence interval or lies in no range.
    """
    from scipy.stats import norm

    border = _border(result, number)
    if border is None or number.interval != "confidence":
        return None
    end = number.low if number.value > border else number.high
    half = abs(number.value - end)
    if half == 0:
        return None
    width = half / float(norm.ppf(0.5 + LEVEL / 2))
    return float(norm.sf(abs(number.value - border) / width))


def _border(result: ClaimResult, number: Measurement) -> float | None:
    """The end, towards the other range, of the range that a number was put in."""
    rule, verdict = result.part_of(number).rule, result.verdict_of(number)
    met = verdict in (Verdict.SUPPORTED, Verdict.NOT_TELLING)
    if not met and verdict != Verdict.CONTRADICTED:
        return None
    mine, other = rule.supported, rule.contradicted
    if not met:
        mine, other = other, mine
    return mine.low if other.high < mine.low else mine.high
