"""What happens short of percolation: segments that join atoms, and the molecularity index."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.field import Field
from isotunnel.topology.graph import components_at
from isotunnel.topology.results import Components, MergeGraph
from isotunnel.tunnels.atoms import AtomBasins, atom_basins
from isotunnel.tunnels.refine import refine_saddles
from isotunnel.tunnels.results import Segment, Tunnels


def segments_at(tunnels: Tunnels, level: float) -> tuple[Segment, ...]:
    """The components of rank 0 that hold at least two atoms at a level of the grid."""
    return find_segments(tunnels.field, tunnels.graph, level)


def find_segments(field: Field, graph: MergeGraph, level: float) -> tuple[Segment, ...]:
    """See :func:`segments_at`."""
    atoms = atom_basins(field, graph)
    if len(atoms.basin) < 2:
        return ()
    parts = components_at(graph, level)
    rank = parts.rank
    inside = graph.sign * atoms.entry <= graph.sign * level
    component = np.where(inside, parts.of_basin[atoms.basin], -1)
    found = []
    for c in np.unique(component[component >= 0]):
        members = np.flatnonzero(component == c)
        if rank[c] == 0 and len(members) > 1:
            cells = _cells(atoms, parts, members)
            joined = _level_of_joining(graph, atoms, members)
            found.append(
                Segment(
                    joined,
                    tuple(
                        (int(a), str(field.atoms.symbols[a]), (int(x), int(y), int(z)))  # type: ignore[union-attr]
                        for a, (x, y, z) in zip(members, cells, strict=True)
                    ),
                )
            )
    return tuple(found)


def molecularity_index(tunnels: Tunnels, symbol: str = "H") -> float:
    """First level at which two atoms of an element are connected; NaN if that never happens.

    That is the first level at which one component holds two such atoms, or one and its own image
    in another cell. For the ELF and hydrogen it is the molecularity index phi* (F. Belli et al.).
    Refined between grid points if ``tunnels`` are.
    """
    field, graph = tunnels.field, tunnels.graph
    if field.atoms is None:
        return math.nan
    chosen = np.array([s == symbol for s in field.atoms.symbols])
    if not chosen.any():
        return math.nan
    atoms = atom_basins(field, graph)
    basins, entry = atoms.basin[chosen], atoms.entry[chosen]

    def deciding(refined: MergeGraph) -> NDArray[np.int64]:
        return np.flatnonzero(refined.saddle_value == _first_contact(refined, basins, entry))

    if tunnels.refined:
        graph = refine_saddles(field, graph, deciding).graph
    return _first_contact(graph, basins, entry)


def _first_contact(
    graph: MergeGraph, basins: NDArray[np.int64], entry: NDArray[np.float64]
) -> float:
    levels = np.unique(np.concatenate([graph.saddle_value.astype(np.float64), entry]))

    def connected(level: float) -> bool:
        parts = components_at(graph, level)
        held = parts.of_basin[basins[graph.sign * entry <= graph.sign * level]]
        return len(np.unique(held)) < len(held) or bool((parts.rank[held] > 0).any())

    return _first_level(levels[:: graph.sign], connected)


def _first_level(levels: NDArray[np.float64], reached: Callable[[float], bool]) -> float:
    """Bisection: the first of the levels, in filtration order, at which ``reached`` holds."""
    if len(levels) == 0 or not reached(float(levels[-1])):
        return math.nan
    lo, hi = 0, len(levels) - 1
    while lo < hi:
        middle = (lo + hi) // 2
        if reached(float(levels[middle])):
            hi = middle
        else:
            lo = middle + 1
    return float(levels[lo])


def _level_of_joining(graph: MergeGraph, atoms: AtomBasins, members: NDArray[np.int64]) -> float:
    """First level at which all these atoms are inside one component."""
    basins = atoms.basin[members]
    entry = graph.sign * float((graph.sign * atoms.entry[members]).max())
    levels = np.unique(np.append(graph.saddle_value.astype(np.float64), entry))[:: graph.sign]

    def together(level: float) -> bool:
        component = components_at(graph, level).of_basin[basins]
        inside = graph.sign * entry <= graph.sign * level
        return bool(inside and component[0] >= 0 and (component == component[0]).all())

    return _first_level(levels, together)


def _cells(atoms: AtomBasins, parts: Components, members: NDArray[np.int64]) -> NDArray[np.int64]:
    """Cell of each member's copy that hangs together with the first member as it is given.

    Atom a sits in cell 0 and its basin's extremum in ``atoms.cell[a]``; that basin is in the cell
    ``cell_of_basin`` relative to the component's base. So the component's base, seen from atom a,
    is at ``atoms.cell[a] - cell_of_basin``.
    """
    base: NDArray[np.int64] = atoms.cell[members] - parts.cell_of_basin[atoms.basin[members]]
    return np.asarray(base[0] - base)
