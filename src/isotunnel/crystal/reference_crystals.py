"""The crystals of the elements at room temperature, whole: cell and places of the atoms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isotunnel.errors import CannotSay

if TYPE_CHECKING:
    from ase import Atoms

CHAINS = ("Se", "Te")
"""Chains of three atoms to the cell, for which ASE's reference states say hcp."""

WITHOUT_POSITIONS = ("orthorhombic", "tetragonal", "cubic", "monoclinic")
"""Symmetries of ASE's reference states whose cells may hold more atoms than it places."""


def reference_crystal(symbol: str) -> Atoms:
    """The crystal of an element at room temperature, as ASE tabulates it.

    Of alpha-uranium and alpha-neptunium ASE knows the cell alone, and puts one atom in it; the
    places are those of :data:`POSITIONS`.

    Raises:
        CannotSay: no simple structure is tabulated, or not the places of its atoms.
    """
    from ase.build import bulk
    from ase.data import atomic_numbers, reference_states

    state = reference_states[atomic_numbers.get(symbol, 0)] or {}
    try:
        if symbol in CHAINS:
            raise ValueError(symbol)
        atoms = bulk(symbol)
    except (ValueError, RuntimeError, KeyError, NotImplementedError) as error:
        raise CannotSay(f"no simple structure of {symbol} is tabulated") from error
    if state.get("symmetry") not in WITHOUT_POSITIONS or state.get("basis") is not None:
        return atoms
    if symbol not in POSITIONS:
        raise CannotSay(f"the atoms' places in the cell of {symbol} are not tabulated")
    places = np.array(POSITIONS[symbol])
    return type(atoms)([symbol] * len(places), scaled_positions=places, cell=atoms.cell, pbc=True)


def _uranium(y: float) -> list[tuple[float, float, float]]:
    """4c of Cmcm, axes (a, c, b)."""
    return [(0, 0.25, y), (0, 0.75, -y), (0.5, 0.25, 0.5 + y), (0.5, 0.75, 0.5 - y)]


def _neptunium(x: float, z: float) -> list[tuple[float, float, float]]:
    """4c of Pnma, axes (b, c, a)."""
    sites = ((x, z), (0.5 - x, 0.5 + z), (-x, -z), (0.5 + x, 0.5 - z))
    return [(0.75 if n in (1, 2) else 0.25, c, a) for n, (a, c) in enumerate(sites)]


POSITIONS = {
    "U": _uranium(0.10228),
    "Np": [*_neptunium(0.464, 0.292), *_neptunium(0.181, 0.658)],
}
"""Fractional coordinates of alpha-U (A20) and alpha-Np (Ac) in the axes of ASE's cells: M. J. Mehl
et al., AFLOW Library of Crystallographic Prototypes, Part 1, Comput. Mater. Sci. 136, S1 (2017),
prototypes A_oC4_63_c and A_oP8_62_2c."""
