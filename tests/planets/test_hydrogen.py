"""Fluid hydrogen: between the points of its table, against molecular dynamics, and its ends."""

from __future__ import annotations

import pytest

from isotunnel.errors import CannotSay
from isotunnel.measured import table
from isotunnel.planets.hydrogen import fluid_hydrogen
from isotunnel.planets.profile import planet_profile
from made_up_worlds import made_up_world

MOLECULAR_DYNAMICS = ((2000.0, 0.30, 14.5127), (2000.0, 0.35, 20.6240), (2000.0, 0.40, 29.0491))
"""T in K, g/cm^3, GPa: points on which the equation of state rests, github cisar97/H_SCANvv10_EoS
ce2e41a4, H_SCANvv10_MD.txt."""


@pytest.mark.parametrize(("t", "rho", "p"), MOLECULAR_DYNAMICS)
def test_the_points_that_it_rests_on(t, rho, p):
    volume = fluid_hydrogen(table).volume_a3(p, t)
    assert 1.008 * 1.66053907 / volume == pytest.approx(rho, rel=0.005)


def test_a_power_law_is_met_between_the_points():
    """Logarithms are interpolated, so rho ~ P^0.5 / T comes out everywhere."""
    rows = [
        {"temperature_k": t, "pressure_gpa": p, "density_g_cm3": p**0.5 / t}
        for t in (1000.0, 2000.0, 5000.0)
        for p in (1.0, 10.0, 100.0)
    ]
    fluid = fluid_hydrogen(made_up_world(hydrogen_fluid=rows).table)
    for p, t in ((1.0, 1000.0), (3.0, 1300.0), (70.0, 4900.0), (100.0, 5000.0)):
        density = 1.008 * 1.66053906892 / fluid.volume_a3(p, t)
        assert density == pytest.approx(p**0.5 / t, rel=1e-9)


@pytest.mark.parametrize(("p", "t"), [(1e5, 5000.0), (100.0, 1e6), (100.0, 10.0), (-1.0, 5000.0)])
def test_outside_the_table_it_cannot_say(p, t):
    with pytest.raises(CannotSay, match="not tabulated"):
        fluid_hydrogen(table).volume_a3(p, t)


def test_one_temperature_is_no_table():
    rows = [{"temperature_k": 1000.0, "pressure_gpa": 1.0, "density_g_cm3": 0.1}]
    with pytest.raises(CannotSay, match="two temperatures"):
        fluid_hydrogen(made_up_world(hydrogen_fluid=rows).table)


def test_volumes_add_up_in_jupiters_envelope():
    """The model's own density there: hydrogen as here, and helium with 15 to 45 % of its volume."""
    for point in planet_profile("Jupiter").points:
        if point.shell.name == "outer envelope" and point.pressure_gpa > 10:
            atoms_he = 0.238 / 4.002602 / ((1 - 0.238) / 1.008)
            mixture = (1.008 + atoms_he * 4.002602) * 1.66053907 / point.density_g_cm3
            helium = (mixture - point.volume_a3) / atoms_he
            assert 0.5 * point.volume_a3 < helium < 2.5 * point.volume_a3
