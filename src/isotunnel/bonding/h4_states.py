"""Energies of four hydrogen atoms by full configuration interaction.

A point is a shape with its lengths and a basis; its states are the lowest singlets and triplets.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from isotunnel.bonding.h2_energies import hydrogen_atom
from isotunnel.bonding.h4_shapes import SHAPES, crossed
from isotunnel.bonding.quantum_chemistry import checked_distance, full_ci, symmetric_singlet
from isotunnel.errors import InputError

BASIS = "cc-pvdz"
EDGES = {
    "tetrahedron": (0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4),
    "square": (0.7, 1.0, 1.2, 1.25, 1.3, 1.35, 1.5, 2.0, 3.0),
    "chain": (0.6, 0.7, 0.85, 1.0, 1.3, 1.7, 2.5),
}
BETWEEN = (0.45, 0.55, 0.65, 0.75, 0.8, 0.85, 0.95, 1.1, 1.3, 1.6, 2.0, 2.5, 3.0)
BONDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1.1, 1.5)
SECOND_BASIS = "6-311g**"
"""It says what the first basis costs, where hydrogen is dense."""
SECOND_BETWEEN = (0.85,)
SECOND_BONDS = (0.7, 0.75, 0.8)
SECOND_EDGES = {"square": (1.25, 1.3, 1.35), "chain": (0.85, 1.0)}
ROUNDED = 5

Point = dict[str, Any]


def plan() -> Iterator[Point]:
    """What is shipped: the atom, shapes of one length, crossed molecules at fixed distances."""
    for basis in (BASIS, SECOND_BASIS):
        yield {"kind": "atom", "basis": basis}
    yield from _crossed(BASIS, BETWEEN, BONDS)
    yield from _crossed(SECOND_BASIS, SECOND_BETWEEN, SECOND_BONDS)
    for basis, shapes in ((BASIS, EDGES), (SECOND_BASIS, SECOND_EDGES)):
        for shape, edges in shapes.items():
            for edge in edges:
                yield {"kind": "energy", "basis": basis, "shape": shape, "edge_angstrom": edge}


def _crossed(basis: str, between: tuple[float, ...], bonds: tuple[float, ...]) -> Iterator[Point]:
    """At each distance of the middles a tetrahedron, and molecules of every bond length."""
    for distance in between:
        edge = round(math.sqrt(2) * distance, ROUNDED)
        yield {"kind": "energy", "basis": basis, "shape": "tetrahedron", "edge_angstrom": edge}
        for bond in bonds:
            lengths = {"bond_angstrom": bond, "between_angstrom": distance}
            yield {"kind": "energy", "basis": basis, "shape": "crossed", **lengths}


def one_atom(point: Point) -> Point:
    """The point with the energy of a hydrogen atom in the basis, hartree.

    Raises:
        MissingExtraError: PySCF is not installed.
    """
    return {**point, "energy_hartree": round(hydrogen_atom(point["basis"]), 8)}


def h4_states(point: Point) -> Point:
    """The point with its states, hartree; of crossed molecules the totally symmetric singlet.

    Raises:
        InputError: an unknown shape, or nuclei nearer than 0.3 angstrom.
        MissingExtraError: PySCF is not installed.
        EngineError: no convergence.
    """
    if point["shape"] == "crossed":
        bond, between = checked_distance(point["bond_angstrom"]), point["between_angstrom"]
        energy = symmetric_singlet(crossed(bond, between), point["basis"])
        return {**point, "singlets_hartree": [round(energy, 8)]}
    if point["shape"] not in SHAPES:
        raise InputError(f"unknown shape {point['shape']!r}; there are {', '.join(SHAPES)}")
    atoms = SHAPES[point["shape"]](checked_distance(point["edge_angstrom"]))
    found = full_ci(
        atoms, point["basis"], symmetric_roots=2 if point["shape"] == "tetrahedron" else 1
    )
    return {
        **point,
        "singlets_hartree": [round(float(e), 8) for e in found.singlets[:5]],
        "triplets_hartree": [round(float(e), 8) for e in found.triplets[:5]],
        "quintet_hartree": round(found.quintet, 8),
    }
