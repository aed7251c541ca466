"""B11 flips, its points avoid the anchors, and the rival is not told what it is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isotunnel.claims import claim
from isotunnel.claims.b11 import Rows, Said, _blind
from isotunnel.claims.shared.measured_states import MeasuredState, measured_states
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard import Measurement, Verdict
from isotunnel.scorecard.judging import judge_rows
from isotunnel.substances import substance, substances

ROW = RowUsed("made up", "1", "x", "made up")


def _said(right: float, side: str) -> list[Said]:
    """Two points of each of 40 substances, the first share of them said right."""
    found = []
    for i in range(40):
        for measured, other in (("superconductor", "metal"), ("metal", "superconductor")):
            point = MeasuredState(f"S{i}", 0.0, 5.0, measured, "made up", ROW)
            found.append(Said(point, side, measured if i < right * 40 else other, ""))
    return found


def _warm(right: float, side: str) -> list[Said]:
    """A metal at room temperature of each of 40 substances, the first share of them said right."""
    point = MeasuredState("S", 0.0, 300.0, "metal", "made up", ROW)
    return [
        Said(
            replace(point, substance=f"S{i}"), side, "metal" if i < right * 40 else "insulator", ""
        )
        for i in range(40)
    ]


def _numbers(said: list[Said]) -> dict[str, Measurement]:
    """The paper's numbers by part."""
    found = judge_rows(claim("B11"), Rows(tuple(said))).numbers
    return {n.measurement.part: n.measurement for n in found if n.side == "paper"}


def test_always_saying_metal_is_worth_a_half_and_stands_beside_every_number() -> None:
    said = [Said(s.point, s.side, "metal", "") for s in _said(1, "paper")]
    found = _numbers([*said, *_warm(1, "paper"), *_said(1, "rival")])
    assert found["telling"].value == 0.5
    assert found["telling"].guess == ("saying metal always", 0.5)
    assert found["ambient"].guess == ("saying metal always", 1.0)
    result = judge_rows(claim("B11"), Rows((*said, *_said(1, "rival"))))
    assert "against 50%" in result.numbers[0].sentence
    assert result.picture is not None
    assert any(column == "guess: always metal" for _, column, _ in result.picture.matrix)


def test_metals_at_room_temperature_support_nothing_but_can_contradict() -> None:
    rival = [*_said(1, "rival"), *_warm(1, "rival")]
    silent = [Said(s.point, "paper", None, "no volume is known") for s in _said(1, "paper")]
    for right, verdict in ((1.0, Verdict.UNDECIDED), (0.0, Verdict.CONTRADICTED)):
        result = judge_rows(claim("B11"), Rows((*silent, *_warm(right, "paper"), *rival)))
        assert result.verdicts["paper"] == verdict
        assert result.verdicts["rival"] == Verdict.SUPPORTED


@pytest.mark.parametrize("right", [0.0, 0.5, 1.0])
def test_metals_at_room_temperature_do_not_touch_the_telling_number(right: float) -> None:
    telling = [*_said(0.5, "paper"), *_said(1, "rival")]
    with_warm = _numbers([*telling, *_warm(right, "paper")])
    assert with_warm["telling"] == _numbers(telling)["telling"]
    assert with_warm["ambient"].value == right


@pytest.mark.parametrize(
    ("pressure", "temperature", "state", "telling"),
    [
        (0.0, 300.0, "metal", False),
        (0.0, 5.0, "metal", True),
        (50.0, 300.0, "metal", True),
        (0.0, 300.0, "insulator", True),
        (0.0, 1.0, "superconductor", True),
    ],
)
def test_only_metals_at_room_temperature_and_pressure_are_trivial(
    pressure: float, temperature: float, state: str, telling: bool
) -> None:
    assert MeasuredState("S", pressure, temperature, state, "", ROW).telling is telling


def test_states_of_one_kind_decide_nothing() -> None:
    metals = [s for s in _said(1, "paper") if s.point.state == "metal"]
    number = _numbers([*metals, *_said(1, "rival")])["telling"]
    assert number.cannot_say is not None
    assert "one kind" in number.cannot_say


def test_both_sides_are_compared_on_the_points_that_both_answer() -> None:
    """The rival is silent where the paper is right, so that the common points show it wrong."""
    paper = _said(0.5, "paper")
    rival = [
        Said(s.point, "rival", None if mine.state == mine.point.state else s.point.state, "why")
        for s, mine in zip(_said(1, "rival"), paper, strict=True)
    ]
    (common,) = judge_rows(claim("B11"), Rows((*paper, *rival))).common
    assert (common.part, common.cases, common.rows, common.same) == ("telling", 40, 20, False)
    assert [n.right for n in common.numbers] == [0, 40]
    assert "0 of 40 right" in common.sentence
    assert "saying metal always 50%, 20 of 40 right" in common.sentence


@pytest.mark.parametrize(
    ("paper", "rival", "verdicts"),
    [
        (1.0, 0.1, (Verdict.SUPPORTED, Verdict.CONTRADICTED)),
        (0.1, 1.0, (Verdict.CONTRADICTED, Verdict.SUPPORTED)),
    ],
)
def test_b11_flips(paper: float, rival: float, verdicts: tuple[Verdict, Verdict]) -> None:
    rows = Rows((*_said(paper, "paper"), *_said(rival, "rival")))
    found = judge_rows(claim("B11"), rows).verdicts
    assert (found["paper"], found["rival"]) == verdicts


def test_what_a_side_cannot_say_is_dropped_with_the_reason() -> None:
    silent = [Said(s.point, "paper", None, "no volume is known") for s in _said(1, "paper")]
    rows = Rows((*silent, *_said(1, "rival")))
    number = judge_rows(claim("B11"), rows).numbers[0].measurement
    assert number.cannot_say
    assert {d.reason for d in number.dropped} == {"no volume is known"}


@pytest.fixture(scope="module")
def points() -> tuple[MeasuredState, ...]:
    return measured_states(Sources(), substances())


def test_no_point_is_an_anchor(points: tuple[MeasuredState, ...]) -> None:
    assert len(points) > 40
    for point in points:
        if point.state == "superconductor" and point.row.table == "elements_pressure":
            first = next(p for p in substance(point.substance).phases if p.tc_k)
            anchored = first.tc_k is not None and first.tc_k.value > 0
            assert not anchored or first.reference_pressure_gpa != point.pressure_gpa


def test_points_are_of_all_kinds(points: tuple[MeasuredState, ...]) -> None:
    assert {p.state for p in points} == {"superconductor", "metal", "insulator"}
    assert {p.row.table for p in points} >= {"elements_pressure", "dtc_dp"}


@pytest.mark.parametrize("name", ["Pb", "Li", "Ti", "S"])
def test_the_rival_knows_one_tc_only(name: str) -> None:
    """As the spacing-only diagram is given one anchor."""
    phases = _blind(substance(name)).phases
    assert sum(p.tc_k is not None and p.tc_k.value > 0 for p in phases) <= 1
    fitted = [e for e in substance(name).entries if (f := e.parameter.fit) and f.rests_on("dtc_dp")]
    assert not fitted or all(p.dlneta_dlnv is None for p in phases)
