"""An atom that a damaged file puts far outside of every cell is refused in one line."""

from __future__ import annotations

import numpy as np
import pytest
from ase import Atoms

from isotunnel.errors import FieldError
from isotunnel.fields import Field
from isotunnel.tunnels import find_tunnels


@pytest.mark.parametrize("place", [1e25, -1e300])
def test_an_atom_beyond_all_cells_is_refused(place: float) -> None:
    values = np.random.default_rng(1).random((6, 6, 6))
    atoms = Atoms("H", positions=[[place, 0.0, 0.0]], cell=3 * np.eye(3), pbc=True)
    field = Field(values, 3 * np.eye(3), kind="elf", atoms=atoms)
    with pytest.raises(FieldError, match="cells away"):
        find_tunnels(field)
