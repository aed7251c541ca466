"""Simple metals of the table in a sea of electrons."""

from __future__ import annotations

import json

import pytest

from isotunnel.bonding.electron_sea import predict
from isotunnel.errors import CannotSay, InputError
from isotunnel.plain import plain
from isotunnel.studies.electron_sea import madelung_of, sea_metal, sea_study


@pytest.fixture(scope="module")
def study():
    return sea_study()


def test_every_metal_is_used_or_dropped_with_a_reason(study):
    assert len(study.metals) >= 12
    used = {m.element for m in study.metals}
    assert not used & {d.label for d in study.dropped}
    assert all(d.reason for d in study.dropped)


def test_only_the_volume_is_put_in(study):
    for metal in study.metals:
        again = predict(metal.sea)
        assert again.volume_a3 == pytest.approx(metal.volume_a3, rel=1e-6)
        assert again == metal.predicted
        assert len(metal.rows) == 3 + metal.valence


def test_alkali_metals_hold_together_by_the_sea(study):
    """Within 30 % in energy; of three electrons per atom the first order fails."""
    alkali = [m for m in study.metals if m.valence == 1]
    assert {m.element for m in alkali} == {"Li", "Na", "K", "Rb", "Cs"}
    for metal in alkali:
        assert metal.cohesive_ev == pytest.approx(metal.measured_cohesive_ev, rel=0.3)
    heavy = {m.element: m for m in study.metals}
    assert heavy["Tl"].cohesive_ev < 0 < heavy["Tl"].measured_cohesive_ev


def test_an_extra_electron_moves_ions_by_a_small_part_of_their_distance(study):
    screened = [m for m in study.metals if m.shifts]
    assert len(screened) >= 10
    for metal in screened:
        assert metal.shifts["thomas_fermi"].displacement_angstrom < 0
        # Lindhard's response oscillates, so the sign at the nearest ion may differ.
        for shift in metal.shifts.values():
            assert abs(shift.displacement_angstrom) < 0.05 * metal.volume_a3


def test_other_lattices_take_the_sphere():
    assert madelung_of("bct") == 0.9
    assert madelung_of("bcc") > madelung_of("fcc") > madelung_of("hcp") > 0.8958


def test_plain_values(study):
    document = json.loads(json.dumps(plain(study), allow_nan=False))
    assert document["metals"][0]["predicted"]["bulk_modulus_gpa"] > 0


def test_bad_names():
    with pytest.raises(InputError, match=r"simple metal 'Fe'.*there are Li"):
        sea_metal("Fe")
    with pytest.raises(CannotSay, match="no volume of Be"):
        sea_metal("Be")
    assert sea_metal("na").element == "Na"
