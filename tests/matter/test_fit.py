"""Fits: what was put in comes out, errors mean what they say, half the data predict the rest."""

from __future__ import annotations

import numpy as np
import pytest
from matter_evidence import DATA, rows_of

from isotunnel.errors import InputError
from isotunnel.matter import Isotherm, debye_from_bulk_modulus, fit_energies, fit_pressures
from isotunnel.matter.quasiharmonic import (
    gruneisen_from_isotherm,
    poisson_factor,
    quasiharmonic_solid,
)

FORMS = ("vinet", "birch-murnaghan")
TRUE = {"v0": 11.81, "k0_gpa": 132.4, "k0_prime": 5.32}
VOLUMES = np.linspace(8.0, 12.2, 11)


@pytest.mark.parametrize("form", FORMS)
def test_exact_points_give_exact_parameters(form):
    eos = Isotherm(form, **TRUE)
    for fit in (
        fit_pressures(VOLUMES, eos.pressure(VOLUMES), form=form),
        fit_energies(VOLUMES, eos.energy(VOLUMES) - 1234.5, form=form),
    ):
        for name, value in TRUE.items():
            assert getattr(fit.isotherm, name) == pytest.approx(value, rel=1e-6)
        assert fit.rms < 1e-8
    assert fit.e0_ev == pytest.approx(-1234.5, abs=1e-7)
    assert fit.volume_range == (8.0, 12.2)
    assert not fit.residuals.flags.writeable


def test_errors_cover_the_truth_as_often_as_they_should():
    """Standard errors: two thirds of noisy fits lie within one."""
    rng = np.random.default_rng(7)
    exact = Isotherm("vinet", **TRUE).pressure(VOLUMES)
    pulls, pressure_pulls = [], []
    for _ in range(120):
        noisy = exact + rng.normal(0, 0.5, exact.size)
        fit = fit_pressures(VOLUMES, noisy, errors_gpa=0.5)
        pulls.append([(getattr(fit.isotherm, n) - TRUE[n]) / fit.errors[n] for n in TRUE])
        off = fit.isotherm.pressure(9.0) - Isotherm("vinet", **TRUE).pressure(9.0)
        pressure_pulls.append(float(off / fit.pressure_error(9.0)))
    spread = np.std([*np.transpose(pulls), pressure_pulls], axis=1)
    assert np.all((spread > 0.8) & (spread < 1.25)), spread


def test_a_fit_of_half_the_copper_data_predicts_the_other_half():
    """Dewaele et al. (2004), table I: every second point fitted, the rest within 0.2 %."""
    rows = rows_of(DATA / "copper.csv")
    p = np.array([float(r["pressure_gpa"]) for r in rows])
    v = np.array([float(r["volume_angstrom3"]) for r in rows])
    fit = fit_pressures(v[::2], p[::2], v0=11.81)
    published = {"k0_gpa": (132.4, 1.4), "k0_prime": (5.32, 0.06)}
    for name, (value, error) in published.items():
        allowed = 3 * np.hypot(error, fit.errors[name])
        assert getattr(fit.isotherm, name) == pytest.approx(value, abs=allowed)
    off = (fit.isotherm.pressure(v[1::2]) - p[1::2]) / fit.isotherm.bulk_modulus(v[1::2])
    assert 1e-5 < np.sqrt(np.mean(off**2)) < 2e-3


@pytest.mark.parametrize(
    ("volumes", "values", "message"),
    [
        ([10, 11, 12], [1, 2], "give pairs"),
        ([10, 11, 12], [1, 2, 3], "give at least 4"),
        ([10, 11, np.nan, 12, 13], [5, 4, 3, 2, 1], "finite"),
        ([-10, 11, 12, 13, 14], [5, 4, 3, 2, 1], "positive"),
        ([10] * 5, [5, 4, 3, 2, 1], "all volumes are the same"),
    ],
)
def test_bad_points(volumes, values, message):
    with pytest.raises(InputError, match=message):
        fit_pressures(volumes, values)


def test_energies_without_a_minimum():
    v = np.linspace(6, 8, 9)
    with pytest.raises(InputError, match="no minimum"):
        fit_energies(v, 1.0 / v)


def test_unknown_form():
    with pytest.raises(InputError, match="choose one of vinet"):
        fit_pressures(VOLUMES, VOLUMES, form="murnaghan")


def test_debye_temperature_of_copper_from_its_modulus():
    """Measured 343 K (Kittel); K 137 GPa and nu 0.34 are handbook values."""
    assert poisson_factor(0.25) == pytest.approx(0.86, abs=0.001)
    assert debye_from_bulk_modulus(137.0, 11.81, 63.546, 0.34) == pytest.approx(343, rel=0.06)
    # theta goes as sqrt(K/M) V^(1/6)
    base = debye_from_bulk_modulus(100.0, 10.0, 50.0)
    assert debye_from_bulk_modulus(400.0, 640.0, 50.0) == pytest.approx(4 * base)


def test_quasiharmonic_solid_from_energies():
    fit = fit_energies(VOLUMES, Isotherm("vinet", **TRUE).energy(VOLUMES))
    solid = quasiharmonic_solid(fit, 63.546, poisson=0.34)
    assert solid.t_ref_k is None
    assert solid.p_max_gpa == pytest.approx(float(fit.isotherm.pressure(8.0)))
    assert solid.vibrations.gamma0 == pytest.approx(5.32 / 2 - 1 / 6, rel=1e-5)
    # Copper's expansion is 16.5e-6/K: the model without thermal data is known to 30 %.
    v = 11.81
    assert solid.expansion(v, 298.0) / 3 == pytest.approx(16.5e-6, rel=0.3)


def test_bad_quasiharmonic_input():
    with pytest.raises(InputError, match="Poisson"):
        poisson_factor(0.5)
    with pytest.raises(InputError, match="must be positive"):
        debye_from_bulk_modulus(-1.0, 10.0, 10.0)
    with pytest.raises(InputError, match="no thermal model"):
        gruneisen_from_isotherm(0.2)
    with pytest.raises(InputError, match="choose one of slater"):
        gruneisen_from_isotherm(4.0, "guess")
