"""Nuclei are poles of a potential: the spline near a pass must not ring with them."""

from __future__ import annotations

import numpy as np
import pytest

from isotunnel.crystal import named_crystal
from isotunnel.engines.procrystal import ProcrystalEngine
from isotunnel.errors import FieldError
from isotunnel.fields import Field
from isotunnel.tunnels import find_tunnels


@pytest.mark.parametrize("kind", ["potential", "density"])
@pytest.mark.parametrize("name", ["Au", "Cu", "W"])
def test_a_pass_between_heavy_atoms_is_not_moved_by_their_poles(name, kind):
    """Halfway between neighbours of a cubic metal the field is stationary by symmetry."""
    field = ProcrystalEngine().compute(named_crystal(name)).fields[kind]
    found = find_tunnels(field)
    # The rhombohedral primitive vectors join nearest neighbours, and the grid is even.
    n1, _, _ = field.shape
    midpoint = float(field.values[n1 // 2, 0, 0])
    assert n1 % 2 == 0
    assert found.thresholds == pytest.approx([midpoint] * 3, rel=1e-6)
    assert (found.thresholds_error < 1e-3 * abs(midpoint)).all()


@pytest.mark.parametrize("scale", [5e307, 1e-320])
def test_values_beyond_arithmetic_are_refused(scale):
    values = np.random.default_rng(0).random((4, 4, 4)) * scale
    with pytest.raises(FieldError, match="scale them"):
        Field.from_array(values, [1, 1, 1], "potential")


def test_masked_arrays_and_bare_arrays_are_refused():
    values = np.random.default_rng(0).random((4, 4, 4))
    with pytest.raises(FieldError, match="masked"):
        Field.from_array(np.ma.masked_greater(values, 0.5), [1, 1, 1], "potential")
    with pytest.raises(FieldError, match=r"Field\.from_array"):
        find_tunnels(values)
