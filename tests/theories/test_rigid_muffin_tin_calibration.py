"""The range of lambda holds for its share of new crystals, and is learnt from shipped rows."""

from __future__ import annotations

import math

import numpy as np
import pytest

from isotunnel.theories.superconducting.rigid_muffin_tin import calibration
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import (
    GPAW_FORCES,
    TABLES,
    BenchmarkRow,
    benchmark_rows,
)
from isotunnel.theories.superconducting.rigid_muffin_tin.calibration import (
    FEWEST,
    SHARE,
    coupling_range,
    coverage,
    forces_compared,
    range_of,
    ratios,
)


def row(formula: str, coupling: float | None, reference: float | None) -> BenchmarkRow:
    return BenchmarkRow(formula, formula, coupling, None, None, reference)


@pytest.mark.parametrize("count", [FEWEST, 25, 200])
def test_a_new_ratio_lies_within_as_often_as_said(count: int) -> None:
    rng = np.random.default_rng(7)
    inside = 0
    trials = 3000
    for _ in range(trials):
        *known, new = np.exp(rng.standard_t(3, count + 1))
        found = range_of(known)
        assert found is not None
        inside += found.low <= new <= found.high
    spread = math.sqrt(SHARE * (1 - SHARE) / trials)
    assert inside / trials > SHARE - 3 * spread
    # No wider than whole ranks require.
    assert inside / trials < SHARE + 2 / (count + 1) + 3 * spread


def test_too_few_ratios_give_no_range() -> None:
    assert range_of([1.0] * (FEWEST - 1)) is None
    assert coverage([1.0] * (2 * FEWEST - 2)) == ()
    assert len(coverage([1.0] * (2 * FEWEST))) == 2


def test_one_formula_has_one_vote_and_refusals_none() -> None:
    rows = [row("Nb", 1.0, 1.5), row("Nb", 1.0, 3.0), row("Cr", None, 0.4), row("Al", 0.2, None)]
    assert ratios(rows) == (1.5,)


def test_potentials_are_compared_crystal_by_crystal(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {
        "gpaw": [row("Nb", 1.0, 1.5), row("Ta", 0.5, 1.0), row("Cr", None, 0.4), row("Al", 0.2, 1)],
        "chgnet": [row("Nb", 2.0, 1.5), row("Ta", 0.5, 1.0), row("Cr", 1.0, 0.4), row("V", 9.0, 1)],
    }
    monkeypatch.setattr(calibration, "benchmark_rows", lambda forces="gpaw": tables[forces])
    forces_compared.cache_clear()
    try:
        found = forces_compared("chgnet")
    finally:
        forces_compared.cache_clear()
    assert found is not None
    assert (found.crystals, found.unlike) == (2, 1)
    assert found.bias == pytest.approx(1.5)
    assert found.factor == pytest.approx(math.sqrt(2.0))


@pytest.mark.parametrize("forces", [f for f in TABLES if f != GPAW_FORCES])
def test_what_is_shipped_of_potentials_stands_beside_gpaw(forces: str) -> None:
    known = {r.id: r for r in benchmark_rows()}
    rows = benchmark_rows(forces)
    assert len(rows) >= 10
    assert all(known[r.id].hopfield == r.hopfield for r in rows)
    assert all("H" not in dict(r.hopfield) for r in rows)
    assert forces_compared(forces) is not None


def test_the_shipped_range_is_that_of_the_shipped_rows() -> None:
    found = coupling_range()
    known = ratios(benchmark_rows())
    assert found is not None
    assert found.crystals == len(known)
    inside = sum(found.low <= r <= found.high for r in known)
    assert inside / len(known) >= SHARE
