"""The theory's three-way rule, in all its corners."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.levels import State, StateRule

NAN = math.nan


@pytest.mark.parametrize(
    ("gaps", "text"),
    [
        ((-1, -1, -1), "superconducting"),
        ((0, 0, 0), "superconducting"),
        ((-1, -1, 0.5), "superconducting in a plane, conducting"),
        ((-1, 0.5, 0.5), "superconducting along one direction, conducting"),
        ((-1, 0.5, 9), "superconducting along one direction, conducting in a plane"),
        ((-1, 9, 9), "superconducting along one direction"),
        ((-1, -1, 9), "superconducting in a plane"),
        ((-1, -1, NAN), "superconducting in a plane"),
        ((0.1, 0.5, 1.0), "conducting"),
        ((0.1, 0.5, 1.01), "conducting in a plane"),
        ((0.1, NAN, NAN), "conducting along one direction"),
        ((2, 3, 4), "insulating"),
        ((NAN, NAN, NAN), "insulating"),
    ],
)
def test_states_in_words(gaps, text):
    state = StateRule(delta_c=1.0).classify(gaps)
    assert str(state) == text
    assert state.text == text


def test_without_overlap_zero_is_a_metal():
    state = StateRule(1.0, sees_overlap=False).classify((0, 0, 0))
    assert str(state) == "conducting"
    assert state.superconducting_dimensions == 0


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3), st.floats(0, 5), st.floats(0, 5))
def test_a_smaller_gap_never_makes_a_worse_state(gaps, delta_c, less):
    order = [State.INSULATING, State.CONDUCTING, State.SUPERCONDUCTING]
    rule = StateRule(delta_c)
    before = rule.classify(sorted(gaps))
    after = rule.classify([gap - less for gap in sorted(gaps)])
    assert order.index(after.state) >= order.index(before.state)
    assert after.superconducting_dimensions >= before.superconducting_dimensions
    assert after.conducting_dimensions >= before.conducting_dimensions
    assert before.conducting_dimensions >= before.superconducting_dimensions


@pytest.mark.parametrize("delta_c", [-0.1, NAN, math.inf])
def test_impossible_parameters_are_refused(delta_c):
    with pytest.raises(ValueError, match="at least 0"):
        StateRule(delta_c)


def test_gaps_come_in_threes():
    with pytest.raises(ValueError, match="shape"):
        StateRule(1.0).classify((1, 2))
