"""Conventional phases: melting, boiling, transitions, and refusals in one line."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.errors import CannotSay, InputError, MissingExtraError
from isotunnel.matter import (
    MeltingCurve,
    material,
    materials,
    melting_temperature,
    phase_at,
    reference_vapour_pressure,
    solid_at,
    solid_state,
    stable_solid,
    vapour_pressure,
    volume,
)
from isotunnel.plain import plain

NAMES = [m.name for m in materials()]


@pytest.mark.parametrize(
    ("name", "pressure", "temperature", "phase", "solid"),
    [
        ("Al", 0, 300, "solid", "fcc"),
        ("Al", 0, 1000, "liquid", None),
        ("Al", 0, 3000, "gas", None),
        ("He", 0, 1, "liquid", None),
        ("He", 0, 5, "gas", None),
        ("He", 0.01, 1, "solid", "hcp"),
        ("He", 12.5, 297, "solid", "hcp"),
        ("He", 11.0, 297, "supercritical", None),
        ("H2", 0, 300, "gas", None),
        ("H2", 5.8, 300, "solid", "I"),
        ("H2", 4.9, 300, "supercritical", None),
        ("H2", 250, 300, "solid", "IV"),
        ("Fe", 0, 300, "solid", "bcc"),
        ("Fe", 0, 1300, "solid", "fcc"),
        ("Fe", 50, 300, "solid", "hcp"),
        ("Fe", 50, 5000, "liquid", None),
        ("Na", 118, 400, "liquid", None),
        ("Na", 20, 400, "solid", "bcc"),
        ("Si", 20, 300, "solid", "V"),
        ("Pb", 20, 5, "solid", "hcp"),
        ("Xe", 0, 100, "solid", "fcc"),
        ("Xe", 100, 300, "solid", "hcp"),
        ("H3S", 200, 200, "solid", "Im-3m"),
        ("H3S", 200, 3000, "unknown", None),
        ("NaCl", 50, 300, "solid", "B2"),
        ("S", 160, 17, "solid", "V"),
        ("Ar", 0.02, 300, "supercritical", None),
    ],
)
def test_known_points(name, pressure, temperature, phase, solid):
    answer = phase_at(name, pressure, temperature)
    assert (answer.phase, answer.solid) == (phase, solid), answer
    assert answer.reason


@given(st.sampled_from(NAMES), st.floats(0, 1000), st.floats(0, 20000))
def test_every_point_has_an_answer(name, pressure, temperature):
    answer = phase_at(name, pressure, temperature)
    assert answer.phase in {"solid", "liquid", "gas", "supercritical", "unknown"}
    assert (answer.solid is not None) == (answer.phase == "solid")


@pytest.mark.parametrize("name", NAMES)
def test_heating_never_refreezes(name):
    order = {"solid": 0, "liquid": 1, "supercritical": 2, "gas": 2}
    for p in (0.0, 1e-3, 2.0):
        seen = [phase_at(name, p, t).phase for t in np.geomspace(1, 12000, 40)]
        ranks = [order[s] for s in seen if s != "unknown"]
        assert ranks == sorted(ranks), (name, p)


def test_measured_melting_points():
    """Points of works other than the curves' own."""
    # Pinceaux, Maury & Besson, Science 206, 1073 (1979): 11.5 GPa at 297.15 K.
    assert melting_temperature("He", 11.5).temperature_k == pytest.approx(297.15, rel=0.03)
    # Inner-core boundary of the iron branch, Anzellini et al. (2013): 6230 K at 330 GPa.
    iron = melting_temperature("Fe", 330.0)
    assert iron.kind == "extrapolated"
    assert iron.temperature_k == pytest.approx(6230, rel=0.01)
    # Eremets & Trojan, JETP Lett. 89, 174 (2009): 1050(60) K at 106 GPa.
    assert melting_temperature("H2", 106.0).temperature_k == pytest.approx(1050, abs=100)
    # Nickel: 28 K/GPa at first (experiment quoted by Pozzo & Alfe (2013)); Lindemann is rough.
    nickel = melting_temperature("Ni", 1.0)
    assert nickel.kind == "estimate"
    assert nickel.temperature_k - melting_temperature("Ni", 0.0).temperature_k == pytest.approx(
        28, rel=0.4
    )


@pytest.mark.parametrize("name", [m.name for m in materials() if m.melting])
def test_an_estimate_begins_where_the_extrapolation_ends(name):
    """A jump down would melt on squeezing what the rule knows only to rise."""
    joins = []
    for p in np.geomspace(1e-3, 990, 4000):
        try:
            point = melting_temperature(name, float(p))
        except CannotSay:
            continue
        if point.kind == "estimate":
            joins.append((p, point))
    if not joins:
        return
    p, first = joins[0]
    before = melting_temperature(name, float(p / 1.004))
    assert before.kind == "extrapolated"
    assert first.temperature_k == pytest.approx(before.temperature_k, rel=0.01)


def test_xenon_s_estimate_joins_its_curve():
    kinds = {p: melting_temperature("Xe", p).kind for p in (0.1, 1.0, 1.6)}
    assert list(kinds.values()) == ["measured", "extrapolated", "estimate"]
    # Reported 3000 K at 30 GPa (see the curve's note): the estimate is low, but by less than half.
    assert 1800 < melting_temperature("Xe", 30.0).temperature_k < 3000


@pytest.mark.parametrize("name", [m.name for m in materials() if m.melting])
def test_melting_curves_are_continuous(name):
    m = material(name)
    first = m.melting[0]
    if m.melting_k and first.p_min_gpa == 0:
        assert float(first.temperature(0.0)) == pytest.approx(m.melting_k, rel=5e-3)
    for before, after in zip(m.melting, m.melting[1:], strict=False):
        assert before.p_max_gpa == after.p_min_gpa
        here = before.p_max_gpa
        assert before.temperature(here) == pytest.approx(float(after.temperature(here)), rel=2e-3)


def test_sodium_kechin_curve_meets_its_points():
    (curve,) = material("Na").melting
    assert curve.highest == (pytest.approx(31.0, rel=1e-4), pytest.approx(1000.0, rel=1e-4))
    assert float(curve.temperature(118.0)) == pytest.approx(300.0, rel=1e-3)


def test_simon_is_kechin_without_damping():
    simon = MeltingCurve("simon", 300.0, 0.0, 2.0, 0.0, 1.6)
    kechin = MeltingCurve("kechin", 300.0, 0.0, 2.0, 1 / 1.6, 0.0)
    p = np.linspace(0, 50, 7)
    assert simon.temperature(p) == pytest.approx(kechin.temperature(p))
    assert simon.highest[0] == np.inf
    assert np.isnan(simon.temperature(-3.0))


@pytest.mark.parametrize("name", ["H2", "He", "Ne", "Ar", "Kr", "Xe"])
def test_vapour_line_against_reference_equations(name):
    """Straight line through two points: within 12 % between them (CoolProp)."""
    pytest.importorskip("CoolProp")
    m = material(name)
    for share in (0.1, 0.5, 0.9):
        t = m.boiling_k + share * (m.critical_k - m.boiling_k)
        assert vapour_pressure(m, t) == pytest.approx(reference_vapour_pressure(m, t), rel=0.12)


def test_vapour_line_meets_its_points():
    argon = material("Ar")
    assert vapour_pressure(argon, argon.boiling_k) == pytest.approx(1.01325e-4)
    assert vapour_pressure(argon, argon.critical_k) == pytest.approx(argon.critical_gpa)
    assert vapour_pressure(argon, 0.0) == 0.0
    # CRC: mercury-like metals aside, tungsten boils far hotter than iron at equal pressure.
    assert vapour_pressure(material("W"), 4000.0) < vapour_pressure(material("Fe"), 4000.0)


def test_without_coolprop(monkeypatch):
    import isotunnel.matter.vapour as module

    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(module, "import_module", absent)
    with pytest.raises(MissingExtraError, match=r"isotunnel\[fluids\]"):
        reference_vapour_pressure(material("Ar"), 100.0)


def test_transitions_and_volume_agree():
    lead = material("Pb")
    boundary, upper = lead.transitions
    assert solid_at(lead, 12.9, 300.0) == "fcc"
    assert solid_at(lead, 13.1, 300.0) == "hcp"
    loose, dense = volume("Pb", [13.0 - 1e-3, 13.0 + 1e-3], 300.0)
    assert loose > dense
    assert boundary.pressure_at(300.0) == 13.0
    assert stable_solid("Pb", 50.0, 300.0).name == "hcp"
    assert stable_solid("Pb", 115.0, 300.0).name == upper.to_phase == "bcc"


# Points within fields that abstracts name: (substance, GPa, K, phase there).
FIELDS = [
    *(("Li", p, 100.0, s) for p, s in [(5, "bcc"), (20, "fcc"), (50, "cI16"), (70, "oC88")]),
    *(("Li", p, 100.0, s) for p, s in [(100, "oC40"), (130, "oC24")]),
    *(("Na", p, 250.0, s) for p, s in [(60, "bcc"), (90, "fcc"), (108, "cI16"), (120, "oP8")]),
    *(("Na", p, 300.0, s) for p, s in [(147, "tI19"), (250, "hP4")]),
    *(("Cs", p, 300.0, s) for p, s in [(2, "bcc"), (4.1, "fcc"), (4.25, "oC84"), (8, "tI4")]),
    *(("Ba", p, 300.0, s) for p, s in [(2, "bcc"), (8, "hcp"), (19, "IV"), (60, "V")]),
    *(("Si", p, 300.0, s) for p, s in [(10, "I"), (14, "II"), (33.3, "V"), (43.5, "VI")]),
    *(("Si", p, 300.0, s) for p, s in [(46.0, "VI"), (48.6, "VII"), (100, "X")]),
    *(("Ge", p, 300.0, s) for p, s in [(9, "A4"), (50, "beta-Sn"), (80, "Imma"), (120, "sh")]),
    *(("H2", p, 300.0, s) for p, s in [(100, "I"), (220, "III"), (300, "IV"), (388, "V")]),
    *(("H3S", p, 300.0, s) for p, s in [(50, "Cccm"), (100, "R3m"), (160, "Im-3m")]),
    *(("S", p, 300.0, s) for p, s in [(3, "I"), (101, "IV"), (200, "V")]),
    *(("Fe", p, 300.0, s) for p, s in [(8, "bcc"), (20, "hcp")]),
]


@pytest.mark.parametrize(("name", "pressure", "temperature", "phase"), FIELDS)
def test_solids_lie_in_their_fields(name, pressure, temperature, phase):
    assert solid_at(name, pressure, temperature) == phase


def test_transitions_make_chains():
    """Rising pressure at 300 K never comes back to a phase it left."""
    for m in materials():
        seen = [solid_at(m, p, 300.0) for p in np.linspace(0.0, 400.0, 1601)]
        kept = [s for i, s in enumerate(seen) if i == 0 or s != seen[i - 1]]
        assert len(kept) == len(set(kept)), (m.name, kept)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("Cu", 200, 300), InputError, "200 GPa is outside the fitted range of 0 to 153 GPa"),
        (("Cu", 10, -5), InputError, "-5 K is negative"),
        (("Cu", -1, 300), InputError, "-1 GPa is negative"),
        (("Cu", 5000, 300), InputError, "above 1000 GPa"),
        (("Cu", float("nan"), 300), InputError, "finite"),
        (("Cu", 10, float("nan")), InputError, "finite"),
        (("unobtainium", 10, 300), InputError, "unknown material 'unobtainium'"),
        (("Cu", 0, 2000), CannotSay, "Cu at 0 GPa and 2000 K is liquid"),
        (("Na", 110, 200), InputError, "no equation of state for the phase 'cI16'"),
        (("Pt", 0, 1900), InputError, "above 1873 K"),
    ],
)
def test_refusals(arguments, error, message):
    with pytest.raises(error) as refusal:
        solid_state(*arguments)
    assert message in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_heat_that_drives_the_solid_apart():
    with pytest.raises(InputError, match="no stable solid volume at 0 GPa and 298 K"):
        volume("Xe", 0.0, 298.0, phase="fcc")


def test_extrapolation_is_a_choice():
    assert volume("Cu", 300.0, 300.0, extrapolate=True) < volume("Cu", 153.0, 300.0)
    assert volume("Au", 1000.0, 300.0) > 0


def test_states_are_plain_values():
    state = solid_state("Al", 20.0, 300.0)
    assert state.phase == "fcc"
    assert state.bulk_modulus_s_gpa > state.bulk_modulus_gpa > 74.3
    json.dumps(plain(state), allow_nan=False)
