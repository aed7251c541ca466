"""What the topology of a periodic array is told in: plain arrays, without any kernel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class MergeGraph:
    """Basins and saddles of the filtration of a periodic array.

    A *basin* is a local minimum of the sublevel filtration (``sign`` +1) or maximum of the
    superlevel filtration (``sign`` -1) with all that drains to it; a *saddle* is a voxel whose
    arrival joins two basins, or a basin to its own image in another cell.

    Attributes:
        shape: of the array.
        sign: +1 sublevel sets, -1 superlevel sets.
        connectivity: 6 or 26.
        basin_voxel: (B,) int64, linear index of each basin's extremum, ascending.
        basin_value: (B,) value there.
        saddle_voxel: (E,) int64, linear index of the voxel that makes the connection, in the order
            in which the filtration meets them (ties by voxel).
        saddle_value: (E,) value there.
        saddle_ends: (E, 5) int32: basins a and b, and the cell of b's extremum relative to a's
            when walking through the saddle.
    """

    shape: tuple[int, int, int]
    sign: int
    connectivity: int
    basin_voxel: NDArray[np.int64]
    basin_value: NDArray[Any]
    saddle_voxel: NDArray[np.int64]
    saddle_value: NDArray[Any]
    saddle_ends: NDArray[np.int32]

    def with_saddle_values(
        self, value: NDArray[np.float64], changed: NDArray[np.int64] | None = None
    ) -> MergeGraph:
        """The same connections at other levels (refined ones, say), put in order again.

        ``changed`` are the indices of the saddles whose level is another one, by default all.

        A basin whose extremum then lies beyond its first saddle is moved to that saddle's level:
        a pass between grid points may lie deeper than the grid point next to it.
        """
        order = np.argsort(self.sign * value, kind="stable")
        bottom = self.sign * self.basin_value.astype(np.float64)
        moved = slice(None) if changed is None else changed
        for end in (0, 1):
            at = self.saddle_ends[moved, end]
            np.minimum.at(bottom, at, self.sign * np.asarray(value)[moved])
        return MergeGraph(
            self.shape,
            self.sign,
            self.connectivity,
            self.basin_voxel,
            self.sign * bottom,
            self.saddle_voxel[order],
            np.asarray(value)[order],
            self.saddle_ends[order],
        )


@dataclass(frozen=True, eq=False)
class Percolation:
    """When a network first winds in 1, 2 and 3 independent directions.

    Index d-1 of each attribute belongs to rank d; where a rank is never reached the value is NaN
    and the edge and basin are -1.

    Attributes:
        value: (3,) level at which one connected network has rank >= d.
        edge: (3,) index of the saddle that makes it so.
        basin: (3,) a basin of that network.
        lattice: (3, 3, 3) the network's winding lattice at that level, echelon form.
        networks: (3,) number of separate networks of rank >= d at that level.
        value_global: (3,) level at which the whole region has rank >= d, its networks' windings
            taken together: what persistent homology on the torus sees.
        edge_global: (3,) index of the saddle.
        kind: (E,) what each saddle did: 0 nothing new, 1 merged two components, 2 enlarged a
            component's lattice.
    """

    value: NDArray[np.float64]
    edge: NDArray[np.int64]
    basin: NDArray[np.int64]
    lattice: NDArray[np.int64]
    networks: NDArray[np.int64]
    value_global: NDArray[np.float64]
    edge_global: NDArray[np.int64]
    kind: NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Components:
    """The connected components of the region at one level.

    Attributes:
        level: the level.
        of_basin: (B,) component number of each basin, -1 for basins outside the region.
        cell_of_basin: (B, 3) cell of the basin's extremum relative to the component's base.
        lattice: (C, 3, 3) winding lattice per component, echelon form.
    """

    level: float
    of_basin: NDArray[np.int64]
    cell_of_basin: NDArray[np.int64]
    lattice: NDArray[np.int64]

    @property
    def rank(self) -> NDArray[np.int64]:
        """(C,) rank of each component."""
        diagonal = np.diagonal(self.lattice, axis1=1, axis2=2)
        return np.asarray(np.count_nonzero(diagonal, axis=1), dtype=np.int64)
