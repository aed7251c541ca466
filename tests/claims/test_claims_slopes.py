"""A4 and A8 in worlds where pressure always helps, and in worlds where it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from isotunnel.claims import judge
from isotunnel.claims.shared.predictions import ambient_phase, resistance_slope, tc_slope
from isotunnel.claims.shared.slopes import contenders, slopes
from isotunnel.evidence.sources import Sources
from isotunnel.scorecard import Verdict
from isotunnel.substances import material_data
from isotunnel.theories import MaterialData, Quantity, Reference, TheoryAnswer, rival
from made_up_worlds import made_up_world

METALS = ("Ag", "Al", "Au", "Cu", "Pb", "Pt", "W", "Mo", "Ta", "Nb", "Zn", "Cd", "Ni", "Pd")
SUPERCONDUCTORS = ("Al", "Pb", "Sn", "In", "Zn", "Cd", "Re", "Ta", "V", "Tl", "Hg")


@dataclass(frozen=True)
class Contrary:
    """A theory in which everything rises with pressure."""

    name: str = "contrary"
    title: str = "Contrary"
    references: tuple[Reference, ...] = ()

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        rising = Quantity(1.0 + pressure_gpa)
        none = Quantity.refused("not asked")
        return TheoryAnswer(
            self.name, material.name, pressure_gpa, temperature_k, "metal", "made up", None,
            rising, rising, none, none, none,
        )  # fmt: skip


def _resistance(sign: str, slopes: Mapping[str, float] | None = None) -> Sources:
    rows = [
        {
            "material": m,
            "sign": sign,
            "scope": "initial",
            "substance_class": "element",
            "dlnr_dp_per_gpa": (slopes or {}).get(m),
        }
        for m in METALS
    ]
    return made_up_world(pressure_coefficient=rows)


def test_a4_flips() -> None:
    falling = judge("A4", _resistance("falls"))
    assert falling.verdicts["paper"] == Verdict.SUPPORTED
    rising = judge("A4", _resistance("rises"))
    assert rising.verdicts["paper"] == Verdict.CONTRADICTED
    assert rising.verdicts["rival"] == Verdict.CONTRADICTED


@pytest.mark.parametrize(("factor", "verdict"), [(1.2, "supported"), (30.0, "contradicted")])
def test_a4_judges_sizes(factor: float, verdict: str) -> None:
    """Slopes that Bloch and Grueneisen's law itself gives, times a factor."""
    law = rival("bloch_grueneisen")
    known = {
        m: factor * resistance_slope(law, ambient_phase(material_data(m)), 300.0).value
        for m in ("Al", "Cu", "Pb", "Nb", "Ag", "Au")
    }
    result = judge("A4", _resistance("falls", known))
    size = next(n for n in result.numbers if n.part == "size")
    assert result.verdict_of(size) == verdict


def _tc(sign: str) -> Sources:
    rows = [
        {
            "material": m,
            "group": m,
            "sign": sign,
            "use_in_bias_test": True,
            "family": "element",
        }
        for m in SUPERCONDUCTORS
    ]
    return made_up_world(dtc_dp=rows)


@pytest.mark.parametrize(
    ("sign", "paper", "rival_"),
    [
        ("rises", Verdict.SUPPORTED, Verdict.CONTRADICTED),
        ("falls", Verdict.CONTRADICTED, Verdict.SUPPORTED),
    ],
)
def test_a8_flips(sign: str, paper: Verdict, rival_: Verdict) -> None:
    verdicts = judge("A8", _tc(sign)).verdicts
    assert verdicts["paper"] == paper
    assert verdicts["rival"] in (rival_, Verdict.UNDECIDED, Verdict.MIXED)
    assert verdicts["rival"] != {"rises": Verdict.SUPPORTED, "falls": Verdict.CONTRADICTED}[sign]


def test_metals_that_a_source_counts_without_a_name_have_their_votes() -> None:
    """Bridgman's nine were dropped, so that of his paper only the named exceptions were left."""
    sign = judge("A4").numbers[0]
    (row,) = {r.row for r in sign.used if "further_common_metals" in r.row}
    assert sum(name.startswith("9 further") for name, _ in sign.values) == 9
    assert row.startswith("pressure_coefficient:")
    rival_ = next(n for n in judge("A4").numbers if n.side == "rival")
    assert any("does not name" in d.reason for d in rival_.dropped)


def test_a8_resamples_families_and_not_their_members() -> None:
    """Forty cuprates that rise are one family, not forty independent witnesses."""
    rows = [
        {"material": f"C{i}", "group": f"C{i}", "sign": "rises", "use_in_bias_test": True,
         "family": "cuprate"}
        for i in range(40)
    ]  # fmt: skip
    world = made_up_world(dtc_dp=rows)
    number = judge("A8", world).numbers[0]
    assert (number.value, number.rows) == (1.0, 1)
    assert judge("A8", world).verdicts["paper"] == Verdict.UNDECIDED
    alone = [{**r, "family": "element"} for r in rows]
    assert judge("A8", made_up_world(dtc_dp=alone)).verdicts["paper"] == Verdict.SUPPORTED


def test_a8_asks_whether_the_rival_explains_the_rises() -> None:
    rising, falling = judge("A8", _tc("rises")), judge("A8", _tc("falls"))
    parts = {n.part: n for n in rising.numbers}
    assert parts["unexplained"].value == pytest.approx(1 - parts["rises"].value)
    assert parts["unexplained"].value > 0.9
    assert rising.verdicts["paper"] == Verdict.SUPPORTED
    assert {n.part: n for n in falling.numbers}["rises"].cannot_say


def test_a_users_theory_is_judged_on_the_same_claims() -> None:
    world = _tc("rises")
    own = Sources(world.table, world.scan, world.scans, Contrary())
    assert judge("A8", own).verdicts["yours"] == Verdict.SUPPORTED
    world = _resistance("falls")
    own = Sources(world.table, world.scan, world.scans, Contrary())
    assert judge("A4", own).verdicts["yours"] == Verdict.CONTRADICTED


def test_rows_that_contradict_each_other_are_dropped() -> None:
    rows = [
        {"material": "Al", "group": "Al", "sign": s, "use_in_bias_test": True, "family": "element"}
        for s in ("rises", "falls")
    ]
    number = judge("A8", made_up_world(dtc_dp=rows)).numbers[0]
    assert number.cannot_say
    assert "disagree" in number.dropped[0].reason


def test_slopes_are_those_of_the_theorys_own_answers() -> None:
    copper = ambient_phase(material_data("Cu"))
    theory = rival("bloch_grueneisen")
    values = [theory.answer(copper, p, 300.0).rho_uohm_cm.value for p in (0.0, 0.5)]
    expected = (values[1] / values[0] - 1) / 0.5
    assert resistance_slope(theory, copper, 300.0).value == pytest.approx(expected, rel=0.02)
    assert tc_slope(theory, copper).cannot_say


def test_each_material_has_one_vote_and_each_side_one_theory() -> None:
    sources = _resistance("falls")
    rows = {m: [r] for m, r in zip(METALS, sources.table("pressure_coefficient"), strict=True)}
    rising = _resistance("rises").table("pressure_coefficient").rows[0]
    rows["Ag"] = [*rows["Ag"], rising]
    found = slopes(rows, "dlnr_dp_per_gpa", {}, lambda *_: Quantity(1.0), -1)
    assert [s.key for s in found.cases] == sorted(set(METALS) - {"Ag"})
    lost = [(d.label, d.reason) for d in found.dropped]
    assert lost == [("Ag", "its rows disagree in sign")]
    assert set(contenders(sources, "mcmillan")) == {"rival"}
    mine = Contrary()
    both = contenders(Sources(user_theory=mine), "mcmillan")
    assert both == {"rival": rival("mcmillan"), "yours": mine}
