"""Slow, obvious twin of the topology kernels: a breadth-first search at every level.

Nothing is shared with the package: no basins, no saddles, no union-find, no total order of voxels,
and Python integers throughout. A region's components are walked voxel by voxel on the torus, each
voxel remembers the cell it was reached in, and every step between two walked voxels gives the
winding vector of a closed loop.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import product
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = tuple[int, int, int]
Lattice = tuple[Vector, ...]


@dataclass(frozen=True)
class Component:
    """Voxels of one connected piece, and the lattice of its windings in Hermite normal form."""

    voxels: frozenset[int]
    lattice: Lattice

    @property
    def rank(self) -> int:
        return len(self.lattice)


@dataclass(frozen=True)
class Thresholds:
    """First levels of rank 1, 2, 3, and all lattices of that rank seen there."""

    value: tuple[float, float, float]
    value_global: tuple[float, float, float]
    lattices: tuple[frozenset[Lattice], ...]
    networks: tuple[int, int, int]


def steps(connectivity: int) -> list[Vector]:
    """Shifts to the voxels that touch: 6 by faces, 26 by faces, edges and corners."""
    shifts = [s for s in product((-1, 0, 1), repeat=3) if s != (0, 0, 0)]
    if connectivity == 6:
        shifts = [s for s in shifts if sum(abs(x) for x in s) == 1]
    assert len(shifts) == connectivity
    return shifts


def neighbours(shape: tuple[int, ...], shifts: list[Vector]) -> list[list[tuple[int, Vector]]]:
    """For each voxel all (voxel, crossed cells) that it touches; images count one by one."""
    table = []
    for here in np.ndindex(*shape):
        touching = []
        for shift in shifts:
            there = [h + s for h, s in zip(here, shift, strict=True)]
            cell = tuple(t // n for t, n in zip(there, shape, strict=True))
            inside = [t % n for t, n in zip(there, shape, strict=True)]
            touching.append((int(np.ravel_multi_index(inside, shape)), cell))
        table.append(touching)
    return table


def hermite(vectors: list[Vector] | set[Vector]) -> Lattice:
    """Hermite normal form: the one basis that two descriptions of a lattice share."""
    left = [list(v) for v in vectors if any(v)]
    rows: list[list[int]] = []
    for column in range(3):
        while sum(1 for v in left if v[column]) > 1:
            pivot = min((v for v in left if v[column]), key=lambda v: abs(v[column]))
            for v in left:
                if v is not pivot and v[column]:
                    q = v[column] // pivot[column]
                    v[:] = [x - q * y for x, y in zip(v, pivot, strict=True)]
            left = [v for v in left if any(v)]
        lead = next((v for v in left if v[column]), None)
        if lead is None:
            continue
        left = [v for v in left if v is not lead]
        if lead[column] < 0:
            lead = [-x for x in lead]
        for row in rows:
            q = row[column] // lead[column]
            row[:] = [x - q * y for x, y in zip(row, lead, strict=True)]
        rows.append(lead)
    return tuple((row[0], row[1], row[2]) for row in rows)


def components(
    values: NDArray[Any],
    sign: int,
    level: float,
    table: list[list[tuple[int, Vector]]],
) -> list[Component]:
    """The connected pieces of {sign f <= sign level}."""
    inside = [bool(sign * float(x) <= sign * level) for x in values.reshape(-1)]
    cell: dict[int, Vector] = {}
    found = []
    for start in range(values.size):
        if not inside[start] or start in cell:
            continue
        cell[start] = (0, 0, 0)
        queue, members, windings = deque([start]), [start], set()
        while queue:
            v = queue.popleft()
            a, b, c = cell[v]
            for w, (x, y, z) in table[v]:
                if not inside[w]:
                    continue
                if w not in cell:
                    cell[w] = (a + x, b + y, c + z)
                    queue.append(w)
                    members.append(w)
                else:
                    d, e, f = cell[w]
                    windings.add((a + x - d, b + y - e, c + z - f))
        found.append(Component(frozenset(members), hermite(windings)))
    return found


def thresholds(values: NDArray[Any], sign: int, shifts: list[Vector]) -> Thresholds:
    """Walk every level in turn until one component has rank 3."""
    table = neighbours(values.shape, shifts)
    value, value_global = [nan] * 3, [nan] * 3
    lattices: list[frozenset[Lattice]] = [frozenset()] * 3
    networks = [0, 0, 0]
    known = known_globally = 0
    levels = sorted({float(x) for x in values.reshape(-1)}, key=lambda x: sign * x)
    for level in levels:
        pieces = components(values, sign, level, table)
        together = len(hermite([v for p in pieces for v in p.lattice]))
        while known_globally < together:
            value_global[known_globally] = level
            known_globally += 1
        best = max(p.rank for p in pieces)
        while known < best:
            value[known] = level
            lattices[known] = frozenset(p.lattice for p in pieces if p.rank > known)
            networks[known] = sum(p.rank > known for p in pieces)
            known += 1
        if known == 3:
            break
    return Thresholds(
        (value[0], value[1], value[2]),
        (value_global[0], value_global[1], value_global[2]),
        tuple(lattices),
        (networks[0], networks[1], networks[2]),
    )


def drain(
    values: NDArray[Any], sign: int, table: list[list[tuple[int, Vector]]], voxel: int
) -> int:
    """Steepest descent by definition: to the least (value, index) around, until none is less."""
    flat = [sign * float(x) for x in values.reshape(-1)]
    while True:
        least = min([voxel, *(w for w, _ in table[voxel])], key=lambda v: (flat[v], v))
        if least == voxel:
            return voxel
        voxel = least
