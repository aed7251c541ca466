"""Where linear response's lambda and Tc are to be expected."""

from __future__ import annotations

import pytest

from isotunnel.analysis.pairing.ranges import expected_range
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import PUBLISHED, benchmark_rows
from isotunnel.theories.superconducting.rigid_muffin_tin.calibration import (
    SHARE,
    coupling_range,
    hydride_tc_range,
)
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc

MOMENTS_K = (300.0, 400.0)


def test_the_ends_of_a_metal_are_those_of_lambda_with_their_tc() -> None:
    known, found = coupling_range(), expected_range({"Nb"}, 1.0, MOMENTS_K, 0.12)
    assert known is not None
    assert found is not None
    assert found.lambda_low == pytest.approx(known.low)
    assert found.lambda_high == pytest.approx(known.high)
    assert found.tc_hydrides is None
    low = allen_dynes_tc(known.low, MOMENTS_K[0], 0.12, MOMENTS_K[1])
    assert found.tc_low_k == pytest.approx(low)
    assert found.tc_low_k < allen_dynes_tc(1.0, MOMENTS_K[0], 0.12, MOMENTS_K[1]) < found.tc_high_k


def test_a_hydride_has_the_tc_range_of_hydrides() -> None:
    known, found = hydride_tc_range(), expected_range({"H", "Ca"}, 1.0, MOMENTS_K, 0.12)
    assert known is not None
    assert found is not None
    tc = allen_dynes_tc(1.0, MOMENTS_K[0], 0.12, MOMENTS_K[1])
    assert (found.tc_low_k, found.tc_high_k) == pytest.approx((tc * known.low, tc * known.high))
    assert found.tc_hydrides == known.crystals


def test_the_range_of_hydrides_holds_for_as_many_as_it_should() -> None:
    known = hydride_tc_range()
    assert known is not None
    hydrides = [
        (r.tc_k, r.tc_reference_k)
        for r in benchmark_rows()
        if r.structure == PUBLISHED and r.tc_k and r.tc_reference_k is not None
    ]
    inside = [
        known.low * here <= there <= known.high * here for here, there in hydrides if here > 0.01
    ]
    assert len(inside) == known.crystals
    assert sum(inside) / len(inside) >= SHARE


def test_a_potential_without_a_benchmark_of_its_own_has_its_own_range_or_none() -> None:
    by_potential = expected_range({"Nb"}, 1.0, MOMENTS_K, 0.12, forces="chgnet")
    by_gpaw = expected_range({"Nb"}, 1.0, MOMENTS_K, 0.12)
    assert by_potential != by_gpaw
