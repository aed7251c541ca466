"""Four hydrogen atoms: two crossed molecules, tetrahedron, square and chain.

Two molecules of bond length r, one along x and one along y, with their middles D apart along z, are
a tetrahedron of edge r at D = r / sqrt 2 and a square of diagonal r at D = 0. All of it has the
symmetry D2d at least, and so D2.
"""

from __future__ import annotations

import math

from isotunnel.bonding.quantum_chemistry import Atom


def crossed(bond_angstrom: float, between_angstrom: float) -> tuple[Atom, ...]:
    """Two perpendicular molecules: bond length, distance of their middles."""
    x, z = bond_angstrom / 2, between_angstrom / 2
    return _hydrogen((x, 0, z), (-x, 0, z), (0, x, -z), (0, -x, -z))


def tetrahedron(edge_angstrom: float) -> tuple[Atom, ...]:
    """Four atoms equally far from each other."""
    return crossed(edge_angstrom, edge_angstrom / math.sqrt(2))


def square(edge_angstrom: float) -> tuple[Atom, ...]:
    """Four atoms at the corners."""
    half = edge_angstrom / 2
    return _hydrogen((half, half, 0), (-half, half, 0), (-half, -half, 0), (half, -half, 0))


def chain(edge_angstrom: float) -> tuple[Atom, ...]:
    """Four atoms in a row, equally spaced."""
    return _hydrogen(*((0, 0, (i - 1.5) * edge_angstrom) for i in range(4)))


def two_far(bond_angstrom: float) -> tuple[Atom, ...]:
    """One molecule; two of them far apart have twice its energy."""
    return _hydrogen((0, 0, bond_angstrom / 2), (0, 0, -bond_angstrom / 2))


SHAPES = {"tetrahedron": tetrahedron, "square": square, "chain": chain}
"""Shapes of one length, by name."""


def _hydrogen(*places: tuple[float, float, float]) -> tuple[Atom, ...]:
    return tuple(Atom("H", p) for p in places)
