"""The tunnel theory in made-up worlds: state, resistivity, Tc, field and current follow from V."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tunnel_world import BETA, K_GPA, K_PRIME, MADE_UP, V0, known, scan, volume

from isotunnel.errors import CannotSay, InputError
from isotunnel.theories import TUNNEL_THEORIES, MaterialData, theory
from isotunnel.theories.tunnel import (
    LinearLaw,
    TunnelTheory,
    carrier_density_m3,
    critical_current_a_cm2,
    critical_field_t,
)

WORLD = scan()


def ks(found=WORLD, **options):
    return TunnelTheory("ks", scans=lambda _material: found, **options)


def same_volume(p, t, other_t):
    """A pressure at which the crystal has at other_t the volume that it has at p and t."""
    wanted = volume(p, t) / (V0 * (1 + BETA * other_t))
    return K_GPA / K_PRIME * (wanted**-K_PRIME - 1)


@settings(max_examples=30, deadline=None)
@given(p=st.floats(0, 10), t=st.floats(0, 900), other=st.floats(0, 900))
def test_isochores_have_one_state_gap_and_resistivity(p, t, other):
    q = same_volume(p, t, other)
    # On the very line of a boundary rounding decides.
    delta = volume(p, t) - 20.4
    assume(q >= 0 and min(abs(delta), abs(delta - ks().limit)) > 1e-6)
    one, two = ks().answer(MADE_UP, p, t), ks().answer(MADE_UP, q, other)
    assert one.state == two.state
    assert one.rho_uohm_cm.cannot_say == two.rho_uohm_cm.cannot_say
    if one.rho_uohm_cm.cannot_say is None:
        assert one.rho_uohm_cm.value == pytest.approx(two.rho_uohm_cm.value, rel=1e-6, abs=1e-9)
    assert one.hc_t.value == pytest.approx(two.hc_t.value, rel=1e-6, abs=1e-6)


def test_the_state_follows_the_gap():
    states = {}
    for p, t in ((0.0, 300.0), (0.0, 0.0), (8.0, 0.0)):
        answer = ks(delta_c=0.5).answer(MADE_UP, p, t)
        delta = volume(p, t) - 20.4
        expected = "superconductor" if delta <= 0 else "metal" if delta <= 0.5 else "insulator"
        assert answer.state == expected
        assert f"{delta:.3g}" in answer.state_reason
        states[answer.state] = answer
    assert set(states) == {"superconductor", "insulator"}
    assert ks(delta_c=2.0).answer(MADE_UP, 0.0, 300.0).state == "metal"
    assert states["superconductor"].rho_uohm_cm.value == 0


def test_small_delta_c_leaves_superconductors_and_insulators_only():
    """Delta_c -> 0: the conducting window between them closes."""
    seen = {ks(delta_c=0.0).answer(MADE_UP, p, 200.0).state for p in np.linspace(0.0, 10.0, 12)}
    assert seen == {"superconductor", "insulator"}
    assert "metal" in {
        ks(delta_c=1.0).answer(MADE_UP, p, 200.0).state for p in np.linspace(0.0, 10.0, 12)
    }


def test_tc_is_where_the_overlap_ends_and_rises_along_an_isochore():
    expected = (20.4 / V0 - 1) / BETA
    tc = ks().answer(MADE_UP, 0.0, 4.0).tc_k
    assert tc.value == pytest.approx(expected, rel=1e-6)
    assert ks().overlap_ev(MADE_UP, 0.0, tc.value).value == pytest.approx(0, abs=1e-9)
    assert ks().overlap_ev(MADE_UP, 0.0, tc.value - 10).value == pytest.approx(10 * BETA * V0)
    assert tc.error is not None
    # Slope of the boundary: kappa_T / beta at constant volume.
    step = 1e-4
    slope = (ks().answer(MADE_UP, step, 4.0).tc_k.value - tc.value) / step
    kappa, beta = 1 / K_GPA, BETA / (1 + BETA * expected)
    assert slope == pytest.approx(kappa / beta, rel=1e-3)
    assert slope > 0


def test_tc_none_and_beyond_are_stated_in_words():
    no_overlap = ks(scan(zero=15.0)).answer(MADE_UP, 0.0, 4.0).tc_k
    assert no_overlap.value == 0
    assert no_overlap.cannot_say is None
    endless = ks(scan(zero=40.0)).answer(MADE_UP, 0.0, 4.0).tc_k
    assert "no volume up to" in endless.cannot_say
    late = ks(scan(zero=V0 * (1 + BETA * 1100))).boundary(MADE_UP, 0.0)
    assert late.kind == "beyond"
    assert "melting at 1000 K" in late.reason
    assert late.as_tc().cannot_say == late.reason


def test_field_and_current_follow_the_overlap_and_vanish_at_tc():
    answer = ks().answer(MADE_UP, 0.0, 0.0)
    w, n = 20.4 - V0, carrier_density_m3(2.0, V0)
    assert answer.hc_t.value == pytest.approx(critical_field_t(w, n))
    assert answer.jc_a_cm2.value == pytest.approx(critical_current_a_cm2(w, n))
    # W falls linearly with T here, so both fall as its square root up to the carriers' thinning.
    tc = answer.tc_k.value
    half = ks().answer(MADE_UP, 0.0, tc / 2).hc_t.value
    assert half == pytest.approx(answer.hc_t.value / math.sqrt(2), rel=0.01)
    warm = ks().answer(MADE_UP, 0.0, tc + 5)
    assert (warm.hc_t.value, warm.jc_a_cm2.value) == (0.0, 0.0)
    poor = ks().answer(replace(MADE_UP, valence_electrons=None), 0.0, 0.0)
    assert "valence_electrons" in poor.hc_t.cannot_say
    assert poor.state == "superconductor"


def test_partial_tunnels_superconduct_along_some_dimensions():
    # Where Delta_3 = 0.35, 1D and 2D tunnels lie 0.5 lower.
    partial = scan(ranks=(-0.5, -0.5, 0.0))
    answer = ks(partial).answer(MADE_UP, 0.0, 190.0)
    assert answer.state == "superconductor"
    assert "in a plane" in answer.state_reason
    assert "zero in a plane only" in answer.rho_uohm_cm.cannot_say
    assert answer.tc_k.value < 190.0
    closed = scan(holes=(1, 2, 3))
    answer = ks(closed).answer(MADE_UP, 0.0, 190.0)
    assert answer.state == "insulator"
    assert "no tunnel of 3 dimensions" in answer.state_reason
    assert "no tunnel spans" in answer.rho_uohm_cm.cannot_say
    assert answer.tc_k.value == 0


def test_linear_resistivity_is_proportional_to_the_gap():
    theory_ = ks(scan(zero=19.0))
    at_reference = theory_.answer(MADE_UP, 0.0, 300.0).rho_uohm_cm
    assert at_reference.value == pytest.approx(5.0)
    assert at_reference.error == pytest.approx(0.1)
    for p, t in ((0.0, 600.0), (1.0, 100.0)):
        rho = theory_.answer(MADE_UP, p, t).rho_uohm_cm
        expected = 5.0 * (volume(p, t) - 19.0) / (volume(0, 300) - 19.0)
        assert rho.value == pytest.approx(expected, rel=1e-6)
        assert rho.error >= 0.02 * rho.value


def test_activated_resistivity_and_its_refusals():
    theory_ = ks(scan(zero=19.9), law="activated")
    cold, warm = (theory_.answer(MADE_UP, 0.0, t).rho_uohm_cm.value for t in (290.0, 310.0))
    boltzmann = 8.617333e-5
    exponents = [(volume(0.0, t) - 19.9) / (2 * boltzmann * t) for t in (290.0, 310.0)]
    assert warm / cold == pytest.approx(math.exp(exponents[1] - exponents[0]), rel=1e-6)
    assert "infinite at T = 0" in theory_.answer(MADE_UP, 0.0, 0.0).rho_uohm_cm.cannot_say
    free = ks(scan(zero=19.0), law="volume").answer(MADE_UP, 0.0, 300.0).rho_uohm_cm
    assert "fit MonotoneLaw" in free.cannot_say
    closed = ks(scan(zero=21.3)).answer(MADE_UP, 0.0, 100.0).rho_uohm_cm
    assert closed.value == 0, "a superconductor by the theory, whatever was measured"
    opened = ks(scan(zero=21.3)).answer(MADE_UP, 0.0, 900.0).rho_uohm_cm
    assert "no constant of it can be found" in opened.cannot_say


def test_fitted_laws_go_before_the_anchor():
    t = np.linspace(50, 900, 20)
    v = volume(0.0, t)
    law = LinearLaw().fit(v, t, 3.0 * (v - 18.0), errors=0.05)
    theory_ = ks(scan(zero=19.0), fitted={"made-up": law})
    rho = theory_.answer(MADE_UP, 0.0, 400.0).rho_uohm_cm
    assert rho.value == pytest.approx(3.0 * (volume(0.0, 400.0) - 18.0))
    assert 0 < rho.error < 0.1


def test_errors_spread_over_state_and_tc():
    vague = replace(MADE_UP, volume_per_atom_a3=known(volume(0.0, 300.0), 0.2))
    sure, unsure = (ks().answer(m, 0.0, 190.0) for m in (MADE_UP, vague))
    assert sure.confidence > 0.99 > unsure.confidence > 0.5
    assert unsure.tc_k.error > 3 * sure.tc_k.error
    # 0.2 of 20 angstrom^3 at an expansion of 2e-4 per kelvin is some 50 K.
    assert unsure.tc_k.error == pytest.approx(0.2 / (V0 * BETA), rel=0.3)


def test_a_volume_without_an_error_leaves_the_gap_s_unknown():
    """It counted as exact, so that states were certain."""
    vague = replace(MADE_UP, volume_per_atom_a3=known(volume(0.0, 300.0)))
    answer = ks().answer(vague, 0.0, 190.0)
    assert answer.state is not None
    assert answer.confidence is None
    gap = next(u for u in answer.used if u.name == "gap_3d")
    assert gap.error is None


def test_volumes_beyond_the_scan_are_carried_on_with_their_change_as_error():
    small = scan(slope=1.0, zero=10.0)
    inside = ks(small).gaps(MADE_UP, 0.0, 0.0)
    assert not inside.extrapolated
    dense = ks(small, beyond=0.2).answer(MADE_UP, 60.0, 0.0)
    assert any("beyond the scan" in note for note in dense.notes)
    gap = next(u for u in dense.used if u.name == "gap_3d")
    end = float(small.volumes_a3.min())
    assert gap.error >= 0.99 * abs(gap.value - (end - 10.0))
    refused = ks(small, beyond=0.0).answer(MADE_UP, 60.0, 0.0)
    assert refused.state is None
    assert "lies below" in refused.state_reason


def test_gaps_without_energy_give_states_but_no_energies():
    world = scan(reading="elf", unit="1")
    answer = TunnelTheory("elf", scans=lambda _m: world).answer(MADE_UP, 0.0, 0.0)
    assert answer.state == "superconductor"
    assert "is no energy" in answer.hc_t.cannot_say
    assert answer.tc_k.value > 0
    band = scan(reading="band", zero=30.0)
    blind = TunnelTheory("band", scans=lambda _m: band).answer(MADE_UP, 0.0, 0.0)
    assert blind.state == "metal"
    assert "cannot tell a superconductor" in blind.tc_k.cannot_say


@pytest.mark.parametrize("theory_", TUNNEL_THEORIES, ids=lambda t: t.name)
@pytest.mark.parametrize(("p", "t"), [(-1, 300), (0, -1), (math.nan, 300), (0, math.inf)])
def test_impossible_conditions_are_refused_by_every_reading(theory_, p, t):
    with pytest.raises(InputError, match="impossible; it must be zero or positive"):
        theory_.answer(MADE_UP, p, t)


@pytest.mark.parametrize("theory_", TUNNEL_THEORIES, ids=lambda t: t.name)
def test_unknown_materials_get_reasons(theory_):
    answer = theory_.answer(MaterialData("unobtainium"), 0.0, 300.0)
    assert answer.state is None
    assert "unobtainium" in answer.state_reason
    for name in ("rho_uohm_cm", "tc_k", "hc_t", "hc2_t", "jc_a_cm2"):
        assert getattr(answer, name).cannot_say
    assert "NaN" not in json.dumps(answer.as_dict(), allow_nan=False)
    assert theory_.references[0].citation
    assert theory(theory_.name.replace("-", "_")) is theory_


def test_without_an_equation_of_state_the_scan_gives_the_volume():
    """Sodium's transparent phase: only DFT's volumes are known."""
    phase = MaterialData("Na (hP4)", reference_pressure_gpa=320.0, stable_gpa=(160.0, 400.0))
    answer = theory("tunnel-band").answer(phase, 300.0, 10.0)
    volume_used = next(u for u in answer.used if u.name == "volume_per_atom_a3")
    assert "DFT volume" in volume_used.source
    assert answer.state == "insulator"
    outside = theory("tunnel-band").answer(phase, 390.0, 10.0)
    assert outside.state is None
    assert "runs from 160 to 320 GPa" in outside.state_reason


def test_the_other_close_packing_stands_in_and_says_so():
    answer = theory("tunnel-ks").answer(MaterialData("Xe (hcp)"), 100.0, 300.0)
    assert answer.state is not None
    assert any("other close packing" in note for note in answer.notes)
    other = theory("tunnel-ks").answer(MaterialData("Na (cI16)"), 100.0, 300.0)
    assert "no scan of Na (cI16) in the atlas; of Na it has the phase of" in other.state_reason


def test_a_reading_of_the_users_own():
    from isotunnel.levels import FieldReading, register_reading, unregister_reading

    register_reading(
        FieldReading(
            name="mine", title="mine", kind="potential", unit="eV",
            valence=lambda _s: 0.0, delta_c=0.3, delta_c_reason="made up",
        )
    )  # fmt: skip
    try:
        world = scan(reading="mine")
        answer = TunnelTheory("mine", scans=lambda _m: world).answer(MADE_UP, 0.0, 0.0)
    finally:
        unregister_reading("mine")
    assert (answer.theory, answer.state) == ("tunnel-mine", "superconductor")
    assert next(u for u in answer.used if u.name == "delta_c").value == 0.3


def test_a_liquid_and_another_phase_are_beyond_it():
    assert "liquid" in ks().answer(MADE_UP, 0.0, 1001.0).state_reason
    narrow = replace(MADE_UP, stable_gpa=(0.0, 3.0))
    assert "outside" in ks().answer(narrow, 5.0, 10.0).state_reason


def test_bad_options_and_names_are_reported():
    with pytest.raises(InputError, match="known: linear, activated, volume"):
        TunnelTheory(law="cubic")
    with pytest.raises(InputError, match="at least 0"):
        TunnelTheory(delta_c=-1.0)
    with pytest.raises(InputError, match=r"known: tunnel-ks.*drude"):
        theory("phlogiston")
    with pytest.raises(CannotSay, match="no scan of unobtainium"):
        TunnelTheory().gaps(MaterialData("unobtainium"), 0.0, 0.0)
    with pytest.raises(InputError, match="no reading 'phlogiston'"):
        TunnelTheory("phlogiston", scans=lambda _m: WORLD).answer(MADE_UP, 0.0, 0.0)
