"""dTc/dP of two volumes: by hand, by scaling, and of the shipped crystals."""

from __future__ import annotations

import pytest

from isotunnel.claims.a8 import UNAIDED, gather
from isotunnel.evidence.sources import Sources
from isotunnel.theories.superconducting.rigid_muffin_tin.squeezed import (
    Moments,
    SqueezedCrystal,
    squeezed_crystals,
)
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc

MU_STAR = 0.12
REST = Moments(1.0, 0.8, 200.0, 250.0)


def crystal(squeezed: Moments | None, rest: Moments | None = REST) -> SqueezedCrystal:
    return SqueezedCrystal("X", "X", rest, squeezed, "")


def test_the_slope_is_the_difference_over_both_computed_pressures() -> None:
    squeezed = Moments(3.0, 0.7, 210.0, 262.5)
    first = allen_dynes_tc(0.8, 200.0, MU_STAR, 250.0)
    second = allen_dynes_tc(0.7, 210.0, MU_STAR, 262.5)
    found = crystal(squeezed).dtc_dp_k_per_gpa(MU_STAR)
    assert found == pytest.approx((second - first) / 2.0)
    assert found is not None
    assert found < 0


def test_stiffer_phonons_of_the_same_coupling_raise_tc_in_proportion() -> None:
    squeezed = Moments(2.0, 0.8, 220.0, 275.0)
    found = crystal(squeezed).dtc_dp_k_per_gpa(MU_STAR)
    assert found == pytest.approx(0.1 * REST.tc_k(MU_STAR))


def test_where_there_is_no_tc_there_is_no_slope() -> None:
    assert crystal(None).dtc_dp_k_per_gpa(MU_STAR) is None
    assert crystal(REST, None).dtc_dp_k_per_gpa(MU_STAR) is None
    assert crystal(Moments(2.0, 0.05, 200.0, 250.0)).dtc_dp_k_per_gpa(MU_STAR) is None


def test_shipped_crystals_were_squeezed_and_meet_their_measured_signs() -> None:
    known = [c for c in squeezed_crystals() if c.rest is not None and c.squeezed is not None]
    assert len(known) >= 4
    for one in known:
        assert one.rest is not None
        assert one.squeezed is not None
        assert one.squeezed.pressure_gpa > one.rest.pressure_gpa
    asked = {c.key for c in gather(Sources()).cases if UNAIDED in c.predicted}
    assert asked == {
        c.material for c in squeezed_crystals() if c.dtc_dp_k_per_gpa(MU_STAR) is not None
    }
