"""A law as a curve: the best one is the fit's, and no other parameters do better."""

from __future__ import annotations

import numpy as np
import pytest

from isotunnel.errors import InputError
from isotunnel.studies.fits import law_curve, laws
from isotunnel.studies.fits.select import select


@pytest.mark.parametrize("law", [law.name for law in laws()])
def test_the_best_curve_passes_through_the_measured_range(law: str) -> None:
    found = law_curve("Cu", law)
    points = select("Cu").points
    assert found.temperature_k[[0, -1]] == pytest.approx(points.temperature_k[[0, -1]])
    assert found.rho_uohm_cm.shape == found.temperature_k.shape
    ends = found.rho_uohm_cm[[0, -1]] / points.rho_uohm_cm[[0, -1]] - 1
    assert found.rms_relative >= np.abs(ends).max() / np.sqrt(len(points)) - 1e-9


@pytest.mark.parametrize("law", ["bg2", "bg3v", "activated2", "volume2", "line2"])
def test_the_same_parameters_give_the_same_curve_and_others_a_worse_one(law: str) -> None:
    best = law_curve("Al", law)
    assert best.adjustable
    again = law_curve("Al", law, best.values)
    assert again.rho_uohm_cm == pytest.approx(best.rho_uohm_cm, rel=1e-12)
    for place, value in enumerate(best.values):
        moved = [*best.values]
        moved[place] = value * 1.02 + 1e-3
        assert law_curve("Al", law, moved).rms_relative >= best.rms_relative


def test_what_a_law_does_not_take_is_refused() -> None:
    with pytest.raises(InputError, match="takes 2 values"):
        law_curve("Al", "bg2", [1.0])
    with pytest.raises(InputError, match="rho_ref must be from 0"):
        law_curve("Al", "bg2", [1.0, -1.0])
    with pytest.raises(InputError, match="takes no parameters"):
        law_curve("Al", "volume_free", [1.0])
    with pytest.raises(InputError, match="unknown law"):
        law_curve("Al", "magic")
