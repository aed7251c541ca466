"""When a theory contradicts a measurement, and when it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isotunnel.measured.contradiction import (
    INSULATOR,
    METAL,
    SUPERCONDUCTOR,
    cold_contradiction,
    contradiction,
    demands,
    tc_contradiction,
)
from isotunnel.measured.points import KINDS, MeasuredPoint, measured_points

ONLY = {s: frozenset({s}) for s in (SUPERCONDUCTOR, METAL, INSULATOR)}


def point(kind: str, p: float = 0.0, t: float | None = 10.0, **more) -> MeasuredPoint:
    made = MeasuredPoint(kind, p, None, t, None, None, f"a {kind}", "row:1", "source", "A")
    return replace(made, **more)


def tc_of(tc: float, normal: str = METAL):
    """A theory that superconducts below a temperature at all pressures."""
    return lambda _p, t: ONLY[SUPERCONDUCTOR if t < tc else normal]


def test_lead_conducts_at_300_k():
    (room,) = (p for p in measured_points(("Pb",)).points if p.kind == "conducts")
    assert contradiction(room, tc_of(7.2)) is None
    for wrong in (tc_of(2000.0), lambda _p, _t: ONLY[INSULATOR]):
        found = contradiction(room, wrong)
        assert found is not None
        assert found.point == room
        assert room.label in found.words


@pytest.mark.parametrize("tc", [9.1, 10.0, 10.9])
def test_a_tc_within_a_tenth_agrees(tc):
    assert contradiction(point("tc"), tc_of(tc)) is None


@pytest.mark.parametrize("tc", [0.0, 8.9, 11.1, 700.0])
def test_a_tc_farther_off_contradicts(tc):
    found = contradiction(point("tc"), tc_of(tc))
    assert found is not None
    assert found.said == ONLY[METAL if tc < 10 else SUPERCONDUCTOR]


def test_a_measured_error_widens_the_room():
    assert contradiction(point("tc"), tc_of(7.0)) is not None
    assert contradiction(point("tc", temperature_error_k=2.0), tc_of(7.0)) is None
    assert contradiction(point("tc", temperature_error_k=2.0), tc_of(5.0)) is not None


def test_silence_and_doubt_never_contradict():
    both = frozenset({METAL, SUPERCONDUCTOR})
    for kind in KINDS:
        some = point(kind, 10.0, pressure_end_gpa=12.0, temperature_end_k=9.0)
        assert contradiction(some, lambda _p, _t: frozenset()) is None
    assert contradiction(point("tc"), lambda _p, _t: both) is None
    assert contradiction(point("conducts"), lambda _p, _t: both) is None
    assert contradiction(point("insulates"), lambda _p, _t: both) is not None


def test_every_pressure_within_the_distance_must_be_wrong():
    def edge_at(p0):
        return lambda p, _t: ONLY[INSULATOR if p < p0 else METAL]

    at = point("insulates", 100.0)
    assert contradiction(at, edge_at(96.0)) is None
    assert contradiction(at, edge_at(94.0)) is not None
    assert contradiction(replace(at, pressure_error_gpa=5.0), edge_at(94.0)) is None
    turn = point("insulator_to_metal", 100.0, None)
    assert contradiction(turn, edge_at(91.0)) is None
    assert contradiction(turn, edge_at(109.0)) is None
    assert contradiction(turn, edge_at(89.0)) is not None
    assert contradiction(turn, edge_at(111.0)) is not None
    back = point("metal_to_insulator", 100.0, None)
    assert contradiction(back, edge_at(100.0)) is not None


def test_what_is_not_established_demands_nothing():
    assert demands(point("claim")) == ()
    assert demands(point("tc_somewhere")) == ()
    assert demands(point("insulator_to_metal", decides=False)) == ()
    assert demands(point("tc", grade="D")) == ()
    assert contradiction(point("claim"), lambda _p, _t: ONLY[INSULATOR]) is None


def test_a_state_without_temperature_is_compared_with_the_coldest():
    def wrong(kind, state, **more):
        return cold_contradiction(point(kind, **more), ONLY[state], 0.5, 0.0, 1.0) is not None

    assert wrong("tc", METAL)
    assert wrong("tc", INSULATOR)
    assert not wrong("tc", SUPERCONDUCTOR)
    assert wrong("none", SUPERCONDUCTOR)
    assert not wrong("none", METAL)
    # It may superconduct below what was measured.
    assert not wrong("conducts", SUPERCONDUCTOR, t=300.0)
    assert wrong("conducts", INSULATOR, t=300.0)
    assert wrong("insulates", METAL)
    assert not wrong("insulates", INSULATOR)
    assert not wrong("insulates", METAL, p=5.0), "another pressure"


def test_a_crystal_is_held_against_its_own_side_of_a_transition():
    turn = point("insulator_to_metal", 100.0, None)

    def wrong(state, p):
        return cold_contradiction(turn, ONLY[state], p, 0.9 * p, 1.1 * p) is not None

    assert wrong(METAL, 85.0)
    assert not wrong(METAL, 95.0), "too close to the transition to tell"
    assert not wrong(INSULATOR, 105.0)
    assert wrong(INSULATOR, 115.0)
    assert not wrong(METAL, 115.0)
    assert not wrong(INSULATOR, 85.0)
    assert not wrong(METAL, 50.0), "too far to be compared"


def test_reports_that_disagree_leave_open_what_lies_between_them():
    early, late = (point("insulator_to_metal", p, None, row=str(p)) for p in (25.0, 90.0))

    def insulates_below(p0):
        return lambda p, _t: ONLY[INSULATOR if p < p0 else METAL]

    assert contradiction(early, insulates_below(83.0)) is not None
    for one in (early, late):
        assert contradiction(one, insulates_below(83.0), (early, late)) is None
        assert contradiction(one, insulates_below(20.0), (early, late)) is not None
        assert contradiction(one, insulates_below(110.0), (early, late)) is not None
    back = point("metal_to_insulator", 90.0, None)
    assert contradiction(early, insulates_below(83.0), (early, back)) is not None


def test_tc_with_and_without_an_error():
    at = point("tc", 150.0, 200.0)
    assert tc_contradiction(at, 100.0, None, 140.0, 160.0) is None
    assert tc_contradiction(at, 100.0, 60.0, 140.0, 160.0) is None
    assert tc_contradiction(at, 100.0, 40.0, 140.0, 160.0) is not None
    assert tc_contradiction(at, 185.0, 1.0, 140.0, 160.0) is None
    assert tc_contradiction(at, 100.0, 40.0, 180.0, 220.0) is None, "another pressure"
