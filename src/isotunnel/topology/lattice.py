"""Sublattices of Z^3: the winding vectors that the loops of a network realise.

A lattice is a (3, 3) integer array in echelon form: row c is zero or has its first non-zero entry,
a positive one, in column c. Its rank is the number of non-zero rows.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray


def contains(lattice: NDArray[np.int64], vector: NDArray[np.int64]) -> bool:
    """Whether an integer vector belongs to the lattice."""
    left = [int(x) for x in vector]
    for c in range(3):
        if left[c] == 0:
            continue
        lead = int(lattice[c, c])
        if lead == 0 or left[c] % lead:
            return False
        factor = left[c] // lead
        left = [x - factor * int(y) for x, y in zip(left, lattice[c], strict=True)]
    return True


def basis(lattice: NDArray[np.int64]) -> NDArray[np.int64]:
    """Shape (rank, 3): a short, reproducible basis of the lattice.

    The rows are as short as possible in the integer norm, later ones reduced by earlier ones, and
    the first non-zero entry of each is positive.
    """
    rows = [tuple(int(x) for x in row) for row in lattice if row.any()]
    return _shortest_basis(rows)


def primitive_directions(lattice: NDArray[np.int64]) -> NDArray[np.int64]:
    """Shape (rank, 3): basis of all integer vectors in the span of the lattice.

    A network that winds twice along c before it closes has the lattice {2 n c}; its primitive
    direction is c.
    """
    rows = [row for row in lattice if row.any()]
    if not rows:
        return np.zeros((0, 3), dtype=np.int64)
    if len(rows) == 3:
        return np.eye(3, dtype=np.int64)
    if len(rows) == 1:
        vector = rows[0] // np.gcd.reduce(rows[0])
        return _shortest_basis([tuple(int(x) for x in vector)])
    normal = np.cross(rows[0], rows[1])
    return _shortest_basis(_plane_basis(normal // np.gcd.reduce(normal)))


def index(lattice: NDArray[np.int64]) -> int:
    """How many times denser the primitive directions are than the lattice (1: they are equal)."""
    rows = np.array([row for row in lattice if row.any()], dtype=np.int64)
    if len(rows) == 0:
        return 1
    if len(rows) == 3:
        return abs(round(float(np.linalg.det(rows.astype(float)))))
    if len(rows) == 1:
        return int(np.gcd.reduce(rows[0]))
    return int(np.gcd.reduce(np.cross(rows[0], rows[1])))


def _plane_basis(normal: NDArray[np.int64]) -> list[tuple[int, ...]]:
    """Two vectors that span all integer vectors orthogonal to a primitive ``normal``."""
    a, b, c = (int(x) for x in normal)
    if a == 0 and b == 0:
        return [(1, 0, 0), (0, 1, 0)]
    g, x, y = _extended_gcd(a, b)
    # (b, -a, 0)/g is in the plane; (-c x, -c y, g) reaches the next layer along the third axis.
    return [(b // g, -a // g, 0), (-c * x, -c * y, g)]


def _extended_gcd(a: int, b: int) -> tuple[int, int, int]:
    """g > 0, x, y with a x + b y = g."""
    x0, x1, y0, y1 = 1, 0, 0, 1
    while b:
        q = a // b
        a, b = b, a - q * b
        x0, x1 = x1, x0 - q * x1
        y0, y1 = y1, y0 - q * y1
    return (a, x0, y0) if a > 0 else (-a, -x0, -y0)


def _shortest_basis(rows: list[tuple[int, ...]]) -> NDArray[np.int64]:
    """Reduce a basis pairwise until no small combination is shorter; sort and fix signs."""
    vectors = [np.array(r, dtype=np.int64) for r in rows]
    improved = True
    while improved:
        improved = False
        for a in range(len(vectors)):
            others = [v for b, v in enumerate(vectors) if b != a]
            for steps in product((-1, 0, 1), repeat=len(others)):
                candidate = vectors[a] + sum(
                    (s * v for s, v in zip(steps, others, strict=True)), np.zeros(3, np.int64)
                )
                if candidate @ candidate < vectors[a] @ vectors[a]:
                    vectors[a] = candidate
                    improved = True
    vectors = [v if v[np.flatnonzero(v)[0]] > 0 else -v for v in vectors]
    vectors.sort(key=lambda v: (int(v @ v), tuple(-v)))
    return np.array(vectors, dtype=np.int64).reshape(-1, 3)
