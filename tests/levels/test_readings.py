"""Laws of the readings: definitions, signs, units, and honest refusals."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pytest
from ase import Atoms
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.engines.base import ElectronicStructure
from isotunnel.errors import CannotSay, InputError
from isotunnel.fields.field import Field
from isotunnel.levels import (
    FieldReading,
    LiftingGap,
    Reading,
    State,
    evaluate,
    evaluate_all,
    evaluate_first,
    get_reading,
    readings,
    register_reading,
    unregister_reading,
)
from isotunnel.levels.barrier import tunnelling_barrier
from isotunnel.schemas import analysis, document

NAN = math.nan
KINDS = {"potential": "below", "electrostatic": "below", "density": "above", "elf": "above"}


@dataclass(frozen=True)
class Found:
    thresholds: np.ndarray
    side: str
    thresholds_error: np.ndarray


def found(thresholds, side="below", error=0.01):
    return Found(np.array(thresholds, float), side, np.full(3, error))


def structure(engine="gpaw", kinds=tuple(KINDS), **quantities):
    atoms = Atoms("H", cell=(2, 2, 2), pbc=True)
    fields = {
        kind: Field.from_array(np.linspace(0.01, 0.9, 8).reshape(2, 2, 2), atoms.cell.array, kind)
        for kind in kinds
    }
    return ElectronicStructure(atoms=atoms, engine=engine, fields=fields, **quantities)


FULL = {
    "fermi_ev": 2.0,
    "vbm_ev": 1.5,
    "cbm_ev": 2.5,
    "band_gap_ev": 1.0,
    "atomic_level_ev": -6.0,
    "valence_density": 0.05,
}
TUNNELS = {
    "potential": found((-3.0, 1.0, 2.0)),
    "electrostatic": found((1.0, 3.0, 6.0)),
    "density": found((0.5, 0.05, 0.01), "above", 0.001),
    "elf": found((0.9, 0.6, 0.3), "above"),
}


def test_the_six_readings_of_the_theory_are_there_in_order():
    names = [reading.name for reading in readings()]
    assert names[:6] == ["ks", "atomic", "electrostatic", "density", "elf", "band"]
    for reading in readings():
        assert isinstance(reading, Reading)
        assert get_reading(reading.name) is reading
        assert reading.unit in {"eV", "1"}
        assert len(reading.delta_c_reason) > 20
        assert reading.title


@pytest.mark.parametrize(
    ("name", "engine", "expected"),
    [
        ("ks", "gpaw", (-4.5, -0.5, 0.5)),
        ("electrostatic", "gpaw", (-0.5, 1.5, 4.5)),
        ("density", "gpaw", (math.log(0.1), 0.0, math.log(5))),
        ("elf", "gpaw", (-0.4, -0.1, 0.2)),
        ("band", "gpaw", (1.0, 1.0, 1.0)),
    ],
)
def test_gaps_follow_their_definition(name, engine, expected):
    gap = evaluate(get_reading(name), structure(engine, **FULL), TUNNELS)
    assert gap.answered
    np.testing.assert_allclose(gap.gaps, expected, atol=1e-12)
    np.testing.assert_allclose(gap.gaps, gap.tunnel_levels - gap.valence_level, atol=1e-9)
    assert gap.engine == engine
    assert gap.dimensions == 3


def test_the_atomic_reading_counts_only_tunnels_below_the_vacuum():
    gap = evaluate(get_reading("atomic"), structure("procrystal", **FULL), TUNNELS)
    np.testing.assert_allclose(gap.gaps, (3.0, NAN, NAN))
    np.testing.assert_allclose(gap.tunnel_levels, (-3, 1, 2))
    assert gap.escape_level == 0
    assert gap.dimensions == 1
    assert gap.state.state is State.INSULATING
    assert "escape" in gap.note


def test_a_closed_crystal_is_an_insulator():
    nothing = {"potential": found((NAN, NAN, NAN))}
    gap = evaluate(get_reading("ks"), structure(**FULL), nothing)
    assert gap.state.state is State.INSULATING
    assert gap.dimensions == 0
    assert gap.answered
    assert np.isnan(gap.gaps).all()


@given(
    st.lists(st.floats(1e-6, 50), min_size=3, max_size=3),
    st.floats(1e-5, 1.0),
    st.floats(0.1, 10),
)
def test_density_gap_is_a_ratio(thresholds, valence, factor):
    """Scaling all densities changes nothing; the error is the relative one."""
    ordered = np.sort(thresholds)[::-1]
    quantities = structure(valence_density=valence)
    scaled = structure(valence_density=valence * factor)
    reading = get_reading("density")
    one = evaluate(reading, quantities, {"density": found(ordered, "above", 1e-7)})
    other = evaluate(reading, scaled, {"density": found(ordered * factor, "above", 1e-7 * factor)})
    np.testing.assert_allclose(one.gaps, other.gaps, atol=1e-8)
    np.testing.assert_allclose(one.errors, 1e-7 / ordered)
    assert (np.diff(one.gaps) >= 0).all()


@given(st.floats(-20, 20), st.lists(st.floats(-20, 20), min_size=3, max_size=3))
def test_a_shift_of_the_energy_zero_changes_no_gap(shift, thresholds):
    levels = np.sort(thresholds)
    for name, kind in (("ks", "potential"), ("electrostatic", "electrostatic")):
        reading = get_reading(name)
        one = evaluate(reading, structure(fermi_ev=1.0), {kind: found(levels)})
        other = evaluate(reading, structure(fermi_ev=1.0 + shift), {kind: found(levels + shift)})
        np.testing.assert_allclose(one.gaps, other.gaps, atol=1e-8)
        assert np.isfinite(one.gaps).all()


def test_ks_prefers_the_band_edge_to_the_fermi_level():
    insulator = structure(fermi_ev=2.0, vbm_ev=1.0, band_gap_ev=2.0)
    metal = structure(fermi_ev=2.0)
    reading = get_reading("ks")
    assert evaluate(reading, insulator, TUNNELS).valence_level == 1.0
    assert evaluate(reading, metal, TUNNELS).valence_level == 2.0


def test_band_reading_calls_a_metal_conducting_not_superconducting():
    metal = structure(fermi_ev=3.3, vbm_ev=3.3, cbm_ev=3.3, band_gap_ev=0.0)
    gap = evaluate(get_reading("band"), metal, {})
    np.testing.assert_array_equal(gap.gaps, 0.0)
    assert str(gap.state) == "conducting"
    assert "cannot tell a superconductor" in gap.note
    wide = evaluate(get_reading("band"), structure(vbm_ev=0.0, band_gap_ev=5.0), {})
    assert wide.state.state is State.INSULATING


@pytest.mark.parametrize(
    ("name", "made", "tunnels", "reason"),
    [
        ("ks", structure("procrystal"), TUNNELS, "procrystal engine gives no Fermi level"),
        ("atomic", structure("gpaw", **FULL), TUNNELS, "needs the procrystal engine, not gpaw"),
        ("atomic", structure("procrystal"), TUNNELS, "no free-atom level"),
        ("elf", structure(kinds=("potential",)), TUNNELS, "gives no elf field"),
        ("elf", structure(), {}, "no tunnels were looked for in the elf field"),
        ("elf", structure(), {"elf": found((1, 1, 1), "below")}, "needs them above"),
        ("density", structure(), TUNNELS, "no valence density"),
        ("density", structure(valence_density=0.0), TUNNELS, "not positive"),
        ("band", structure(fermi_ev=1.0), TUNNELS, "no band gap"),
        ("ks", structure(fermi_ev=NAN), TUNNELS, "not a finite number"),
    ],
)
def test_refusals_tell_the_reason(name, made, tunnels, reason):
    gap = evaluate(get_reading(name), made, tunnels)
    assert not gap.answered
    assert reason in gap.cannot_say
    assert gap.state is None
    assert np.isnan(gap.gaps).all()


def test_engine_reasons_are_passed_on():
    made = replace(structure("procrystal"), cannot_say={"fermi_ev": "free atoms have no bands"})
    assert "free atoms have no bands" in evaluate(get_reading("ks"), made, TUNNELS).cannot_say


def test_each_reading_takes_the_first_result_that_can_serve():
    dft = structure("gpaw", fermi_ev=2.0, vbm_ev=2.0, band_gap_ev=0.0)
    free = structure(
        "procrystal",
        kinds=("potential", "electrostatic", "density"),
        atomic_level_ev=-6.0,
        valence_density=0.05,
    )
    gaps = {g.reading: g for g in evaluate_all([(dft, TUNNELS), (free, TUNNELS)])}
    served = {name: gap.engine for name, gap in gaps.items()}
    assert served == {
        "ks": "gpaw",
        "atomic": "procrystal",
        "electrostatic": "gpaw",
        "density": "procrystal",
        "elf": "gpaw",
        "band": "gpaw",
    }
    alone = {g.reading: g for g in evaluate_all([(free, TUNNELS)])}
    assert {n for n, g in alone.items() if g.answered} == {"atomic", "density"}


def test_all_reasons_are_reported_where_none_can_serve():
    two = [(structure("gpaw", kinds=()), {}), (structure("procrystal", kinds=()), {})]
    gap = evaluate_first(get_reading("elf"), two)
    assert "gpaw" in gap.cannot_say
    assert "procrystal" in gap.cannot_say
    assert not evaluate_first(get_reading("elf"), []).answered


def test_a_reading_of_your_own_in_a_few_lines():
    register_reading(
        FieldReading(
            name="ks-hot",
            title="half an electronvolt above the Fermi level",
            kind="potential",
            unit="eV",
            valence=lambda made: made.require("fermi_ev") + 0.5,
            delta_c=1.0,
            delta_c_reason="a test's choice, nothing more",
        )
    )
    try:
        gaps = {g.reading: g for g in evaluate_all([(structure(**FULL), TUNNELS)])}
        np.testing.assert_allclose(gaps["ks-hot"].gaps, (-5.5, -1.5, -0.5))
        with pytest.raises(InputError, match="registered already"):
            register_reading(get_reading("ks-hot"))
    finally:
        unregister_reading("ks-hot")
    with pytest.raises(InputError, match="unknown reading 'ks-hot'; known readings: ks, atomic"):
        get_reading("ks-hot")


def test_a_replaced_reading_comes_back():
    original = get_reading("elf")
    register_reading(replace(original, delta_c=0.4), replace=True)
    try:
        assert get_reading("elf").delta_c == 0.4
        assert [r.name for r in readings()][4] == "elf"
    finally:
        unregister_reading("elf")
    assert get_reading("elf") is original
    with pytest.raises(InputError, match="no reading named"):
        unregister_reading("elf")


@pytest.mark.parametrize("name", ["", "  ", None])
def test_a_reading_needs_a_name(name):
    nameless = FieldReading(
        name=name,
        title="",
        kind="potential",
        unit="eV",
        valence=lambda _structure: 0.0,
        delta_c=1.0,
        delta_c_reason="made up",
    )
    with pytest.raises(InputError, match="needs a name"):
        register_reading(nameless)


def test_nonsense_is_not_registered():
    with pytest.raises(InputError, match="is no reading"):
        register_reading("elf")
    with pytest.raises(InputError, match="delta_c must be"):
        register_reading(replace(get_reading("elf"), name="bad", delta_c=-1.0))
    with pytest.raises(InputError, match="registered already"):
        register_reading(get_reading("ks"))


def test_a_failing_reading_of_the_user_ends_nothing():
    def slip(_made):
        raise ZeroDivisionError("oh")

    broken = replace(get_reading("ks"), name="broken", valence=slip)
    (gap,) = evaluate_all([(structure(**FULL), TUNNELS)], readings=[broken])
    assert gap.cannot_say == "the reading failed with ZeroDivisionError: oh"

    def refuse(_made):
        raise CannotSay("not today")

    refusing = replace(broken, valence=refuse)
    assert evaluate(refusing, structure(**FULL), TUNNELS).cannot_say == "not today"


def test_delta_c_decides_between_conductor_and_insulator():
    crystal = [(structure(**FULL), {"potential": found((2.0, 2.0, 2.0))})]
    for limit, expected in ((0.4, State.INSULATING), (0.6, State.CONDUCTING)):
        (gap,) = evaluate_all(crystal, readings=[get_reading("ks")], delta_c={"ks": limit})
        assert gap.state.state is expected
        assert gap.delta_c == limit
    with pytest.raises(InputError, match="delta_c"):
        evaluate_all(crystal, delta_c={"ks": -1.0})


def test_results_are_plain_in_json_and_read_only():
    import json

    for gap in evaluate_all([(structure(**FULL), TUNNELS)]):
        assert isinstance(gap, LiftingGap)
        text = json.dumps(document(analysis.Reading, gap), allow_nan=False)
        assert set(json.loads(text)["gaps"]) == {"1", "2", "3"}
        with pytest.raises(ValueError, match="read-only"):
            gap.gaps[0] = 1.0


def test_the_default_barrier_is_passed_with_probability_one_over_e():
    # hbar^2 / 2m = 3.80998 eV angstrom^2 (CODATA 2018).
    assert tunnelling_barrier(1.0) == pytest.approx(3.80998 / 4, rel=1e-5)
    decay = 2 * 2.0 * math.sqrt(tunnelling_barrier(2.0) / 3.80998)
    assert decay == pytest.approx(1.0, rel=1e-5)
