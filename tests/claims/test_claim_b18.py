"""B18 flips, counts materials once, and says what a user's theory leaves out."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from isotunnel.claims import claim, judge
from isotunnel.claims.b18 import Crystal, gather
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard import Verdict
from isotunnel.scorecard.judging import judge_rows
from isotunnel.scorecard.result import deciding
from isotunnel.scorecard.sample import Gathered
from isotunnel.theories import MaterialData, TheoryAnswer, rival
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR

STATES = (INSULATOR, METAL, SUPERCONDUCTOR)
ROW = RowUsed("made up", "1", "x", "made up")


def _world(right: dict[str, float], materials: int = 75, each: int = 1) -> Gathered[Crystal]:
    """Each side has this share of the crystals right, and the next state for the others."""
    found = []
    for i in range(materials):
        state = STATES[i % 3]
        wrong = STATES[(i + 1) % 3]
        said = {
            s: state if (i // 3) < share * (materials // 3) else wrong for s, share in right.items()
        }
        said.setdefault("tunnels alone", said["paper"])
        found += [_crystal(f"{i}.{k}", f"M{i}", state, said) for k in range(each)]
    return Gathered(tuple(found))


def _crystal(
    key: str, formula: str, state: str, said: dict[str, str], row: RowUsed = ROW, **more: bool
) -> Crystal:
    return Crystal(key, state, said, {}, (row,), formula, **more)


@pytest.mark.parametrize(
    ("paper", "rival", "verdicts"),
    [
        (1.0, 0.4, (Verdict.SUPPORTED, Verdict.MIXED)),
        (0.1, 0.9, (Verdict.CONTRADICTED, Verdict.SUPPORTED)),
    ],
)
def test_b18_flips(paper: float, rival: float, verdicts: tuple[Verdict, Verdict]) -> None:
    rows = _world({"paper": paper, "rival": rival, "composition": 0.2})
    found = judge_rows(claim("B18"), rows)
    assert (found.verdicts["paper"], found.verdicts["rival"]) == verdicts
    gains = {(j.side, j.part): j.value for j in found.numbers}
    assert gains["paper", "contest"] == pytest.approx(-gains["rival", "contest"])


def test_crystals_of_one_material_count_once() -> None:
    rows = _world({"paper": 1.0, "rival": 0.2, "composition": 0.2}, materials=30, each=5)
    found = judge_rows(claim("B18"), rows)
    assert found.numbers[0].rows == 30
    assert found.verdicts["paper"] == Verdict.UNDECIDED


def test_metals_assumed_for_want_of_a_coupling_are_counted_and_left_out() -> None:
    """20 superconductors more, which the rival calls metals without a ground."""
    known = _world({"paper": 0.6, "rival": 1.0, "composition": 0.2})
    said = {"paper": SUPERCONDUCTOR, "rival": METAL, "composition": METAL}
    unknown = [
        _crystal(
            f"U{i}", f"U{i}", SUPERCONDUCTOR, said, RowUsed("x", f"u{i}", "u", "s"), assumed=True
        )
        for i in range(20)
    ]
    found = judge_rows(claim("B18"), Gathered((*known.cases, *unknown)))
    numbers = {(n.side, n.part): n for n in found.numbers}
    alone = judge_rows(claim("B18"), known)
    without = next(n for n in alone.numbers if n.part == "contest")
    assert numbers["paper", "known"].value == pytest.approx(without.value)
    assert numbers["paper", "contest"].value > without.value
    assert numbers["rival", "known"].rows == len(known.cases)
    assert sum("for want of one" in d.reason for d in numbers["rival", "known"].dropped) == 20
    assert "rival: metal, assumed" in {column for _, column, _ in found.figure.matrix}
    assert "without its 20 assumed metals 100%" in found.figure.y_axis


def test_without_crystals_there_is_a_reason() -> None:
    dropped = (RowDropped("state_benchmark", "1", "x", "not computed"),)
    number = judge_rows(claim("B18"), Gathered((), dropped)).numbers[0]
    assert number.cannot_say
    assert number.dropped == dropped


def test_the_picture_holds_every_crystal() -> None:
    rows = _world({"paper": 1.0, "rival": 0.2, "composition": 0.2})
    matrix = judge_rows(claim("B18"), rows).figure.matrix
    assert sum(n for _, column, n in matrix if column.startswith("paper")) == len(rows.cases)


@dataclass(frozen=True)
class AlwaysMetal:
    """A theory that knows one word, and says nothing of hydrogen."""

    name: str = "always metal"

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        from dataclasses import replace

        asked = rival("drude").answer(material, pressure_gpa, temperature_k)
        state = None if material.name.startswith("H") else METAL
        return replace(asked, theory=self.name, state=state, state_reason="it always is")


def test_a_theory_of_ones_own_is_asked() -> None:
    rows = gather(Sources(user_theory=AlwaysMetal()))  # type: ignore[arg-type]
    own = [c for c in rows.cases if "yours" in c.predicted]
    silent = [c for c in rows.cases if "yours" in c.silent]
    assert own
    assert {c.predicted["yours"] for c in own} == {METAL}
    assert silent
    assert len(own) + len(silent) == len(rows.cases)


def test_both_sides_classify_the_same_crystals() -> None:
    rows = gather(Sources())
    assert len(rows.cases) + len(rows.dropped) == len(Sources().table("state_benchmark"))
    assert all({"paper", "rival", "composition"} <= set(c.predicted) for c in rows.cases)
    assert all(d.reason for d in rows.dropped)


def test_the_paper_may_choose_the_reading_of_bands_and_tunnels_alone_are_reported() -> None:
    result = judge("B18")
    numbers = {(n.side, n.part): n for n in result.numbers}
    with_bands, alone = numbers["paper", "contest"].value, numbers["paper", "tunnels"].value
    assert with_bands > alone
    assert not result.counts(numbers["paper", "tunnels"])


def test_without_assumed_metals_is_reported_and_decides_nothing() -> None:
    result = judge("B18")
    known = [n for n in result.numbers if n.part == "known"]
    assert [result.part_of(n).role for n in known] == ["reported"] * 2
    assert not any(n in deciding(result, n.side) for n in known)
