"""A9 comes out either way, and only established rows vote."""

from __future__ import annotations

from itertools import combinations

import pytest

from isotunnel.claims import claim, judge
from isotunnel.claims.a9 import gather, least_pressure
from isotunnel.evidence.sources import Sources
from isotunnel.scorecard import Verdict
from made_up_worlds import made_up_world

COMPOUNDS = [a + b for a, b in combinations(("Na", "K", "Mg", "Ca", "Al", "Si", "P", "S", "Ti"), 2)]


def _world(rows: list[dict[str, object]], **others: list[dict[str, object]]) -> Sources:
    return made_up_world(**{"landmarks": rows, "dtc_dp": [], "hydrides_tc": [], **others})


def _row(i: int, pressure_gpa: float, **other: object) -> dict[str, object]:
    return {
        "material": COMPOUNDS[i],
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
    assert judge("A9", _world(rows)).verdicts["paper"] == verdict


def test_too_few_rows_decide_nothing() -> None:
    world = _world([_row(i, 100.0) for i in range(9)])
    assert judge("A9", world).verdicts["paper"] == Verdict.UNDECIDED


def test_one_vote_per_material_at_its_least_pressure() -> None:
    rows = [_row(0, 50.0), _row(0, 0.0), _row(1, 20.0), _row(2, 30.0, status="claimed")]
    gathered = gather(_world([*rows, _row(3, 0.0, tc_k=9.0)]))
    voters = least_pressure(gathered, lambda m: m.compound)
    found = {m.material: m.pressure_gpa for m in voters.cases}
    assert found == {COMPOUNDS[0]: 0.0, COMPOUNDS[1]: 20.0}
    assert len(voters.dropped) == 3


def test_dopings_of_one_compound_have_one_vote_and_ambient_superconductors_count() -> None:
    """(La,Ba)2CuO4 voted twice, and a mercury cuprate as if it needed 18.5 GPa."""
    rows = [
        _row(0, 0.0, material="BaxLa5-xCu5Oy"),
        _row(0, 1.0, material="(La0.9Ba0.1)2CuO4-d"),
        _row(0, 18.5, material="HgBa2CaCu2O6+d"),
    ]
    slopes = [{"material": "Hg-1223 (HgBa2Ca2Cu3O8+d)", "from_ambient": True, "tc_k": 133.0}]
    world = _world(rows, dtc_dp=slopes)
    share, families, materials = judge("A9", world).numbers
    assert {name: v["yes"] for name, v in share.values} == {
        "Ba-Cu-La-O": False,
        "Ba-Ca-Cu-Hg-O": False,
    }
    assert len(families.values) == 1
    assert len(materials.values) == 4


def test_other_ways_of_counting_are_reported_and_decide_nothing() -> None:
    rows = [_row(i, 100.0) for i in range(12)]
    result = judge("A9", _world(rows))
    assert result.verdicts["paper"] == Verdict.SUPPORTED
    assert [claim("A9").part(n.part).role for n in result.numbers] == [
        "telling",
        "reported",
        "reported",
    ]
    assert not any(result.counts(n) for n in result.numbers[1:])


def test_real_rows_are_traceable() -> None:
    result = judge("A9")
    number = result.numbers[0]
    assert number.rows > 10
    assert all(r.source and r.row.startswith(f"{r.table}:") for r in number.used)
    assert str(number.rows) in result.sentences[0]
