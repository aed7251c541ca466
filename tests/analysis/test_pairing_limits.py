"""Which known limits are told of which crystal, and what the benchmark makes of sp metals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk

from isotunnel.analysis.pairing import PairingResult
from isotunnel.analysis.pairing.limits import (
    COARSE_SHARE,
    F_ELECTRONS,
    HYDROGEN,
    SP_METAL,
    doubts_of,
    doubts_of_mesh,
    doubts_of_strength,
    is_sp,
    sp_bias,
    sp_metal_doubt,
)
from isotunnel.engines.phonons.spectrum import PhononSpectrum
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import (
    BenchmarkRow,
    benchmark_rows,
)
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc
from made_up_pairing import made_up_result

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


def _meshed(density: float | None, *atoms: tuple[float | None, float]) -> PairingResult:
    """A result whose N(E_F) differs by this share, and eta of each atom by a share, with lambda."""
    result = made_up_result(bulk("NbN", "rocksalt", 4.4))
    members = [
        replace(
            member,
            coupling=coupling,
            scattering=replace(
                member.scattering,
                mesh_error=share and share * member.scattering.hopfield_ev_per_angstrom2,
            ),
        )
        for member, (share, coupling) in zip(result.members, atoms, strict=True)
    ]
    error = density and density * result.density_per_ev_spin
    return replace(result, density_error=error, members=tuple(members))


def test_a_coarse_mesh_is_told_with_its_numbers_and_the_way_out() -> None:
    """Meshes on which N(E_F) moved by half once went without a word."""
    (words,) = doubts_of_mesh(_meshed(0.41, (0.25, 0.9), (0.0, 0.1)))
    assert "N(E_F) by 41 % and eta of Nb by 25 %" in words
    assert "--dense-spacing, smaller than 0.2 1/angstrom" in words
    (words,) = doubts_of_mesh(_meshed(0.1, (0.25, 0.9), (0.0, 0.1)))
    assert "N(E_F)" not in words
    (words,) = doubts_of_mesh(_meshed(0.3, (None, 0.9), (0.9, 0.1)))
    assert "eta" not in words
    # The atom with most of lambda counts, not the one whose eta is off most.
    assert doubts_of_mesh(_meshed(0.1, (0.1, 0.9), (0.9, 0.1))) == ()
    assert doubts_of_mesh(_meshed(None, (None, 0.9), (None, 0.1))) == ()
    (words,) = doubts_of_mesh(_meshed(None, (0.1, 0.1), (0.9, 0.9)))
    assert "eta of N by 90 %" in words


def test_a_coarse_mesh_stands_among_the_warnings() -> None:
    result = made_up_result(bulk("Nb", "bcc", 3.3))
    assert doubts_of_mesh(result) == ()
    assert not any("coarse" in w for w in result.warnings)


def test_a_fifth_of_lambda_is_a_factor_of_tc() -> None:
    """The reason for the threshold."""
    below, here, above = (
        allen_dynes_tc(0.6 * factor, 200.0, 0.12, 250.0)
        for factor in (1.0 - COARSE_SHARE, 1.0, 1.0 + COARSE_SHARE)
    )
    assert above / here == pytest.approx(1.7, abs=0.1)
    assert here / below == pytest.approx(2.5, abs=0.1)


def test_a_lambda_beyond_what_was_checked_is_told() -> None:
    strong = sum((r.coupling or 0) > 2 for r in benchmark_rows() if r.coupling and r.reference)
    assert doubts_of_strength(2.0) == ()
    (words,) = doubts_of_strength(4.3)
    assert f" {strong} have more than 2 here" in words
