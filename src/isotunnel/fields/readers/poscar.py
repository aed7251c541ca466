"""The crystal at the head of a VASP grid file, in the forms of VASP 4, 5 and 6."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.poscar import read_poscar
from isotunnel.errors import CrystalError, FieldError
from isotunnel.fields.readers.source import TextSource

if TYPE_CHECKING:
    from ase import Atoms


def read_poscar_head(
    source: TextSource,
) -> tuple[NDArray[np.float64], Atoms, list[str], list[str]]:
    """Cell in angstrom, atoms, notes and warnings; the source then stands behind the positions.

    As :func:`isotunnel.crystal.poscar.read_poscar`; atoms that the file does not name are of
    unknown kind ("X"), since a grid has its tunnels without them.

    Raises:
        FileFormatError: a line that is not what it should be.
        FieldError: a cell without volume.
    """
    from ase import Atoms

    try:
        head = read_poscar(source)
    except CrystalError as error:
        raise FieldError(str(error)) from None
    atoms = Atoms(list(head.symbols), positions=head.positions, cell=head.cell, pbc=True)
    return head.cell, atoms, list(head.notes), list(head.warnings)
