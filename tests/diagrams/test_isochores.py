"""Lines of equal volume: the slope is 1 / (beta K), and the spacing-only theory follows them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_theories import volume

from isotunnel.diagrams.isochores import isochore, pressure_of_volume, slope_k_per_gpa
from isotunnel.errors import CannotSay
from isotunnel.matter import material
from isotunnel.matter.laws import EosVolume
from isotunnel.substances import substance
from isotunnel.theories import Parameter


@settings(max_examples=30, deadline=None)
@given(p=st.floats(0.5, 80), t=st.floats(0, 900))
def test_the_volume_is_the_same_all_along(p, t):
    wanted = volume(p, t).value
    line = isochore(volume, Parameter(wanted, "x", 0.01), np.linspace(0, 900, 10))
    for q, s in zip(line.pressure_gpa, line.temperature_k, strict=True):
        assert volume(q, s).value == pytest.approx(wanted, rel=1e-9)
    assert line.pressure_gpa == tuple(sorted(line.pressure_gpa))


def test_the_slope_is_that_of_the_law():
    # V ~ exp(a T) (1 + 4 P / K0)^(-1/4): dT/dP = kappa / beta = 1 / (a (K0 + 4 P)).
    for p in (1.0, 10.0, 60.0):
        exact = 1 / (5e-5 * (80 + 4 * p))
        assert slope_k_per_gpa(volume, p, 300.0) == pytest.approx(exact, rel=1e-5)
        line = isochore(volume, volume(p, 300.0), [299.0, 301.0])
        chord = 2.0 / (line.pressure_gpa[1] - line.pressure_gpa[0])
        assert chord == pytest.approx(exact, rel=1e-4)


@pytest.mark.parametrize("name", ["Al", "Cu", "Pb"])
def test_the_slope_is_that_of_the_equation_of_state(name):
    phase = material(name).phases[0]
    law = EosVolume(name, phase.name)
    v = law(5.0, 300.0).value
    exact = 1 / float(phase.eos.expansion(v, 300.0) * phase.eos.bulk_modulus(v, 300.0))
    assert slope_k_per_gpa(law, 5.0, 300.0) == pytest.approx(exact, rel=1e-3)
    assert 50 < exact < 1000


def test_the_error_of_the_volume_becomes_one_of_pressure():
    middle = volume(20.0, 300.0).value
    line = isochore(volume, Parameter(middle, "x", 0.02), [300.0])
    bulk_modulus = 80 + 4 * 20.0
    expected = bulk_modulus * 0.02 / middle
    assert line.pressure_gpa[0] - line.low_gpa[0] == pytest.approx(expected, rel=0.02)
    assert line.high_gpa[0] - line.pressure_gpa[0] == pytest.approx(expected, rel=0.02)


def test_a_volume_that_is_met_nowhere_is_reported():
    with pytest.raises(CannotSay, match="is met nowhere"):
        isochore(volume, Parameter(40.0, "x"), [0.0, 300.0])
    with pytest.raises(CannotSay, match="lies outside"):
        pressure_of_volume(volume, 40.0, 300.0, (0.0, 90.0))
    with pytest.raises(CannotSay, match="no slope"):
        slope_k_per_gpa(lambda p, _t: 20.0 / (1 + p), 1.0, 300.0)


def test_the_spacing_theory_s_boundary_is_an_isochore():
    from isotunnel.diagrams.axes import Axis
    from isotunnel.diagrams.build import panel
    from isotunnel.diagrams.choose import theory_of

    about = substance("Al")
    found = panel(theory_of("tunnel-spacing"), about, Axis(0.01, 10, True), Axis(1, 1000, True))
    line = next(b for b in found.boundaries if (b.colder, b.hotter) == ("superconductor", "metal"))
    law = about.phases[0].volume
    volumes = [law(p, t).value for p, t in zip(line.pressure_gpa, line.temperature_k, strict=True)]
    assert len(volumes) > 10
    assert np.ptp(volumes) / np.mean(volumes) < 2e-4
    assert math.isclose(volumes[0], law(0.0, 1.175).value, rel_tol=2e-4)
    assert all(a <= b for a, b in zip(line.temperature_k[:-1], line.temperature_k[1:], strict=True))
