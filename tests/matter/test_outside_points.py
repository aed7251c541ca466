"""Single numbers of works that the tables were not made from: quantum solids, sodium, lime."""

from __future__ import annotations

import numpy as np
import pytest

from isotunnel.matter import material, solid_state, solid_volume
from isotunnel.matter.state import AVOGADRO_EV_TO_J_MOL

CM3_MOL_TO_ANGSTROM3 = 1.0 / 0.602214076


def eos_of(name):
    return material(name).phases[0].eos


def test_hydrogen_volume_at_freezing():
    """Hazen et al., Phys. Rev. B 36, 3944 (1987): 26.55(5) angstrom^3 for two H2, 5.40 GPa, 300 K.

    The isotherm's parameters are of grade D: this is what vouches for them.
    """
    per_molecule = 2.0 * float(solid_volume(eos_of("H2"), 5.40, 300.0))
    assert per_molecule == pytest.approx(26.55 / 2, rel=6e-3)


def test_hydrogen_debye_temperature_without_pressure():
    """122 K, specific heat of solid H2 (J. Low Temp. Phys., doi 10.1007/BF00630911).

    At 23.234 cm3/mol (constant-volume heat capacity of parahydrogen); the table comes from three
    smaller volumes of a third work.
    """
    vibrations = eos_of("H2").vibrations
    volume = 23.234 * CM3_MOL_TO_ANGSTROM3 / 2.0
    assert float(vibrations.debye_temperature(volume)) == pytest.approx(122.0, rel=0.03)


def test_helium_grueneisen_parameter():
    """hcp 3He: 2.6 to 2.0 from 19.05 to 11.42 cm3/mol (abstract of its heat capacity).

    Another work finds the same reduced curves for 3He and 4He.
    """
    vibrations = eos_of("He").vibrations
    volumes = np.array([19.05, 11.42]) * CM3_MOL_TO_ANGSTROM3
    assert vibrations.gruneisen(volumes) == pytest.approx([2.6, 2.0], rel=0.05)


def test_sodium_compression_beyond_its_curve():
    """Transparent sodium is compressed 5.0-fold near 200 GPa (Ma et al. 2009, abstract)."""
    bcc, fcc = (material("Na").phase(name).eos for name in ("bcc", "fcc"))
    loose = float(solid_volume(bcc, 0.0, 300.0))
    # The point it was made to meet: 3.7-fold at 97 GPa; its own figure has one decimal.
    assert loose / float(solid_volume(fcc, 97.0, 300.0)) == pytest.approx(3.7, rel=5e-3)
    dense = float(solid_volume(fcc, 200.0, 300.0, extrapolate=True))
    assert loose / dense == pytest.approx(5.0, rel=0.05)


def test_lime_heat_capacity():
    """38.03 J/mol/K at 240 K (Bodryakov 2015, table 1); its rows of 15 to 50 K made theta."""
    eos = eos_of("CaO")
    volume = solid_volume(eos, 0.0, 240.0)
    found = 2.0 * float(eos.heat_capacity_p(volume, 240.0)) * AVOGADRO_EV_TO_J_MOL
    assert found == pytest.approx(38.03, rel=0.02)


@pytest.mark.parametrize(("name", "linear"), [("LiF", 33.2), ("KCl", 36.6)])
def test_expansion_from_measured_gamma(name, linear):
    """gamma was looked up for these two; the expansion is the handbooks', within 6 %."""
    state = solid_state(name, 0.0, 298.0, phase="B1")
    assert state.thermal_origin == "published"
    assert state.expansion_per_k / 3e-6 == pytest.approx(linear, rel=0.06)


@pytest.mark.parametrize(
    ("name", "fluid"),
    [
        *(("H2", "Hydrogen"), ("He", "Helium"), ("Ne", "Neon")),
        *(("Ar", "Argon"), ("Kr", "Krypton"), ("Xe", "Xenon")),
    ],
)
def test_boiling_and_critical_points_against_reference_equations(name, fluid):
    """Handbook numbers within 0.1 % (boiling) and 0.4 % (critical) of CoolProp's equations."""
    cool = pytest.importorskip("CoolProp.CoolProp")
    m = material(name)
    boiling = cool.PropsSI("T", "P", 101325.0, "Q", 0, fluid)
    assert m.boiling_k == pytest.approx(boiling, rel=1e-3)
    assert m.critical_k == pytest.approx(cool.PropsSI("Tcrit", fluid), rel=4e-3)
    assert m.critical_gpa == pytest.approx(cool.PropsSI("pcrit", fluid) * 1e-9, rel=8e-3)
    if m.melting_k is not None:
        assert m.melting_k == pytest.approx(cool.PropsSI("Ttriple", fluid), rel=4e-3)
