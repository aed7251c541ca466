"""Which known limits are told of which crystal, and what the benchmark makes of sp metals."""

from __future__ import annotations

import numpy as np
import pytest
from ase import Atoms

from isotunnel.analysis.pairing.limits import (
    F_ELECTRONS,
    HYDROGEN,
    SP_METAL,
    doubts_of,
    is_sp,
    sp_bias,
    sp_metal_doubt,
)
from isotunnel.engines.phonons.spectrum import PhononSpectrum
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import (
    BenchmarkRow,
    benchmark_rows,
)

SP = sp_metal_doubt()


def _told(formula: str) -> tuple[str, ...]:
    one = np.array([0.03])
    phonons = PhononSpectrum(one, np.ones((1, 1)), np.ones(1), one, 2 * np.eye(3, dtype=int))
    return doubts_of(Atoms(formula), phonons, 0.0)


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        # Zinc, cadmium and mercury once counted as transition metals: Tc of zinc came out at
        # 0.001 K (measured 0.85 K) without a word.
        *((formula, (SP,)) for formula in ("Zn", "Cd", "Hg", "Li2Zn2", "Al", "Pb", "MgB2")),
        *((formula, ()) for formula in ("Sc", "Nb", "Cu", "Ag", "Au", "La", "Lu", "ScZn", "W")),
        *((formula, (HYDROGEN,)) for formula in ("PdH", "H3S", "LaH10", "AlHgH3")),
        *((formula, (F_ELECTRONS,)) for formula in ("Ce", "Gd", "U", "CeZn", "Yb")),
        ("ThH2", (HYDROGEN, F_ELECTRONS)),
    ],
)  # fmt: skip
def test_limits_of_the_elements(formula: str, told: tuple[str, ...]) -> None:
    assert _told(formula) == told


def _row(formula: str, coupling: float | None, reference: float | None) -> BenchmarkRow:
    return BenchmarkRow(formula, formula, coupling, reference=reference)


def test_the_bias_of_sp_metals_is_that_of_their_rows() -> None:
    ratios = {"Al": 0.5, "Pb": 0.6, "Zn": 0.7, "MgB2": 0.8, "CaMg": 0.9}
    sp = [_row(formula, 2.0 * ratio, 2.0) for formula, ratio in ratios.items()]
    others = [
        *(_row(formula, 9.0, 1.0) for formula in ("Nb", "PdH", "Cu", "Ce", "Al")),
        _row("Be", None, 1.0),
        _row("Mg", 1.0, None),
    ]
    found = sp_bias([*sp, *others])
    assert found is not None
    assert (found.crystals, found.median) == (5, pytest.approx(0.7))
    low, high = np.percentile(list(ratios.values()), [16, 84])
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
    assert sp_bias(others[:1]) is None


def test_the_doubt_of_sp_metals_has_the_numbers_of_the_shipped_table() -> None:
    found = sp_bias(benchmark_rows())
    assert found is not None
    assert found.crystals > 10
    assert found.low < found.median < min(found.high, 1.0)
    assert SP.startswith(SP_METAL)
    assert f"over {found.crystals} of the benchmark" in SP
    assert f"{found.median:.2f} times" in SP
    assert sp_metal_doubt() is SP


def test_elements_by_their_shells() -> None:
    assert is_sp(["Mg", "B"])
    assert not is_sp(["Mg", "H"])
    assert not is_sp(["Zn", "Au"])
