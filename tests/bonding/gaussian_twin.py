"""Integrals over s Gaussians in closed form and a configuration interaction by brute force.

Slow and obvious: nothing of it is shared with the library that the package uses. After A. Szabo and
N. S. Ostlund, Modern Quantum Chemistry, appendix A. Atomic units.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
from scipy.special import erf

STO_3G = ((3.42525091, 0.15432897), (0.62391373, 0.53532814), (0.16885540, 0.44463454))
"""Hydrogen: exponent and coefficient of normalised primitives; W. J. Hehre et al. (1969)."""


def boys(t):
    t = np.asarray(t, dtype=float)
    safe = np.where(t < 1e-10, 1.0, t)
    return np.where(t < 1e-10, 1 - t / 3, 0.5 * np.sqrt(np.pi / safe) * erf(np.sqrt(safe)))


def primitives(contraction):
    return [(a, c * (2 * a / math.pi) ** 0.75) for a, c in contraction]


def product(a, A, b, B):
    """Exponent, centre and prefactor of the product of two Gaussians."""
    p = a + b
    return p, (a * A + b * B) / p, math.exp(-a * b / p * float(np.dot(A - B, A - B)))


def integrals(places, contraction=STO_3G):
    """Overlap, core Hamiltonian and two-electron integrals (ij|kl) of one function per proton."""
    n, shells = len(places), primitives(contraction)
    overlap, core = np.zeros((n, n)), np.zeros((n, n))
    for i, j in itertools.product(range(n), repeat=2):
        for (a, ca), (b, cb) in itertools.product(shells, repeat=2):
            p, P, k = product(a, places[i], b, places[j])
            s = ca * cb * k * (math.pi / p) ** 1.5
            mu, r2 = a * b / p, float(np.sum((places[i] - places[j]) ** 2))
            overlap[i, j] += s
            core[i, j] += s * mu * (3 - 2 * mu * r2)
            for C in places:
                t = p * float(np.dot(P - C, P - C))
                core[i, j] -= ca * cb * k * 2 * math.pi / p * float(boys(t))
    two = np.zeros((n, n, n, n))
    for i, j, m, o in itertools.product(range(n), repeat=4):
        for (a, ca), (b, cb), (c, cc), (d, cd) in itertools.product(shells, repeat=4):
            p, P, k = product(a, places[i], b, places[j])
            q, Q, l_ = product(c, places[m], d, places[o])
            t = p * q / (p + q) * float(np.dot(P - Q, P - Q))
            two[i, j, m, o] += (
                ca
                * cb
                * cc
                * cd
                * k
                * l_
                * 2
                * math.pi**2.5
                / (p * q * math.sqrt(p + q))
                * float(boys(t))
            )
    return overlap, core, two


def repulsion(places):
    return sum(
        1 / float(np.linalg.norm(a - b)) for a, b in itertools.combinations(np.asarray(places), 2)
    )


def spectrum(places):
    """All energies of as many electrons as protons, rising, each as often as it is there."""
    overlap, core, two = integrals(places)
    values, vectors = np.linalg.eigh(overlap)
    x = vectors / np.sqrt(values) @ vectors.T
    h = x @ core @ x
    v = np.einsum("ai,bj,ck,dl,abcd->ijkl", x, x, x, x, two, optimize=True)
    n = len(places)
    lower = _annihilators(2 * n)
    size = 2 ** (2 * n)
    hamiltonian = np.zeros((size, size))
    for s in (0, n):
        for i, j in itertools.product(range(n), repeat=2):
            hamiltonian += h[i, j] * lower[i + s].T @ lower[j + s]
    for s, t in itertools.product((0, n), repeat=2):
        for i, j, k, m in itertools.product(range(n), repeat=4):
            if abs(v[i, j, k, m]) < 1e-14:
                continue
            right = lower[m + t] @ lower[j + s]
            hamiltonian += 0.5 * v[i, j, k, m] * (lower[k + t] @ lower[i + s]).T @ right
    count = np.array([bin(state).count("1") for state in range(size)])
    chosen = np.flatnonzero(count == n)
    return np.linalg.eigvalsh(hamiltonian[np.ix_(chosen, chosen)]) + repulsion(places)


def _annihilators(modes):
    """Annihilation operators as matrices (Jordan and Wigner)."""
    size = 2**modes
    found = []
    for mode in range(modes):
        operator = np.zeros((size, size))
        for state in range(size):
            if state >> mode & 1:
                sign = (-1) ** bin(state & ((1 << mode) - 1)).count("1")
                operator[state ^ (1 << mode), state] = sign
        found.append(operator)
    return found
