"""A9 comes out either way, and only established rows vote."""

from __future__ import annotations

import pytest

from isotunnel.claims import judge
from isotunnel.claims.a9 import gather
from isotunnel.scorecard import Verdict
from made_up_worlds import made_up_world


def _row(i: int, pressure_gpa: float, **other: object) -> dict[str, object]:
    return {
        "material": f"M{i}",
        "tc_k": 40.0,
        "pressure_gpa": pressure_gpa,
        "status": "established",
        **other,
    }


@pytest.mark.parametrize(
    ("needing", "verdict"),
    [(30, Verdict.SUPPORTED), (2, Verdict.CONTRADICTED), (16, Verdict.UNDECIDED)],
)
def test_the_world_decides(needing: int, verdict: Verdict) -> None:
    rows = [_row(i, 100.0 if i < needing else 0.0) for i in range(30)]
    assert judge("A9", made_up_world(landmarks=rows)).verdicts["paper"] == verdict


def test_too_few_rows_decide_nothing() -> None:
    world = made_up_world(landmarks=[_row(i, 100.0) for i in range(9)])
    assert judge("A9", world).verdicts["paper"] == Verdict.UNDECIDED


def test_one_vote_per_material_at_its_least_pressure() -> None:
    rows = [_row(0, 50.0), _row(0, 0.0), _row(1, 20.0), _row(2, 30.0, status="claimed")]
    gathered = gather(made_up_world(landmarks=[*rows, _row(3, 0.0, tc_k=9.0)]))
    assert {m.material: m.pressure_gpa for m in gathered.cases} == {"M0": 0.0, "M1": 20.0}
    assert len(gathered.dropped) == 3


def test_real_rows_are_traceable() -> None:
    result = judge("A9")
    number = result.numbers[0]
    assert number.rows > 10
    assert all(r.source and r.row.startswith("landmarks:") for r in number.used)
    assert str(number.rows) in result.sentences[0]
