"""Profiles of planets: laws that any planet obeys, and limits of composition."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from isotunnel.errors import InputError
from isotunnel.planets.composition import PLANETS, SHELLS, mean_mass_amu, shell_at
from isotunnel.planets.profile import planet_profile

WITH_PROFILE = tuple(SHELLS)
G = 6.6743e-11
TURN_H = {"Earth": 23.934, "Jupiter": 9.925, "Saturn": 10.66, "Uranus": 17.24,
          "Neptune": 16.11}  # fmt: skip
MASS_KG = {"Earth": 5.972e24, "Jupiter": 1.898e27, "Saturn": 5.683e26, "Uranus": 8.681e25,
           "Neptune": 1.0241e26}  # fmt: skip


@pytest.mark.parametrize("name", WITH_PROFILE)
def test_pressure_and_density_rise_inwards(name):
    points = planet_profile(name).points
    assert len(points) > 40
    for a, b in pairwise(points):
        assert b.radius_km <= a.radius_km
        assert b.pressure_gpa >= a.pressure_gpa
        assert b.temperature_k >= a.temperature_k - 0.2


@pytest.mark.parametrize("name", WITH_PROFILE)
def test_the_mass_is_the_planets(name):
    """4 pi r^2 rho integrated, within 3 %: the giants are flattened, their tables thinned."""
    points = planet_profile(name).points
    mass = sum(
        4 / 3 * math.pi * (a.radius_km**3 - b.radius_km**3) * 1e9
        * 1e3 * (a.density_g_cm3 + b.density_g_cm3) / 2
        for a, b in pairwise(points)
    )  # fmt: skip
    assert mass == pytest.approx(MASS_KG[name], rel=0.03)


@pytest.mark.parametrize("name", WITH_PROFILE)
def test_pressure_balances_weight(name):
    """dP = (g - 2 omega^2 r / 3) rho dr from the centre out."""
    points = planet_profile(name).points[::-1]
    inside, weight = 0.0, 0.0
    for a, b in pairwise(points):
        rho = 1e3 * (a.density_g_cm3 + b.density_g_cm3) / 2
        shell = 4 / 3 * math.pi * (b.radius_km**3 - a.radius_km**3) * 1e9 * rho
        middle = (a.radius_km + b.radius_km) / 2 * 1e3
        turning = 2 / 3 * (2 * math.pi / (3600 * TURN_H[name])) ** 2 * middle
        to_middle = 4 / 3 * math.pi * (middle**3 - (1e3 * a.radius_km) ** 3) * rho
        gravity = G * (inside + to_middle) / middle**2 - turning
        inside += shell
        weight += gravity * rho * (b.radius_km - a.radius_km) * 1e3
    assert weight / 1e9 == pytest.approx(points[0].pressure_gpa - points[-1].pressure_gpa, rel=0.04)


def test_both_sides_of_a_boundary_fall_into_their_layers():
    core = [p for p in planet_profile("Earth").points if p.radius_km == 3480.0]
    assert [p.shell.name for p in core] == ["mantle", "outer core"]
    assert core[0].density_g_cm3 < 6 < core[1].density_g_cm3


def test_shells_from_the_outside():
    shells = SHELLS["Jupiter"]
    assert [shell_at(shells, r).name for r in (69000.0, 50000.0, 20000.0, 100.0)] == [
        s.name for s in shells
    ]


def test_mean_mass_of_mixtures():
    assert mean_mass_amu(0.0) == pytest.approx(1.008)
    assert mean_mass_amu(1.0) == pytest.approx(4.002602)
    # Half by mass: four hydrogen atoms for each helium atom, nearly.
    assert mean_mass_amu(0.5) == pytest.approx(2 * 1.008 * 4.002602 / (1.008 + 4.002602))
    with pytest.raises(InputError, match="between 0 and 1"):
        mean_mass_amu(-0.1)


def test_an_unknown_planet_is_one_line():
    with pytest.raises(InputError, match=f"there are {', '.join(PLANETS)}"):
        planet_profile("Vulcan")
