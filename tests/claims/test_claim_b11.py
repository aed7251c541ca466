"""B11 flips, its points avoid the anchors, and the rival is not told what it is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isotunnel.claims import claim
from isotunnel.claims.b11 import _blind, _standard
from isotunnel.claims.shared.measured_states import (
    MeasuredState,
    measured_state,
    measured_states,
)
from isotunnel.evidence.sources import Sources
from isotunnel.measured import table
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard import ClaimResult, Measurement, Verdict
from isotunnel.scorecard.judging import judge_rows
from isotunnel.scorecard.sample import Gathered
from isotunnel.scorecard.sentences import common_sentence
from isotunnel.substances import substance, substances

ROW = RowUsed("made up", "1", "x", "made up")


def _telling(**right: float) -> list[MeasuredState]:
    """Two points of each of 40 substances, of which each side has the first share right."""
    found = []
    for i in range(40):
        for measured, other in (("superconductor", "metal"), ("metal", "superconductor")):
            point = measured_state(f"S{i}", 0.0, 5.0, measured, "made up", ROW)
            predicted = {s: measured if i < share * 40 else other for s, share in right.items()}
            found.append(replace(point, predicted={**point.predicted, **predicted}))
    return found


def _ambient(**right: float) -> list[MeasuredState]:
    """A metal at room temperature of each of 40 substances, the first share of them right."""
    found = []
    for i in range(40):
        point = measured_state(f"S{i}", 0.0, 300.0, "metal", "made up", ROW)
        predicted = {s: "metal" if i < x * 40 else "insulator" for s, x in right.items()}
        found.append(replace(point, predicted={**point.predicted, **predicted}))
    return found


def _silent(points: list[MeasuredState], side: str = "paper") -> list[MeasuredState]:
    """The same with nothing from one side."""
    return [
        replace(
            p,
            predicted={s: v for s, v in p.predicted.items() if s != side},
            silent={side: "no volume is known"},
        )
        for p in points
    ]


def _judged(points: list[MeasuredState]) -> ClaimResult:
    return judge_rows(claim("B11"), Gathered(tuple(points)))


def _numbers(points: list[MeasuredState]) -> dict[str, Measurement]:
    """The paper's numbers by part."""
    return {n.part: n for n in _judged(points).numbers if n.side == "paper"}


def test_always_saying_metal_is_worth_a_half_and_stands_beside_every_number() -> None:
    points = [replace(p, predicted={**p.predicted, "paper": "metal"}) for p in _telling(rival=1)]
    found = _numbers([*points, *_ambient(paper=1)])
    assert found["telling"].value == 0.5
    assert found["telling"].guess == ("saying metal always", 0.5)
    assert found["ambient"].guess == ("saying metal always", 1.0)
    result = _judged(points)
    assert "against 50%" in result.sentence_of(result.numbers[0])
    assert result.figure is not None
    assert any(column == "guess: always metal" for _, column, _ in result.figure.matrix)


def test_metals_at_room_temperature_support_nothing_but_can_contradict() -> None:
    silent = _silent(_telling(rival=1))
    for right, verdict in ((1.0, Verdict.UNDECIDED), (0.0, Verdict.CONTRADICTED)):
        result = _judged([*silent, *_ambient(paper=right, rival=1)])
        assert result.verdicts["paper"] == verdict
        assert result.verdicts["rival"] == Verdict.SUPPORTED


@pytest.mark.parametrize("right", [0.0, 0.5, 1.0])
def test_metals_at_room_temperature_do_not_touch_the_telling_number(right: float) -> None:
    telling = _telling(paper=0.5, rival=1)
    with_warm = _numbers([*telling, *_ambient(paper=right)])
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
    assert measured_state("S", pressure, temperature, state, "", ROW).telling is telling


def test_states_of_one_kind_decide_nothing() -> None:
    metals = [p for p in _telling(paper=1, rival=1) if p.measured == "metal"]
    number = _numbers(metals)["telling"]
    assert number.cannot_say is not None
    assert "one kind" in number.cannot_say


def test_both_sides_are_compared_on_the_points_that_both_answer() -> None:
    """The rival is silent where the paper is right, so that the common points show it wrong."""
    points = _telling(paper=0.5, rival=1)
    halves = ([p for p in points if p.right("paper") is right] for right in (True, False))
    right, wrong = halves
    (common,) = _judged([*_silent(right, "rival"), *wrong]).common
    assert (common.part.name, common.cases, common.rows, common.same) == ("telling", 40, 20, False)
    assert [n.right for n in common.numbers] == [0, 40]
    sentence = common_sentence(claim("B11"), common)
    assert "0 of 40 right" in sentence
    assert "saying metal always 50%, 20 of 40 right" in sentence


@pytest.mark.parametrize(
    ("paper", "rival", "verdicts"),
    [
        (1.0, 0.1, (Verdict.SUPPORTED, Verdict.CONTRADICTED)),
        (0.1, 1.0, (Verdict.CONTRADICTED, Verdict.SUPPORTED)),
    ],
)
def test_b11_flips(paper: float, rival: float, verdicts: tuple[Verdict, Verdict]) -> None:
    found = _judged(_telling(paper=paper, rival=rival)).verdicts
    assert (found["paper"], found["rival"]) == verdicts


def test_what_a_side_cannot_say_is_dropped_with_the_reason() -> None:
    number = _numbers(_silent(_telling(rival=1)))["telling"]
    assert number.cannot_say
    assert {d.reason for d in number.dropped} == {"no volume is known"}


@pytest.fixture(scope="module")
def points() -> tuple[MeasuredState, ...]:
    return measured_states(Sources(), substances())


def test_no_point_is_an_anchor(points: tuple[MeasuredState, ...]) -> None:
    assert len(points) > 40
    for point in points:
        if point.measured == "superconductor" and point.rows[0].table == "elements_pressure":
            first = next(p for p in substance(point.group).phases if p.tc_k)
            anchored = first.tc_k is not None and first.tc_k.value > 0
            assert not anchored or first.reference_pressure_gpa != point.pressure_gpa


def test_points_are_of_all_kinds(points: tuple[MeasuredState, ...]) -> None:
    assert {p.measured for p in points} == {"superconductor", "metal", "insulator"}
    assert {p.rows[0].table for p in points} >= {"elements_pressure", "dtc_dp"}


@pytest.mark.parametrize("name", ["Pb", "Li", "Ti", "S"])
def test_the_rival_knows_one_tc_only(name: str) -> None:
    """As the spacing-only diagram is given one anchor."""
    phases = _blind(substance(name)).phases
    assert sum(p.tc_k is not None and p.tc_k.value > 0 for p in phases) <= 1
    fitted = [e for e in substance(name).entries if (f := e.parameter.fit) and f.rests_on("dtc_dp")]
    assert not fitted or all(p.dlneta_dlnv is None for p in phases)


def test_the_rival_is_anchored_on_the_one_measured_tc() -> None:
    """With a computed coupling it was asked for Tc itself, on points a per cent away from it."""
    for name in ("MgB2", "Pb", "Re", "Nb"):
        phase = next(p for p in _blind(substance(name)).phases if p.tc_k)
        assert phase.lambda_ep is not None
        assert phase.tc_k is not None
        tc = phase.tc_k.value
        for factor, state in ((0.99, "superconductor"), (1.01, "metal")):
            point = measured_state(name, 0.0, factor * tc, state, "made up", ROW)
            assert _standard(_blind(substance(name)), point)[0] == state, name


def test_tc_at_pressure_enters_once(points: tuple[MeasuredState, ...]) -> None:
    tables = [(p.group, p.pressure_gpa, p.measured) for p in points if p.pressure_gpa > 5]
    under = [p for p in points if p.rows[0].table == "tc_at_pressure"]
    assert {p.group for p in under} >= {"Li"}
    same = [t for t in tables if tables.count(t) > 1 and t[0] in {p.group for p in under}]
    assert not same


def test_labels_of_compounds_are_of_one_of_the_catalogue() -> None:
    """As the limits of B11 say; of B18's crystals those in both have the same state."""
    labels = {r.text("material"): r["state"] for r in table("metal_insulator_labels")}
    assert len(labels) > 300
    assert set(labels) & {s.name for s in substances()} == {"MgO"}
    known = {r.text("formula"): r["state"] for r in table("state_benchmark")}
    both = set(labels) & set(known)
    assert len(both) == 4
    assert all(labels[f] == known[f] for f in both)
