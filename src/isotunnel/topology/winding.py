"""Kernels that grow a lattice of winding vectors; see :mod:`isotunnel.topology.lattice`."""

from __future__ import annotations

import numpy as np

from isotunnel.kernels import kernel


@kernel
def insert(lattice, w1, w2, w3):
    """Add the vector (w1, w2, w3) to a lattice in place; True if the lattice grew.

    Row by row the leading entries are reduced by Euclid's algorithm; what is left over goes on to
    the next row.
    """
    w = np.empty(3, dtype=np.int64)
    w[0], w[1], w[2] = w1, w2, w3
    grew = False
    for c in range(3):
        if w[c] == 0:
            continue
        if lattice[c, c] == 0:
            sign = 1 if w[c] > 0 else -1
            for d in range(3):
                lattice[c, d] = sign * w[d]
            return True
        if w[c] % lattice[c, c] != 0:
            grew = True
        while w[c] != 0:
            q = lattice[c, c] // w[c]
            for d in range(3):
                rest = lattice[c, d] - q * w[d]
                lattice[c, d] = w[d]
                w[d] = rest
        if lattice[c, c] < 0:
            for d in range(3):
                lattice[c, d] = -lattice[c, d]
    return grew


@kernel
def rank(lattice):
    """Number of independent vectors, 0 to 3."""
    return (
        np.int64(lattice[0, 0] != 0) + np.int64(lattice[1, 1] != 0) + np.int64(lattice[2, 2] != 0)
    )
