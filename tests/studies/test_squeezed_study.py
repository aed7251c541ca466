"""Squeezed atoms against measurement: signs, orders and what is refused."""

from __future__ import annotations

from itertools import pairwise

import pytest

from isotunnel.errors import InputError
from isotunnel.matter import material
from isotunnel.studies.squeezed import squeeze_study, squeezed_elements, work_of_squeezing_ev


def test_what_pushes_pushes_and_what_pulls_pulls():
    gases = squeeze_study().gases
    assert len(gases) >= 10
    for g in gases:
        assert g.cost_ev > 0
        assert g.dispersion_ev < 0
        assert g.dispersion_gpa < 0
        assert g.static_gpa < g.asked_gpa
        assert abs(g.multipole_ev[0]) < 1e-2 * g.cost_ev
        # Measured pressures lie between PBE alone and all the dispersion on top of it.
        assert g.computed_gpa < g.static_gpa < 1.05 * g.pbe_gpa or g.asked_gpa < 5


def test_cubic_clouds_keep_their_shape():
    for g in squeeze_study().gases:
        if g.structure == "fcc":
            assert g.anisotropy == (0.0, 0.0)
            assert g.quadrupole == 0.0
        else:
            assert g.anisotropy[0] != 0.0


def test_work_is_pressure_times_volume():
    eos = material("Ne").phase("fcc").eos
    low, high = work_of_squeezing_ev(eos, 9.0), work_of_squeezing_ev(eos, 8.0)
    middle = float(eos.static_pressure(8.5)) / 160.2177
    assert high - low == pytest.approx(middle, rel=0.03)


def test_the_lattice_at_rest_pushes_less():
    eos = material("He").phase("hcp").eos
    assert float(eos.static_pressure(5.488)) < float(eos.pressure(5.488, 300.0))
    # Where the isotherm is static, nothing is taken off.
    xenon = material("Xe").phase("fcc").eos
    assert float(xenon.static_pressure(30.0)) == float(xenon.isotherm.pressure(30.0))


def test_hydrogen_keeps_its_molecules_while_their_attraction_fades():
    """Cmca from 150 to 600 GPa: the bond stays, the next molecule nears, the multipoles weaken."""
    rows = [r for r in squeezed_elements(["H2"]).hydrogen if r.phase == "Cmca"]
    rows.sort(key=lambda r: r.asked_gpa)
    assert rows[-1].asked_gpa >= 600
    assert all(0.74 < r.bond_a < 0.80 for r in rows)
    assert all(a.next_a > b.next_a for a, b in pairwise(rows))
    assert rows[-1].quadrupole < 0.5 * rows[0].quadrupole
    assert all(r.gap_ev == 0 for r in rows)


def test_phase_three_has_whole_molecules_that_attract_as_weakly_as_cmca():
    hydrogen = {(r.phase[:4], r.asked_gpa): r for r in squeezed_elements(["H2"]).hydrogen}
    three, cmca = hydrogen["C2/c", 300.0], hydrogen["Cmca", 300.0]
    assert 0.74 < three.bond_a < 0.80 < three.next_a
    assert 0 < three.attraction_ev[0] < cmca.attraction_ev[0] < 0.02


def test_elements_by_name():
    study = squeezed_elements(["helium", "H2"])
    assert {g.symbol for g in study.gases} == {"He"}
    assert not study.metals
    assert study.hydrogen
    with pytest.raises(InputError, match="there are"):
        squeezed_elements(["Qq"])
