"""B12, B13 and B14 come out either way, by made-up metals."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from isotunnel.claims import b12, b13, b14, claim, judge
from isotunnel.claims.b14 import FieldRows
from isotunnel.electrodynamics.slab import History, Medium
from isotunnel.scorecard import Verdict
from isotunnel.scorecard.judging import judge_rows
from isotunnel.studies.critical import CriticalElement, film_current_a_cm2
from isotunnel.studies.critical_curves import HC, HC2, UPPER, FieldCurve, MaterialCurves
from isotunnel.studies.critical_shapes import (
    SHAPES,
    UPPER_SHAPES,
    fit_shapes,
    lowest_from_near_tc,
)
from isotunnel.studies.meissner import meissner_test

T = np.linspace(0.5, 3.5, 20)


def _element(name, paper, rival):
    """Measured 30 mT and 50 nm; theories off by these factors."""
    row = SimpleNamespace(table="critical_fields", row=name, label=name, source="made up")
    film = film_current_a_cm2(30, 50)
    return CriticalElement(
        element=name,
        tc_k=3.7,
        field_mt=30.0,
        field_spread_mt=(30.0, 30.0),
        depth_nm=50.0,
        depth_spread_nm=(50.0, 50.0),
        fields_t={"bcs": 0.03 * rival, "tunnel-ks": 0.03 * paper},
        currents_a_cm2={"bcs": film * rival, "tunnel-ks": film * paper},
        film_current_a_cm2=film,
        film_current_from="Hc / depth",
        wire_currents_a={},
        silent={},
        curves=(),
        rows=(row,),
    )


def _obeying(law, quantity, count=9):
    """Materials whose points obey a law."""
    shapes = UPPER_SHAPES if quantity == HC2 else SHAPES
    points = 30 * shapes[law](T / 3.7)
    low = lowest_from_near_tc(T, points) if quantity == HC2 else {}
    row = SimpleNamespace(table=UPPER, row="a", label="a", source="made up")
    curve = FieldCurve("made up", T, points, fit_shapes(T, points, shapes), (row,), quantity, low)
    return tuple(MaterialCurves(f"M{i}", (curve,)) for i in range(count))


def _parts(code, rows):
    entry = claim(code.__name__.rpartition(".")[2])
    result = judge_rows(entry, rows)
    return {(n.part, n.side): entry.part(n.part).judge(n) for n in result.numbers}


@pytest.mark.parametrize("code", [b13, b14])
def test_fields_and_currents_of_the_right_size_or_not(code):
    names = ("A", "B", "C")
    right = _parts(code, FieldRows(tuple(_element(n, 1.1, 100) for n in names)))
    wrong = _parts(code, FieldRows(tuple(_element(n, 1000, 1.1) for n in names)))
    assert right["size", "paper"] == wrong["size", "rival"] == Verdict.SUPPORTED
    assert wrong["size", "paper"] == right["size", "rival"] == Verdict.CONTRADICTED


def test_points_that_obey_a_law_support_its_side():
    tunnel = FieldRows((), (), _obeying("tunnel, phonons", HC), _obeying("tunnel, phonons", HC2))
    standard = FieldRows((), (), _obeying("BCS", HC), _obeying("WHH", HC2))
    for part in ("shape", "upper", "extrapolated"):
        assert _parts(b14, tunnel)[part, "paper"] == Verdict.SUPPORTED
        assert _parts(b14, tunnel)[part, "rival"] == Verdict.CONTRADICTED
        assert _parts(b14, standard)[part, "paper"] == Verdict.CONTRADICTED
        assert _parts(b14, standard)[part, "rival"] == Verdict.SUPPORTED


def test_few_compounds_decide_nothing():
    few = FieldRows((), (), (), _obeying("WHH", HC2, count=7))
    assert _parts(b14, few)["upper", "rival"] == Verdict.UNDECIDED


def test_a_medium_that_expels_supports_zero_resistance():
    real = meissner_test("Sn")

    def swapped(curve):
        other = {Medium.LONDON: Medium.ZERO_RESISTANCE, Medium.ZERO_RESISTANCE: Medium.LONDON}
        return replace(curve, medium=other[curve.medium])

    world = replace(real, curves=tuple(map(swapped, real.curves)))
    assert world.curve(Medium.ZERO_RESISTANCE, History.FIELD_COOLED).share[-1] < 0.2
    observed = real.rows[:1]
    flipped = _parts(b12, b12.Expulsions((world, world), observed, ()))
    assert flipped["flux", "paper"] == Verdict.SUPPORTED
    assert flipped["flux", "rival"] == Verdict.CONTRADICTED


def test_real_rows_are_traceable():
    for name in ("B12", "B14"):
        for number in judge(name).numbers:
            assert number.rows >= 2
            assert all(r.source for r in number.used)
    currents = judge("B13").verdicts
    assert currents["paper"] == Verdict.CONTRADICTED  # by 10^3 and more
    assert currents["rival"] == Verdict.MIXED  # by two in the median of five metals


def test_without_rows_nothing_is_decided():
    assert all(n.cannot_say for n in b12.measure(b12.Expulsions((), (), ())))
    assert all(n.cannot_say for n in b14.measure(FieldRows(())))
