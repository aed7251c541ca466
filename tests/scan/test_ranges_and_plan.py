from __future__ import annotations

import math

import numpy as np
import pytest
from ase.build import bulk
from hypothesis import given
from hypothesis import strategies as st
from toy_engine import emt

from isotunnel.engines.relaxing import RelaxTolerance, minimise_enthalpy
from isotunnel.errors import InputError
from isotunnel.scan.plan import relaxation_plan
from isotunnel.scan.predict import Known, guess
from isotunnel.scan.ranges import parse_values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0:200:50", (0, 50, 100, 150, 200)),
        ("200:0:50", (0, 50, 100, 150, 200)),
        ("1.0:0.4:-0.1", (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)),
        ("0:10:4", (0, 4, 8)),
        ("0,50,100", (0, 50, 100)),
        ("100, 0,0.0,-0", (0, 100)),
        ("5", (5,)),
        ("5:5:1", (5,)),
        ("-5:5:5", (-5, 0, 5)),
    ],
)
def test_ranges(text, values):
    assert parse_values(text, "--pressure") == values


@pytest.mark.parametrize(
    "text", ["", "a", "1:2", "1:2:3:4", "1,,2", "0:10:0", "0:inf:1", "nan", "1e9:0:1", "0:1:1e-9"]
)
def test_bad_ranges_are_reported_in_one_line(text):
    with pytest.raises(InputError, match="--pressure: ") as caught:
        parse_values(text, "--pressure")
    assert "\n" not in str(caught.value)


@given(
    st.lists(st.floats(-20, 1000), min_size=1, max_size=40, unique=True).map(sorted),
    st.none() | st.floats(-20, 1000),
)
def test_plan_puts_parents_first_and_every_point_once(pressures, known_at):
    done: set[int] = set()
    for step in relaxation_plan(pressures, known_at):
        assert set(step.parents) <= done
        assert step.index not in done
        if len(step.parents) == 2:
            assert step.parents[0] < step.index < step.parents[1]
        done.add(step.index)
    assert done == set(range(len(pressures)))


@given(st.lists(st.floats(-20, 1000), min_size=4, max_size=40, unique=True).map(sorted))
def test_two_workers_have_work_from_the_second_point_on(pressures):
    for known_at in (pressures[0], pressures[-1], pressures[len(pressures) // 2]):
        first, *rest = relaxation_plan(pressures, known_at)
        assert sum(step.parents == (first.index,) for step in rest) == 2


def known(pressure):
    found = minimise_enthalpy(bulk("Cu"), pressure, emt, RelaxTolerance())
    return Known(
        pressure,
        found.atoms.cell.array,
        found.atoms.get_scaled_positions(),
        found.bulk_modulus_gpa,
        found.hessian,
    )


def test_guess_between_two_is_good_and_from_one_fair():
    low, high, truth = known(0.0), known(100.0), known(50.0)
    from_two, start = guess(bulk("Cu"), 50.0, (low, high))
    assert from_two.get_volume() == pytest.approx(truth.volume, rel=0.01)
    assert start is not None
    assert start.bulk_modulus_gpa == pytest.approx(truth.bulk_modulus_gpa, rel=0.25)
    from_one, _ = guess(bulk("Cu"), 50.0, (low,))
    assert from_one.get_volume() == pytest.approx(truth.volume, rel=0.05)
    assert abs(math.log(from_two.get_volume() / truth.volume)) < abs(
        math.log(low.volume / truth.volume)
    )


def test_guess_at_a_neighbour_is_the_neighbour():
    low, high = known(0.0), known(100.0)
    same, _ = guess(bulk("Cu"), 100.0, (low, high))
    np.testing.assert_allclose(same.cell.array, high.cell, atol=1e-9)


def test_nothing_known_starts_from_the_crystal():
    atoms = bulk("Cu")
    assert guess(atoms, 50.0, ()) == (atoms, None)
