"""What a search for tunnels gives: frozen results in physical terms."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.field import Field
from isotunnel.fields.kinds import Side
from isotunnel.topology.graph import MergeGraph, Percolation

SCHEMA = "isotunnel.tunnels/1"
"""Name and version of the dictionary that :meth:`Tunnels.as_dict` returns."""


@dataclass(frozen=True, eq=False)
class Directions:
    """Along which lattice vectors a network extends.

    Attributes:
        vectors: (rank, 3) integer lattice vectors, a short basis of all directions in which the
            network percolates (primitive: no common divisor).
        windings: (rank, 3) integer basis of the windings that its closed loops realise; differs
            from ``vectors`` where a network closes only after several turns.
        cartesian: (rank, 3) ``vectors`` in angstrom.
        index: how many times denser ``vectors`` are than ``windings``; equals the number of
            translated copies of the network that do not touch (2 for a double helix).
        networks: number of separate networks per cell with this rank at the threshold.
    """

    vectors: NDArray[np.int64]
    windings: NDArray[np.int64]
    cartesian: NDArray[np.float64]
    index: int
    networks: int

    @property
    def rank(self) -> int:
        """Number of independent directions."""
        return len(self.vectors)

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and lists."""
        return {
            "rank": self.rank,
            "vectors": self.vectors.tolist(),
            "windings": self.windings.tolist(),
            "cartesian_angstrom": self.cartesian.tolist(),
            "index": self.index,
            "networks": self.networks,
        }


@dataclass(frozen=True)
class Neighbour:
    """An atom near a point: which atom, in which cell, how far."""

    index: int
    symbol: str
    cell: tuple[int, int, int]
    distance_angstrom: float

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and lists."""
        return {
            "index": self.index,
            "symbol": self.symbol,
            "cell": list(self.cell),
            "distance_angstrom": self.distance_angstrom,
        }


@dataclass(frozen=True, eq=False)
class Bottleneck:
    """The place where a threshold is reached: the saddle through which the network closes.

    Attributes:
        voxel: (i, j, k) grid point of the grid threshold.
        value_grid: field there.
        value: field at the refined saddle; equals ``value_grid`` where ``refined`` is False.
        error: estimated error of ``value`` from the grid.
        position_fractional: (3,) of the refined saddle, wrapped into [0, 1).
        position_cartesian: (3,) the same in angstrom.
        refined: whether a saddle of the interpolant was found.
        between: the atoms it lies between (two where the source tells the atoms, else none).
        path_direction: (3,) unit vector along which the path passes, Cartesian; None unrefined.
        cross_section_slope: d(area)/d(level) of the opening right above the threshold, angstrom^2
            per unit of the field: 2 pi / sqrt(l1 l2) with the two transverse curvatures l1, l2;
            None unrefined.
    """

    voxel: tuple[int, int, int]
    value_grid: float
    value: float
    error: float
    position_fractional: NDArray[np.float64]
    position_cartesian: NDArray[np.float64]
    refined: bool
    between: tuple[Neighbour, ...]
    path_direction: NDArray[np.float64] | None
    cross_section_slope: float | None

    def cross_section(self, beyond: float) -> float:
        """Area of the opening in angstrom^2 at a level ``beyond`` the threshold.

        Harmonic: exact as ``beyond`` goes to 0. NaN where the saddle was not refined.
        """
        return math.nan if self.cross_section_slope is None else self.cross_section_slope * beyond

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and lists."""
        direction = self.path_direction
        return {
            "voxel": list(self.voxel),
            "value_grid": self.value_grid,
            "value": self.value,
            "error": None if math.isnan(self.error) else self.error,
            "position_fractional": self.position_fractional.tolist(),
            "position_cartesian_angstrom": self.position_cartesian.tolist(),
            "refined": self.refined,
            "between": [n.as_dict() for n in self.between],
            "path_direction": None if direction is None else direction.tolist(),
            "cross_section_slope_angstrom2": self.cross_section_slope,
        }


@dataclass(frozen=True)
class Segment:
    """A piece of rank 0 that holds at least two atoms: a tunnel that leads nowhere.

    Attributes:
        level: the level at which the last of its atoms joined.
        atoms: (index, symbol, cell) of each atom, cells relative to the first atom's.
    """

    level: float
    atoms: tuple[tuple[int, str, tuple[int, int, int]], ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and lists."""
        return {
            "level": self.level,
            "atoms": [{"index": i, "symbol": s, "cell": list(c)} for i, s, c in self.atoms],
        }


@dataclass(frozen=True, eq=False)
class Tunnels:
    """The electron tunnels of a field.

    Index d-1 of each triple belongs to rank d = 1, 2, 3; NaN or None where never reached.

    Attributes:
        field: the field that was searched.
        side: which region is open, {f <= level} or {f >= level}.
        connectivity: 6 or 26.
        thresholds: (3,) level at which one connected network first has rank >= d, refined between
            grid points where asked for and possible; unit of the field.
        thresholds_error: (3,) estimated error of ``thresholds`` from the grid.
        thresholds_grid: (3,) the same, exact on the voxels.
        thresholds_global_grid: (3,) the same for all networks taken together.
        directions: where the network leads at each threshold.
        bottlenecks: where each threshold is reached.
        segments: pieces with several atoms just short of the first threshold.
        graph: the merge graph that all of this was read from.
        percolation: its sweep on the grid.
        refined: whether passes between grid points were looked for.
        warnings: what a user should know.
    """

    field: Field
    side: Side
    connectivity: int
    thresholds: NDArray[np.float64]
    thresholds_error: NDArray[np.float64]
    thresholds_grid: NDArray[np.float64]
    thresholds_global_grid: NDArray[np.float64]
    directions: tuple[Directions | None, Directions | None, Directions | None]
    bottlenecks: tuple[Bottleneck | None, Bottleneck | None, Bottleneck | None]
    segments: tuple[Segment, ...]
    graph: MergeGraph
    percolation: Percolation
    refined: bool = True
    warnings: tuple[str, ...] = ()

    def rank_at(self, level: float) -> int:
        """Highest rank of one network at a level (with the refined thresholds)."""
        sign = 1 if self.side is Side.BELOW else -1
        return int(np.count_nonzero(sign * self.thresholds <= sign * level))

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and lists, JSON-ready; NaN becomes None. Schema: :data:`SCHEMA`."""
        return {
            "schema": SCHEMA,
            "source": self.field.provenance.source,
            "format": self.field.provenance.format,
            "program": self.field.provenance.program,
            "notes": list(self.field.provenance.notes),
            "kind": str(self.field.kind),
            "unit": self.field.unit,
            "spin": self.field.spin,
            "shape": list(self.field.shape),
            "side": str(self.side),
            "connectivity": self.connectivity,
            "refined": self.refined,
            "thresholds": _by_rank(self.thresholds),
            "thresholds_error": _by_rank(self.thresholds_error),
            "thresholds_grid": _by_rank(self.thresholds_grid),
            "thresholds_global_grid": _by_rank(self.thresholds_global_grid),
            "directions": _by_rank(self.directions),
            "bottlenecks": _by_rank(self.bottlenecks),
            "segments": [s.as_dict() for s in self.segments],
            "basins": len(self.graph.basin_voxel),
            "saddles": len(self.graph.saddle_voxel),
            "warnings": [*self.field.provenance.warnings, *self.warnings],
        }


def _by_rank(triple: Any) -> dict[str, Any]:
    """{"1": ..., "2": ..., "3": ...} with None for what is not there."""
    result: dict[str, Any] = {}
    for rank, item in enumerate(triple, start=1):
        if item is None or (isinstance(item, float | np.floating) and np.isnan(item)):
            result[str(rank)] = None
        else:
            result[str(rank)] = item.as_dict() if hasattr(item, "as_dict") else float(item)
    return result
