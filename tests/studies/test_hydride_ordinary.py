"""Ordinary superconductors: tunnels of the atlas's elements against measured Tc."""

from __future__ import annotations

import numpy as np
import pytest

from isotunnel import atlas, measured
from isotunnel.studies.hydrides.ordinary import (
    FEWEST_ELEMENTS,
    QUANTITIES,
    OrdinaryElement,
    ordinary_elements,
    ordinary_scores,
    values_at_zero,
)


def made_up(rule, count=12):
    rng = np.random.default_rng(5)
    elements = []
    for n in range(count):
        tc = float(rng.uniform(0.1, 9))
        values = dict.fromkeys(QUANTITIES, rule(tc, rng))
        elements.append(OrdinaryElement(f"E{n}", f"E{n}", tc, True, values, f"row {n}"))
    return elements


def test_a_rule_is_found_whatever_its_shape():
    for score in ordinary_scores(made_up(lambda tc, _: -np.exp(tc))):
        assert score.rank[0] == pytest.approx(-1)
        assert score.rank[2] == pytest.approx(-1)


def test_chance_is_not_taken_for_a_rule():
    score = ordinary_scores(made_up(lambda _, rng: float(rng.normal()), 30))[0]
    assert score.rank[1] < 0 < score.rank[2]


def test_too_few_or_equal_values_say_nothing():
    few = ordinary_scores(made_up(lambda tc, _: tc, FEWEST_ELEMENTS - 1))[0]
    assert str(FEWEST_ELEMENTS - 1) in few.reason
    assert ordinary_scores(made_up(lambda *_: 1.0))[0].reason == "all values are alike"


def test_elements_that_do_not_superconduct_are_not_ranked():
    elements = made_up(lambda tc, _: tc)
    normal = OrdinaryElement("Cu", "Cu", 0.0, False, dict.fromkeys(QUANTITIES, 99.0), "row")
    assert "Cu" not in ordinary_scores([*elements, normal])[0].elements


def test_aluminium_is_read_at_ambient_pressure():
    values = values_at_zero(atlas.scan_of("Al"))
    assert values["gap_ks_3d_ev"] < 0
    assert 0 < values["phi"] < 1


def test_every_element_of_the_table_is_used_or_has_a_reason():
    elements, dropped = ordinary_elements()
    rows = measured.table("elements_ambient")
    symbols = {e.element for e in elements}
    assert symbols | set(dropped) == {r.text("element") for r in rows}
    assert all(dropped.values())
    aluminium = next(e for e in elements if e.element == "Al")
    assert aluminium.tc_k == pytest.approx(1.175)
