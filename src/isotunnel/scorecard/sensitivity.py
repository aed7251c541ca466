"""What would change a verdict: made from the rule, the number, its interval and its rows."""

from __future__ import annotations

import math

import numpy as np

from isotunnel.evidence.statistics import LEVEL, share
from isotunnel.scorecard.claim import REPORTED, Part
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.verdict import Range, Rule, Verdict
from isotunnel.scorecard.wording import Wording, counted, wording

MOST_ROWS = 1180
"""Ten for each of the 118 elements: more rows than can be had.

Rows are materials, each measured by somebody. Beyond this a number of rows says only that the
value lies at, or near, the edge of a range.
"""


def sensitivity(part: Part, number: Measurement) -> str:
    """One or two sentences: which interval, or how many rows, would give another verdict."""
    rule, words, verdict = part.rule, wording(part), part.judge(number)
    supported, contradicted = words.ranges(rule)
    if number.cannot_say is not None:
        least = counted(rule.minimum_rows)
        return f"It can be judged once there is a number, from {least} or more."
    if number.rows < rule.minimum_rows:
        return _too_few(rule, number)
    now = _interval(words, number)
    if part.role == REPORTED:
        return f"It decides nothing: {part.because}."
    if part.necessary:
        only = f"It cannot support the claim: {part.because}."
        return f"Contradicted if {now} were {contradicted}. {only}"
    if verdict == Verdict.SUPPORTED:
        return f"Contradicted if {now} were {contradicted}; supported as long as it is {supported}."
    if verdict == Verdict.CONTRADICTED:
        return f"Supported if {now} were {supported}; contradicted as long as it is {contradicted}."
    either = f"Supported if {now} were {supported}, contradicted if it were {contradicted}."
    return f"{either} {_by_rows(rule, number)}".strip()


def rows_needed(rule: Rule, number: Measurement) -> tuple[int, Verdict] | None:
    """With how many rows, at the same value, the verdict would be another, and which.

    A share is counted anew with the interval of its kind; any other interval is taken to narrow
    as 1/sqrt(rows). None where more than ``MOST_ROWS`` would be needed, or where the number has no
    confidence interval: a range of measurements does not narrow with their number.
    """
    if number.interval != "confidence" or number.rows < 1:
        return None
    target = _region(rule, number.value)
    if target is None:
        return None
    region, verdict = target
    least = max(rule.minimum_rows, number.rows + 1)
    if _is_share(number):
        needed = _rows_of_share(number, region, least)
    else:
        needed = _rows_of_interval(number, region, least)
    return None if needed is None or needed > MOST_ROWS else (needed, verdict)


def _too_few(rule: Rule, number: Measurement) -> str:
    missing = rule.minimum_rows - number.rows
    then = rule.judge(number.low, number.high, rule.minimum_rows)
    text = f"At least {missing} more {'row is' if missing == 1 else 'rows are'} needed"
    if then != Verdict.UNDECIDED:
        return f"{text}; an interval like this one would then give: {then}."
    if rows_needed(rule, number) is None:
        return f"{text}, and an interval that does not reach from one range into the other."
    return f"{text}. {_by_rows(rule, number)}"


def _by_rows(rule: Rule, number: Measurement) -> str:
    target = _region(rule, number.value)
    if target is None or target[1] == rule.judge(number.low, number.high, number.rows):
        return ""
    if number.interval != "confidence":
        return ""
    enough = rows_needed(rule, number)
    if enough is None:
        return (
            f"At the same value it would take more rows than can be had (over {MOST_ROWS}, ten for "
            f"each element) to give: {target[1]}."
        )
    rows, verdict = enough
    return (
        f"At the same value it would take about {_rounded(rows)} rows, not {number.rows}, "
        f"to give: {verdict}."
    )


def _rounded(rows: int) -> int:
    """To two digits, as it is an estimate."""
    return round(rows, 2 - len(str(rows))) if rows >= 100 else rows


def _interval(words: Wording, number: Measurement) -> str:
    interval = words.interval(number.low, number.high)
    if interval:
        return f"the whole interval, now {interval},"
    return f"the number, now {words.value(number.value)},"


def _region(rule: Rule, value: float) -> tuple[Range, Verdict] | None:
    """The range in which the value itself lies: one of the rule's, or that between them."""
    if rule.supported.holds(value, value):
        return rule.supported, Verdict.SUPPORTED
    if rule.contradicted.holds(value, value):
        return rule.contradicted, Verdict.CONTRADICTED
    ends = (rule.supported.low, rule.supported.high, rule.contradicted.low, rule.contradicted.high)
    below = max((e for e in ends if e < value), default=-math.inf)
    above = min((e for e in ends if e > value), default=math.inf)
    return Range(math.nextafter(below, math.inf), math.nextafter(above, -math.inf)), Verdict.MIXED


def _is_share(number: Measurement) -> bool:
    if not 0 <= number.low <= number.high <= 1:
        return False
    successes = round(number.value * number.rows)
    _, low, high = share(successes, number.rows)
    return math.isclose(low, number.low, abs_tol=1e-9) and math.isclose(
        high, number.high, abs_tol=1e-9
    )


def _rows_of_share(number: Measurement, region: Range, least: int) -> int | None:
    """The first number of rows with which the Clopper-Pearson interval lies in the region."""
    from scipy.stats import beta

    rows = np.arange(least, MOST_ROWS + 1)
    successes = np.round(number.value * rows)
    tail = (1 - LEVEL) / 2
    with np.errstate(all="ignore"):
        low = np.where(successes == 0, 0.0, beta.ppf(tail, successes, rows - successes + 1))
        high = np.where(successes == rows, 1.0, beta.ppf(1 - tail, successes + 1, rows - successes))
    inside = (low >= region.low) & (high <= region.high)
    return int(rows[inside.argmax()]) if inside.any() else None


def _rows_of_interval(number: Measurement, region: Range, least: int) -> int | None:
    """By how much each half of the interval must shrink, squared."""
    shrink = 1.0
    for half, room in (
        (number.value - number.low, number.value - region.low),
        (number.high - number.value, region.high - number.value),
    ):
        if half > 0:
            if room <= 0:
                return None
            shrink = max(shrink, half / room)
    needed = number.rows * shrink**2
    return max(least, math.ceil(needed)) if math.isfinite(needed) else None
