"""Bands carried to a finer mesh, and the Fermi level by counting, on a band known exactly."""

from __future__ import annotations

import numpy as np
import pytest

from isotunnel.engines.gpaw_pw.scatterers.densities import (
    _fermi_level,
    _refined,
    _refinement,
)
from isotunnel.engines.gpaw_pw.tetrahedra import tetrahedron_dos


def tight_binding(n: int) -> np.ndarray:
    """-(cos x + cos y + cos z) of the simple cubic lattice on n^3 points, eV."""
    c = -np.cos(2 * np.pi * np.arange(n) / n)
    return c[:, None, None] + c[None, :, None] + c[None, None, :]


def density(bands: np.ndarray, energy: float) -> float:
    return float(tetrahedron_dos(bands[..., None], np.ones((1, *bands.shape, 1)), energy)[0])


@pytest.mark.parametrize("energy", [-2.3, -1.6, 0.4])
def test_splines_come_nearer_to_a_dense_mesh(energy: float) -> None:
    exact = density(tight_binding(60), energy)
    coarse = tight_binding(10)
    refined = _refined(coarse, 4, 3)
    assert refined.shape == (40, 40, 40)
    assert refined == pytest.approx(tight_binding(40), abs=5e-3)
    assert density(refined, energy) == pytest.approx(exact, rel=0.02)


def test_points_of_the_mesh_are_kept() -> None:
    coarse = tight_binding(6)
    for order in (1, 3):
        assert _refined(coarse, 3, order)[::3, ::3, ::3] == pytest.approx(coarse, abs=1e-9)
    assert _refined(coarse, 1, 3) is coarse


def test_half_filling_lies_in_the_middle() -> None:
    bands = tight_binding(24)[..., None]
    assert _fermi_level(bands, 0.5, 0.1) == pytest.approx(0.0, abs=1e-3)
    assert _fermi_level(bands, 0.4, 0.0) < 0.0


def test_refinement_keeps_within_its_limits() -> None:
    cell = 3.0 * np.eye(3)
    # 2 pi / 3 angstrom over 10 points is 0.21 per angstrom.
    assert _refinement(cell, (10, 10, 10)) == 4
    assert _refinement(cell, (40, 40, 40)) == 1
