"""What a search for tunnels gives: frozen results in physical terms."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.field import Field
from isotunnel.fields.kinds import Side
from isotunnel.notebook import ShownInNotebooks, data_frame
from isotunnel.topology.results import MergeGraph, Percolation

if TYPE_CHECKING:
    import pandas


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


@dataclass(frozen=True)
class Neighbour:
    """An atom near a point: which atom, in which cell, how far."""

    index: int
    symbol: str
    cell: tuple[int, int, int]
    distance_angstrom: float


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


@dataclass(frozen=True)
class Segment:
    """A piece of rank 0 that holds at least two atoms: a tunnel that leads nowhere.

    Attributes:
        level: the level at which the last of its atoms joined.
        atoms: (index, symbol, cell) of each atom, cells relative to the first atom's.
    """

    level: float
    atoms: tuple[tuple[int, str, tuple[int, int, int]], ...]


@dataclass(frozen=True, eq=False)
class Tunnels(ShownInNotebooks):
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

    @property
    def all_warnings(self) -> tuple[str, ...]:
        """Those of the field's file or engine, and of the search."""
        return (*self.field.provenance.warnings, *self.warnings)

    def to_pandas(self) -> pandas.DataFrame:
        """One row per rank 1, 2, 3: thresholds in the field's unit, and where they are reached.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        columns = ("rank", "threshold", "error", "threshold_grid", "between", "unit")
        rows = [
            (rank, *values, "" if b is None else "-".join(n.symbol for n in b.between))
            for rank, *values, b in zip(
                (1, 2, 3),
                self.thresholds.tolist(),
                self.thresholds_error.tolist(),
                self.thresholds_grid.tolist(),
                self.bottlenecks,
                strict=True,
            )
        ]
        return data_frame(columns, [(*row, self.field.unit) for row in rows])

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; NaN becomes None. Keys: ``isotunnel.schemas.tunnels``."""
        from isotunnel.schemas import document
        from isotunnel.schemas.tunnels import FieldTunnels as Shape

        return document(Shape, self)
