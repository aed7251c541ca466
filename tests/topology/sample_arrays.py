"""Arrays on which topology can go wrong, by name, and hypothesis strategies over them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[Any]
Shape = tuple[int, int, int]


def noise(rng: Generator, shape: Shape) -> Array:
    """Every voxel on its own; no two values equal."""
    return rng.permutation(int(np.prod(shape))).reshape(shape) + rng.random()


def smooth(rng: Generator, shape: Shape, waves: int = 2) -> Array:
    """A sum of the longest plane waves of the torus with random phases."""
    position = np.meshgrid(*(np.arange(n) / n for n in shape), indexing="ij")
    total = np.zeros(shape)
    for k in np.ndindex(*(2 * waves + 1,) * 3):
        wave = np.array(k) - waves
        if wave.any():
            phase = sum(w * x for w, x in zip(wave, position, strict=True)) + rng.random()
            total += rng.normal() / (1 + wave @ wave) * np.cos(2 * np.pi * phase)
    return total


def plateau(rng: Generator, shape: Shape) -> Array:
    """A smooth field rounded to a few levels: ties everywhere."""
    field = smooth(rng, shape)
    steps = rng.integers(1, 5)
    return np.round(field / (np.abs(field).max() + 1e-30) * steps)


def few_values(rng: Generator, shape: Shape) -> Array:
    """Noise of two to four distinct values."""
    return rng.integers(0, rng.integers(2, 5), shape).astype(float)


def constant(rng: Generator, shape: Shape) -> Array:
    return np.full(shape, rng.normal())


def checkerboard(rng: Generator, shape: Shape) -> Array:
    """Two values in turn along every axis (with a seam where an axis is odd)."""
    return np.indices(shape).sum(axis=0) % 2 * rng.choice([-1.0, 1.0])


def walks(rng: Generator, shape: Shape) -> Array:
    """A few low channels carved along random closed walks: wires, helices, rods that miss."""
    field = np.full(shape, 10.0)
    for _ in range(rng.integers(1, 4)):
        level = float(rng.integers(0, 4))
        where = [int(rng.integers(n)) for n in shape]
        turns = rng.integers(-2, 3, 3)
        moves = [a for a in range(3) for _ in range(abs(int(turns[a])) * shape[a])]
        rng.shuffle(moves)
        for axis in moves[:40]:
            field[tuple(where)] = min(field[tuple(where)], level)
            where[axis] = (where[axis] + int(np.sign(turns[axis]))) % shape[axis]
    return field + (rng.random(shape) if rng.random() < 0.3 else 0.0)


def rods(rng: Generator, shape: Shape) -> Array:
    """Straight low rods, each along an axis of its own, on every other plane: most never touch."""
    field = np.full(shape, 10.0)
    across = int(rng.integers(3))
    for plane in range(0, max(1, shape[across] - 1), 2):
        along = int(rng.choice([a for a in range(3) if a != across]))
        where: list[int | slice] = [int(rng.integers(n)) for n in shape]
        where[across] = plane
        where[along] = slice(None)
        field[tuple(where)] = rng.integers(0, 4)
    return field


RING = [(0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0)]
"""The rim of a 3 x 3 square, once around."""


def double_helix(rng: Generator, shape: Shape) -> Array:
    """One low strand that turns by half a circle per cell: it winds twice before it closes."""
    field = np.full(shape, 10.0)
    if min(shape) < 4:
        return field
    along, turns = int(rng.integers(3)), len(RING) // 2
    view = np.moveaxis(field, along, 2)
    n = view.shape[2]
    for k in range(n):
        for site in range(turns * k // n, turns * (k + 1) // n + 1):
            for strand in (site, site + turns):
                view[(*RING[strand % len(RING)], k)] = 0.0
    shift = (int(rng.integers(shape[0])), int(rng.integers(shape[1])), int(rng.integers(shape[2])))
    return np.roll(field, shift, axis=(0, 1, 2))


def spike(rng: Generator, shape: Shape) -> Array:
    """One voxel above (or below) a constant."""
    field = np.zeros(shape)
    field.reshape(-1)[rng.integers(field.size)] = rng.choice([-1.0, 1.0])
    return field


FAMILIES: dict[str, Callable[[Generator, Shape], Array]] = {
    f.__name__: f
    for f in (
        *(noise, smooth, plateau, few_values, constant, checkerboard),
        *(walks, rods, double_helix, spike),
    )
}


def shapes(most_voxels: int = 64, longest: int = 7) -> st.SearchStrategy[Shape]:
    """Shapes of three axes, each from a single voxel up."""
    axis = st.integers(1, longest)
    return st.tuples(axis, axis, axis).filter(lambda s: int(np.prod(s)) <= most_voxels)


@st.composite
def arrays(draw: st.DrawFn, most_voxels: int = 64, longest: int = 7) -> Array:
    """An array of one of the families, or one that hypothesis makes up voxel by voxel."""
    shape = draw(shapes(most_voxels, longest))
    dtype = draw(st.sampled_from([np.float32, np.float64]))
    family = draw(st.sampled_from([*FAMILIES, "made up"]))
    if family == "made up":
        return draw(hnp.arrays(dtype, shape, elements=st.integers(-3, 3)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return FAMILIES[family](rng, shape).astype(dtype)


signs = st.sampled_from([1, -1])
connectivities = st.sampled_from([6, 26])
