"""B3: worlds in which squeezed hydrogen is a tetrahedron, and in which it is not."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from isotunnel.claims import claim
from isotunnel.claims.b3 import HIGHEST_GPA, Hydrogen, gather, measure
from isotunnel.claims.b9 import Metallised
from isotunnel.evidence.sources import Sources
from isotunnel.scorecard import Verdict
from isotunnel.scorecard.judging import judge_rows


@pytest.fixture(scope="module")
def real():
    return gather(Sources())


def world(real, *, lower_ev=0.0, level_ev=0.0, factors=(1.0, 1.0)):
    """The tetrahedra so much lower, their levels so much higher, pressures off by factors."""
    bond = replace(
        real.bond,
        spacings=tuple(
            replace(s, tetrahedron_ev=s.tetrahedron_ev - lower_ev) for s in real.bond.spacings
        ),
        passages=tuple(replace(p, level_ev=p.level_ev + level_ev) for p in real.bond.passages),
    )
    off = [abs(math.log(f)) for f in factors]
    solid = Metallised("H2@5.4GPa", 400.0, None, off[0], None, off[1], ())
    return Hydrogen(bond, dict.fromkeys(real.solids, solid), real.reading)


def verdicts(rows):
    result = judge_rows(claim("B3"), rows)
    return {(n.part, n.side): result.verdict_of(n) for n in result.numbers}


def test_b3_flips_with_the_energy(real):
    down = verdicts(world(real, lower_ev=12.0))
    up = verdicts(world(real, lower_ev=-1.0))
    assert down["tetrahedron", "paper"] == up["molecules", "rival"] == Verdict.SUPPORTED
    assert up["tetrahedron", "paper"] == down["molecules", "rival"] == Verdict.CONTRADICTED


def test_a_barrier_in_the_tetrahedron_contradicts_both(real):
    found = verdicts(world(real, level_ev=-60.0))
    assert found["passage", "paper"] == found["passage", "rival"] == Verdict.CONTRADICTED
    # Without one nothing is told apart.
    found = verdicts(world(real, level_ev=+5.0))
    assert found["passage", "paper"] == found["passage", "rival"] == Verdict.NOT_TELLING


@pytest.mark.parametrize(
    ("factors", "paper", "rival"),
    [
        ((1.1, 5.0), Verdict.SUPPORTED, Verdict.CONTRADICTED),
        ((5.0, 1.1), Verdict.CONTRADICTED, Verdict.SUPPORTED),
    ],
)
def test_b3_flips_with_the_pressure(real, factors, paper, rival):
    found = verdicts(world(real, factors=factors))
    assert found["solid", "paper"] == paper
    assert found["solid", "rival"] == rival


def test_what_lies_above_the_pressure_is_dropped_and_said(real):
    (number,) = (n for n in measure(real) if n.part == "tetrahedron")
    assert number.count is not None
    assert number.rows == number.count >= 5
    assert len(number.used) + len(number.dropped) == len(real.bond.spacings)
    assert number.dropped
    assert all(f"{HIGHEST_GPA:g} GPa" in d.reason for d in number.dropped)


def test_without_spacings_nothing_is_said(real):
    empty = replace(real.bond, spacings=(), passages=())
    numbers = measure(Hydrogen(empty, dict.fromkeys(real.solids), real.reading))
    assert all(n.cannot_say for n in numbers)
