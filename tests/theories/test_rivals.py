"""All rivals behind one interface: the same questions, errors carried, refusals said."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from isotunnel.errors import CannotSay, InputError
from isotunnel.theories import RIVALS, Alpha2F, MaterialData, Parameter, rival
from isotunnel.theories.base import propagate
from isotunnel.theories.normal.drude import Drude, drude_resistivity, thermal_speed_m_s
from isotunnel.theories.parameters import PARAMETERS
from isotunnel.theories.superconducting.allen_dynes import AllenDynes
from isotunnel.theories.superconducting.eliashberg import Eliashberg
from isotunnel.theories.superconducting.mcmillan import McMillan

PAIRING = [t for t in RIVALS if t.name not in ("drude", "bloch_grueneisen")]
IDS = [t.name for t in RIVALS]


def known(value: float, error: float | None = None) -> Parameter:
    return Parameter(value, "made up for this test", error)


def squeezed(p: float, t: float) -> Parameter:
    return known((1 + 4.5 * p / 76) ** (-1 / 4.5) * (1 + 7e-5 * (t - 293)), 1e-4 * p)


# Of aluminium's size; the numbers only have to be plausible here.
METAL = MaterialData(
    "Al-like",
    volume=squeezed,
    volume_per_atom_a3=known(16.6, 0.02),
    valence_electrons=known(3),
    gamma=known(2.2, 0.1),
    theta_d_k=known(428, 5),
    theta_r_k=known(395, 10),
    rho_reference_uohm_cm=known(2.65, 0.02),
    rho_reference_temperature_k=known(293),
    rho_residual_uohm_cm=known(1e-3),
    tc_k=known(1.175, 0.002),
    lambda_ep=known(0.44, 0.01),
    mu_star=known(0.12, 0.005),
    omega_log_k=known(320, 5),
    dlneta_dlnv=known(-1.2, 0.3),
    gamma_q=known(1.0, 0.5),
    sommerfeld_mj_mol_k2=known(1.35, 0.01),
    hc2_slope_t_k=known(0.015),
    penetration_depth_nm=known(50),
)


@pytest.mark.parametrize("theory", RIVALS, ids=IDS)
def test_every_rival_answers_every_question(theory):
    for p, t in ((0.0, 0.0), (0.0, 0.5), (0.0, 300.0), (5.0, 77.0)):
        answer = theory.answer(METAL, p, t)
        assert (answer.theory, answer.pressure_gpa, answer.temperature_k) == (theory.name, p, t)
        assert answer.state in ("metal", "superconductor")
        assert answer.used
        for name in ("rho_uohm_cm", "tc_k", "hc_t", "hc2_t", "jc_a_cm2"):
            quantity = getattr(answer, name)
            if quantity.cannot_say is None:
                assert math.isfinite(quantity.value)
                assert quantity.value >= 0
                assert quantity.error is None or quantity.error >= 0
            else:
                assert len(quantity.cannot_say) > 20
        text = json.dumps(answer.as_dict(), allow_nan=False)
        assert "NaN" not in text


@pytest.mark.parametrize("theory", RIVALS, ids=IDS)
def test_parameters_are_shown_with_source_unit_and_error(theory):
    used = {u.name: u for u in theory.answer(METAL, 5.0, 300.0).used}
    assert used["gamma"].error == 0.1 or theory.name == "drude"
    assert all(u.source for u in used.values())
    for name, item in used.items():
        if name in PARAMETERS:
            assert item.unit == PARAMETERS[name].unit


@pytest.mark.parametrize("theory", RIVALS, ids=IDS)
@pytest.mark.parametrize(("p", "t"), [(-1, 300), (0, -1), (math.nan, 300), (0, math.inf)])
def test_impossible_conditions_are_refused(theory, p, t):
    with pytest.raises(InputError, match="impossible; it must be zero or positive"):
        theory.answer(METAL, p, t)


@pytest.mark.parametrize("theory", RIVALS, ids=IDS)
def test_an_empty_material_gets_reasons_not_numbers(theory):
    answer = theory.answer(MaterialData("unobtainium"), 0.0, 300.0)
    assert answer.state is None
    assert "unobtainium" in answer.state_reason
    assert answer.tc_k.cannot_say
    assert answer.rho_uohm_cm.cannot_say


@pytest.mark.parametrize("theory", RIVALS, ids=IDS)
def test_beyond_phase_equation_of_state_and_band_gap(theory):
    narrow = replace(METAL, stable_gpa=(0.0, 3.0))
    assert "between 0 and 3 GPa" in theory.answer(narrow, 5.0, 10.0).state_reason
    fixed = replace(METAL, volume=None)
    assert "no equation of state" in theory.answer(fixed, 5.0, 10.0).state_reason
    assert theory.answer(fixed, 0.0, 10.0).state == "metal"

    def short(p, _t):
        if p > 2:
            raise InputError("pressure 5 GPa is beyond the fitted range, 0 to 2 GPa")
        return 1.0

    outside = theory.answer(replace(METAL, volume=short), 5.0, 10.0)
    assert outside.state is None
    assert "beyond the fitted range" in outside.state_reason
    gapped = theory.answer(replace(METAL, band_gap_ev=known(1.1)), 0.0, 300.0)
    assert gapped.state == ("insulator" if theory in PAIRING else None)
    assert gapped.rho_uohm_cm.cannot_say
    assert gapped.tc_k.value == 0 or gapped.tc_k.cannot_say


@pytest.mark.parametrize("theory", PAIRING, ids=[t.name for t in PAIRING])
def test_pairing_theories_below_and_above_tc(theory):
    tc = theory.answer(METAL, 0.0, 0.0).tc_k
    assert 0.5 < tc.value < 2.5
    assert tc.error > 0
    below = theory.answer(METAL, 0.0, 0.5 * tc.value)
    above = theory.answer(METAL, 0.0, 1.5 * tc.value)
    assert (below.state, above.state) == ("superconductor", "metal")
    assert below.rho_uohm_cm.value == 0
    assert "normal state" in above.rho_uohm_cm.cannot_say
    assert below.hc_t.value > 0 == above.hc_t.value
    assert below.hc2_t.value > 0 == above.hc2_t.value
    assert below.jc_a_cm2.value > 0 == above.jc_a_cm2.value
    assert 0.5 < below.confidence <= 1


@pytest.mark.parametrize("theory", PAIRING, ids=[t.name for t in PAIRING])
def test_pressure_lowers_tc_of_an_sp_metal_and_errors_grow(theory):
    answers = [theory.answer(METAL, p, 0.0).tc_k for p in (0.0, 1.0, 2.0)]
    assert answers[0].value > answers[1].value > answers[2].value > 0
    relative = [a.error / a.value for a in answers]
    assert relative[0] < relative[1] < relative[2]


def test_calibrated_theories_reproduce_the_measured_tc_and_its_error():
    for theory in (McMillan(True), AllenDynes(True), Eliashberg(True), rival("bcs")):
        tc = theory.answer(METAL, 0.0, 0.0).tc_k
        assert tc.value == pytest.approx(1.175, rel=1e-5)
        # Errors of mu* and theta cancel: lambda absorbs them.
        assert tc.error == pytest.approx(0.002, rel=0.02)
        assert theory.answer(METAL, 2.0, 0.0).tc_k.value < 1.1


def test_eliashberg_takes_a_spectrum():
    omega = np.linspace(0, 0.04, 400)
    spectrum = Alpha2F.from_arrays(omega, 0.6 * (omega / 0.04) ** 2, "Debye-like, for this test")
    material = replace(METAL, spectrum=spectrum, lambda_ep=None, omega_log_k=None)
    answer = rival("eliashberg").answer(material, 0.0, 1.0)
    used = {u.name: u for u in answer.used}
    assert used["lambda_ep"].value == pytest.approx(0.6, rel=1e-4)
    assert "Debye-like" in used["lambda_ep"].source
    assert answer.notes == ()
    fit = rival("allen_dynes").answer(material, 0.0, 1.0)
    assert answer.tc_k.value == pytest.approx(fit.tc_k.value, rel=0.1)
    assert any("Einstein" in n for n in rival("eliashberg").answer(METAL, 0, 1).notes)


def test_what_never_superconducted_is_not_inverted():
    copper = replace(METAL, name="Cu-like", lambda_ep=None, tc_k=known(0.0))
    for theory in PAIRING:
        reason = theory.answer(copper, 0.0, 4.0).state_reason
        assert "not seen to superconduct" in reason or "Tc above zero" in reason
    weak = replace(METAL, lambda_ep=known(0.1, 0.01), tc_k=None)
    for theory in PAIRING:
        answer = theory.answer(weak, 0.0, 4.0)
        assert answer.state == "metal"
        assert answer.tc_k.value == 0


def test_liquids_are_beyond_the_normal_state_theories():
    material = replace(METAL, melting_k=lambda p: 933 + 60 * p)
    for name in ("drude", "bloch_grueneisen"):
        assert (
            "liquid above its melting line, 933 K"
            in rival(name).answer(material, 0.0, 1000.0).state_reason
        )
        assert rival(name).answer(material, 5.0, 1000.0).state == "metal"


def test_reference_pressure_is_where_the_parameters_hold():
    """A high-pressure phase: its own Tc at its own pressure, not at zero."""
    phase = replace(METAL, reference_pressure_gpa=100.0, stable_gpa=(90.0, 200.0))
    bcs = rival("bcs")
    assert bcs.answer(phase, 100.0, 0.0).tc_k.value == pytest.approx(1.175)
    assert bcs.answer(phase, 120.0, 0.0).tc_k.value < 1.175
    assert bcs.answer(phase, 0.0, 0.0).tc_k.cannot_say


# --- Drude ---------------------------------------------------------------------------------------


def test_drude_speed_and_resistivity():
    """1.17e5 m/s at 300 K; copper's electrons with one atom's distance come out near 10 uohm cm."""
    assert thermal_speed_m_s(300) == pytest.approx(1.168e5, rel=1e-3)
    assert 1 < drude_resistivity(1 / 11.8, 11.8 ** (1 / 3), 293) < 50
    with pytest.raises(InputError):
        thermal_speed_m_s(-1)
    with pytest.raises(InputError):
        drude_resistivity(0, 1, 300)


def test_drude_goes_as_root_t_and_volume_to_two_thirds():
    drude = Drude()
    values = {"valence_electrons": 1.0, "volume_per_atom_a3": 12.0, "volume_ratio": 1.0}
    assert drude.rho(values, 1200.0) == pytest.approx(2 * drude.rho(values, 300.0))
    small = drude.rho({**values, "volume_ratio": 0.5}, 300.0)
    assert small == pytest.approx(0.5 ** (2 / 3) * drude.rho(values, 300.0))
    fitted = drude.answer(METAL, 0.0, 293.0)
    assert fitted.rho_uohm_cm.value == pytest.approx(2.65)
    assert (
        "distance of atoms"
        in drude.answer(replace(METAL, rho_reference_uohm_cm=None), 0.0, 293.0).notes[0]
    )


# --- the frame -----------------------------------------------------------------------------------


def test_errors_propagate_as_the_derivative_says():
    inputs = {"a": known(3.0, 0.01), "b": known(2.0, 0.02), "c": known(5.0)}
    result = propagate(lambda v: v["a"] ** 2 * v["b"], inputs)
    assert result.value == 18
    assert result.error == pytest.approx(math.hypot(2 * 3 * 2 * 0.01, 9 * 0.02), rel=1e-4)
    # An unknown error is not zero: where it matters, that of the result is unknown, too.
    vague = propagate(lambda v: v["a"] ** 2 * v["b"] + v["c"], inputs)
    assert vague.value == 23
    assert vague.error is None
    assert vague.error_unknown == ("c",)
    assert propagate(lambda v: v["c"], {"c": known(5.0)}).error is None


@pytest.mark.parametrize("name", ["Al", "Ta", "LaH10", "H3S"])
def test_no_tc_of_the_catalogue_has_an_error_that_leaves_out_its_coupling(name):
    """Al was given as 1.14 +- 9e-06 K, Ta as 5.79 +- 7e-06 K."""
    from isotunnel.substances import substance

    phase = next(p for p in substance(name).phases if p.lambda_ep is not None)
    assert phase.lambda_ep.error is None
    for theory in (AllenDynes(), McMillan(), Eliashberg(tabulated=True)):
        tc = theory.answer(phase, phase.reference_pressure_gpa, 0.0).tc_k
        if tc.cannot_say is None:
            assert tc.error is None
            assert "lambda_ep" in tc.error_unknown


def test_an_error_of_mu_star_that_no_source_states_is_assumed_and_marked():
    vague = replace(METAL, mu_star=known(0.12))
    answer = AllenDynes().answer(vague, 0.0, 300.0)
    mu_star = next(u for u in answer.used if u.name == "mu_star")
    assert mu_star.error == 0.02
    assert mu_star.parameter.error_assumed
    assert "its error is assumed" in mu_star.source
    assert answer.tc_k.error > 2 * AllenDynes().answer(METAL, 0.0, 300.0).tc_k.error
    given = next(u for u in AllenDynes().answer(METAL, 0.0, 300.0).used if u.name == "mu_star")
    assert not given.parameter.error_assumed


def test_one_sided_where_the_other_side_is_impossible():
    def root(values):
        if values["a"] < 0:
            raise InputError("negative")
        return values["a"]

    assert propagate(root, {"a": known(0.1, 0.3)}).error == pytest.approx(0.3)

    def silent(_values):
        raise CannotSay("nothing known")

    assert propagate(silent, {"a": known(1.0)}).cannot_say == "nothing known"
    assert "no finite value" in propagate(lambda _v: math.nan, {"a": known(1.0)}).cannot_say


@pytest.mark.parametrize(
    ("name", "parameter", "message"),
    [
        ("theta_d_k", Parameter(-5, "x"), "theta_d_k = -5 K is impossible; it must be positive"),
        ("theta_d_k", Parameter(0, "x"), "must be positive"),
        ("mu_star", Parameter(-0.1, "x"), "must be not negative"),
        ("tc_k", Parameter(math.nan, "x"), "not a finite number"),
        ("gamma", Parameter(2, "x", -1), "error of gamma is -1"),
    ],
)
def test_impossible_parameters_are_refused(name, parameter, message):
    with pytest.raises(InputError, match=message):
        MaterialData("X", **{name: parameter})


def test_data_has_a_unit_and_a_meaning_for_each_parameter():
    assert len(PARAMETERS) > 15
    assert MaterialData.unit("theta_d_k") == "K"
    with pytest.raises(CannotSay, match=r"the Debye temperature of X is not known \(theta_d_k\)"):
        MaterialData("X").need("theta_d_k")
    with pytest.raises(InputError, match="reference pressure"):
        MaterialData("X", stable_gpa=(10.0, 20.0))


def test_names_are_found_and_unknown_ones_listed():
    assert rival("Allen-Dynes").name == "allen_dynes"
    assert len({t.name for t in RIVALS}) == len(RIVALS) == 6
    assert all(t.references and t.title for t in RIVALS)
    with pytest.raises(
        InputError, match=r"unknown theory 'phlogiston'; known: drude, .*eliashberg"
    ):
        rival("phlogiston")


@pytest.mark.parametrize("name", ["allen_dynes", "mcmillan"])
def test_eliashberg_stands_beside_formulas_at_strong_coupling(name):
    """Lanthanum decahydride: 191 K was shown alone, without the strong-coupling factor."""
    hydride = replace(METAL, lambda_ep=known(2.67), omega_log_k=known(1119), mu_star=known(0.10))
    strong = rival(name).answer(hydride, 0.0, 300.0).tc_k
    assert strong.beside is not None
    exact = Eliashberg().answer(hydride, 0.0, 300.0).tc_k
    assert exact.beside is None
    assert strong.beside.value == pytest.approx(exact.value, rel=2e-3)
    assert exact.value == pytest.approx(230, rel=0.01)
    if name == "allen_dynes":
        assert strong.value == pytest.approx(227, abs=0.5)
    # Squeezed, lambda falls: what counts is lambda at the volume.
    weak = rival(name).answer(replace(hydride, lambda_ep=known(1.51)), 30.0, 300.0).tc_k
    assert weak.beside is None
    assert rival(name).answer(METAL, 0.0, 300.0).tc_k.beside is None
