"""The grid of a cell: how many points along each lattice vector."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from isotunnel.errors import FieldError

MAX_POINTS = 400_000_000
"""Largest grid computed: three float64 fields of it take 9.6 GB."""


def choose_shape(cell: ArrayLike, spacing: float) -> tuple[int, int, int]:
    """Grid points along each lattice vector for a spacing of at most ``spacing`` angstrom.

    Even numbers with no prime factor above 5: quick Fourier transforms, and the grid holds the
    centring translations by half a lattice vector. Equally long vectors (to 1e-6) get equal
    numbers, so axes that a symmetry exchanges do too.

    Raises:
        FieldError: a spacing that is not positive, or more than ``MAX_POINTS`` points.
    """
    if not (np.isfinite(spacing) and spacing > 0):
        raise FieldError(f"the grid spacing must be positive, got {spacing!r} angstrom")
    lengths = np.linalg.norm(np.asarray(cell, dtype=float), axis=1)
    steps = lengths / spacing
    if float(np.prod(np.maximum(steps, 1.0))) > MAX_POINTS:
        raise FieldError(
            f"a spacing of {spacing:g} angstrom needs {np.prod(steps):.3g} grid points, more than "
            f"{MAX_POINTS:.0e}: use a coarser spacing (--grid) or a smaller cell"
        )
    n1, n2, n3 = (_friendly(int(np.ceil(x * (1 - 1e-6)))) for x in steps)
    return n1, n2, n3


def check_shape(shape: tuple[int, int, int]) -> tuple[int, int, int]:
    """The shape as three plain integers.

    Raises:
        FieldError: not three positive whole numbers, or more than ``MAX_POINTS`` points.
    """
    numbers = tuple(int(n) for n in shape)
    if len(numbers) != 3 or min(numbers) < 1 or any(int(n) != n for n in shape):
        raise FieldError(f"the grid shape must be three positive whole numbers, got {shape!r}")
    points = numbers[0] * numbers[1] * numbers[2]
    if points > MAX_POINTS:
        raise FieldError(f"a grid of {points:.3g} points is larger than the {MAX_POINTS:.0e} limit")
    return numbers[0], numbers[1], numbers[2]


def _friendly(least: int) -> int:
    """The smallest even number of factors 2, 3, 5 that is at least ``least``."""
    n = max(least + least % 2, 2)
    while True:
        rest = n
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return n
        n += 2
