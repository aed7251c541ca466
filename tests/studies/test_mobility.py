"""Mobility of charge and ions: the laws of its formula, and published points."""

from __future__ import annotations

import math

import pytest

from isotunnel.claims import judge
from isotunnel.measured import table
from isotunnel.scorecard import Verdict
from isotunnel.studies.mobility import KCAL_PER_MOL_EV, diffusion_cm2_s, laws_of, mobility_study
from made_up_worlds import made_up_world


def _row(element, d0, activation, unit="eV", term=1, **more):
    ends = {"from_k": 800.0, "to_k": 800.0}
    row = {"element": element, "state": "solid", "term": term, "d0_cm2_s": d0, "unit": unit}
    return {**row, "activation": activation, **ends, **more}


def _rho(element, at, rho):
    return {
        "element": element, "temperature_k": at, "resistivity_microohm_cm": rho,
        "state": "solid", "kind": "table",
    }  # fmt: skip


def _world(rows, resistivities):
    return made_up_world(self_diffusion=rows, resistivity_vs_temperature=resistivities)


def test_the_two_terms_of_a_law_add_up_and_units_agree():
    one = _world([_row("Cu", 2.0, 1.0)], [_rho("Cu", 800.0, 5.0)])
    two = _world(
        [_row("Cu", 1.0, 1.0), _row("Cu", 1.0, 1 / KCAL_PER_MOL_EV, "kcal/mol", 2)],
        [_rho("Cu", 800.0, 5.0)],
    )
    first, second = (mobility_study(w.table).laws[0] for w in (one, two))
    assert second.diffusion_cm2_s == pytest.approx(first.diffusion_cm2_s, rel=1e-9)


def test_ions_that_carry_the_current_have_the_mobility_of_the_charge():
    """Nernst and Einstein: D = k T / (n e^2 rho) makes the two the same."""
    from ase.build import bulk

    t, rho = 800.0, 5.0e-6
    per_cm3 = 1e24 / (bulk("Cu").get_volume())
    d = 1.380649e-23 * t / (per_cm3 * 1.602176634e-19**2 * rho)
    world = _world([_row("Cu", d, 0.0)], [_rho("Cu", t, rho * 1e6)])
    assert mobility_study(world.table).laws[0].orders == pytest.approx(0.0, abs=1e-9)


def test_a_resistivity_far_from_the_temperature_is_carried_on_and_marked():
    world = _world([_row("Cu", 1.0, 1.0)], [_rho("Cu", 400.0, 2.0)])
    law = mobility_study(world.table).laws[0]
    assert law.carried_on
    assert law.resistivity_uohm_cm == pytest.approx(4.0)


def test_gallium_diffuses_as_printed_at_30_degrees():
    (row,) = table("self_diffusion").where(element="Ga")
    terms = ((row.number("d0_cm2_s"), row.number("activation") * KCAL_PER_MOL_EV),)
    assert math.log10(diffusion_cm2_s(terms, 303.15)) == pytest.approx(-4.7793, abs=2e-3)


def test_laws_without_a_range_or_a_resistivity_are_left_out_with_a_reason():
    reasons = {d.label: d.reason for d in mobility_study().dropped}
    assert "states no from_k" in reasons["La"]
    assert "no resistivity of liquid Ga" in reasons["Ga"]
    assert not laws_of(["Ga"])


@pytest.mark.parametrize(
    ("orders", "paper", "rival"),
    [
        (0.0, Verdict.SUPPORTED, Verdict.CONTRADICTED),
        (2.0, Verdict.MIXED, Verdict.MIXED),
        (6.0, Verdict.CONTRADICTED, Verdict.SUPPORTED),
    ],
)
def test_a3_comes_out_either_way(orders, paper, rival):
    metals = ("Cu", "Ag", "Au", "Al", "Pb", "Ni")
    plain = mobility_study(
        _world([_row(m, 1.0, 0.0) for m in metals], [_rho(m, 800.0, 5.0) for m in metals]).table
    )
    rows = [_row(m, 10.0 ** (plain.orders[m] - orders), 0.0) for m in metals]
    verdicts = judge("A3", _world(rows, [_rho(m, 800.0, 5.0) for m in metals])).verdicts
    assert (verdicts["paper"], verdicts["rival"]) == (paper, rival)


def test_too_few_metals_decide_nothing():
    world = _world([_row("Cu", 1.0, 1.0)], [_rho("Cu", 800.0, 5.0)])
    assert judge("A3", world).verdicts["paper"] == Verdict.UNDECIDED
    assert judge("A3", _world([], [])).verdicts["rival"] == Verdict.UNDECIDED
