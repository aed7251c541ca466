"""The rule from number to verdict can come out every way, and never says more than it knows."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from isotunnel.errors import InputError
from isotunnel.scorecard.verdict import Range, Rule, Verdict, combined

RULE = Rule(Range(0.9, 1.0), Range(0.0, 0.6), minimum_rows=5)


@pytest.mark.parametrize(
    ("low", "high", "rows", "verdict"),
    [
        (0.92, 0.99, 5, Verdict.SUPPORTED),
        (0.1, 0.6, 5, Verdict.CONTRADICTED),
        (0.65, 0.8, 5, Verdict.MIXED),
        (0.65, 0.95, 5, Verdict.MIXED),
        (0.5, 0.7, 5, Verdict.MIXED),
        (0.5, 0.95, 5, Verdict.UNDECIDED),
        (0.92, 0.99, 4, Verdict.UNDECIDED),
        (0.9, 0.9, 5, Verdict.SUPPORTED),
    ],
)
def test_each_outcome_is_possible(low: float, high: float, rows: int, verdict: Verdict) -> None:
    assert RULE.judge(low, high, rows) == verdict


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_narrower_interval_never_contradicts_a_wider_one(
    a: float, b: float, c: float, d: float
) -> None:
    """More data inside the old interval may decide, but cannot turn a verdict round."""
    low, inner_low, inner_high, high = sorted((a, b, c, d))
    wide = RULE.judge(low, high, 9)
    narrow = RULE.judge(inner_low, inner_high, 9)
    if wide in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
        assert narrow == wide


@given(st.floats(-2, 2), st.floats(0, 1))
def test_mirrored_rules_give_mirrored_verdicts(value: float, width: float) -> None:
    """A number that supports one side contradicts the other where the rule is symmetric."""
    rule = Rule(Range(0.1, math.inf), Range(-math.inf, -0.1))
    opposite = {
        Verdict.SUPPORTED: Verdict.CONTRADICTED,
        Verdict.CONTRADICTED: Verdict.SUPPORTED,
    }
    verdict = rule.judge(value - width, value + width, 1)
    mirrored = rule.judge(-value - width, -value + width, 1)
    assert mirrored == opposite.get(verdict, verdict)


def test_rules_that_could_not_judge_are_refused() -> None:
    with pytest.raises(InputError, match="overlap"):
        Rule(Range(0, 1), Range(1, 2))
    with pytest.raises(InputError, match="at least 1"):
        Rule(Range(0, 1), Range(2, 3), 0)
    with pytest.raises(InputError, match="not a range"):
        Range(2, 1)
    with pytest.raises(InputError, match="not an interval"):
        RULE.judge(math.nan, 1, 9)


def test_parts_combine() -> None:
    yes, no, open_ = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNDECIDED
    assert combined([yes, yes]) == yes
    assert combined([no]) == no
    assert combined([yes, no]) == Verdict.MIXED
    assert combined([yes, open_]) == yes
    assert combined([open_, open_]) == open_
    assert combined([]) == Verdict.NO_STATEMENT


def test_what_others_predict_too_supports_nothing() -> None:
    """B1 and B2 were the paper's only two supported claims, and band theory says the same."""
    met, no, open_ = Verdict.NOT_TELLING, Verdict.CONTRADICTED, Verdict.UNDECIDED
    assert combined([], [met, met]) == met
    assert combined([], [met, open_]) == met
    assert combined([], [met, no]) == no
    assert combined([open_], [met]) == open_
    assert combined([Verdict.SUPPORTED], [no]) == Verdict.MIXED
    assert combined([Verdict.SUPPORTED], [met]) == Verdict.SUPPORTED
    assert combined([Verdict.SUPPORTED], [Verdict.MIXED]) == Verdict.SUPPORTED


@given(st.lists(st.sampled_from(list(Verdict)), max_size=5))
def test_the_order_of_parts_does_not_matter(verdicts: list[Verdict]) -> None:
    assume(verdicts)
    assert combined(verdicts) == combined(reversed(verdicts))
