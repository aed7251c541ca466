"""The main job: the tunnels of a field."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import FieldError
from isotunnel.fields.field import Field
from isotunnel.fields.kinds import Side
from isotunnel.topology.graph import (
    Connectivity,
    components_at,
    deciding_saddles,
    merge_graph,
    percolation_of,
)
from isotunnel.topology.lattice import basis, index, primitive_directions
from isotunnel.topology.results import MergeGraph, Percolation
from isotunnel.tunnels.atoms import atoms_between
from isotunnel.tunnels.between_points import why_not_between_points
from isotunnel.tunnels.refine import RefinedSaddle, Refinement, refine_saddles
from isotunnel.tunnels.results import Bottleneck, Directions, Tunnels
from isotunnel.tunnels.segments import find_segments
from isotunnel.tunnels.ties import rounding_at, tie_at


def find_tunnels(
    field: Field,
    side: Side | Literal["above", "below"] | None = None,
    connectivity: Connectivity = 26,
    refine: bool = True,
) -> Tunnels:
    """Find the percolating isosurface networks of a field.

    The threshold of rank d is the first level, rising for ``below`` and falling for ``above``, at
    which one connected component of the open region realises windings in at least d independent
    lattice directions: d = 1 a wire, 2 a sheet, 3 a network. For an ELF searched from above the
    rank-3 threshold is the networking value phi.

    Args:
        field: the field.
        side: "below" opens {f <= level} (potentials), "above" {f >= level} (density, ELF); default
            by the field's kind.
        connectivity: which voxels touch: 26 (faces, edges and corners) or 6 (faces).
        refine: also find the passes between grid points and estimate the grid's error. Without,
            ``thresholds`` equals ``thresholds_grid`` and the errors are NaN; so too, with a
            warning, for a mask (a field that holds two values only) and for labels, noise of few
            values and numbers rounded to few digits (very many saddles exactly at a threshold, or
            at most 200 different values in flat steps).

    Raises:
        FieldError: the kind has no default side and none is given, or unknown connectivity.

    Limits: the refined thresholds assume a field that a quintic spline through the grid follows;
    where it does not (noise, cusps at the pass itself) the error is the roughness of the spline on
    a grid four times as fine. The error is the grid's alone.
    """
    if not isinstance(field, Field):
        raise FieldError(
            f"find_tunnels needs a Field, not {type(field).__name__}; make one with "
            "Field.from_array(values, cell, kind)"
        )
    open_side = _chosen_side(field, side)
    if connectivity not in (6, 26):
        raise FieldError(f"connectivity must be 6 or 26, got {connectivity!r}")
    sign = 1 if open_side is Side.BELOW else -1
    graph = merge_graph(field.values, sign, connectivity)
    percolation = percolation_of(graph)
    coarse = why_not_between_points(field.values, graph, percolation) if refine else None
    refinement = refine_saddles(field, graph, deciding_saddles) if refine and not coarse else None
    found = _assemble(field, open_side, graph, percolation, refinement)
    return replace(found, warnings=(*found.warnings, coarse)) if coarse else found


def _chosen_side(field: Field, side: Side | str | None) -> Side:
    if side is None:
        if field.default_side is None:
            raise FieldError(
                f"a field of kind {str(field.kind)!r} has no default side: "
                "say side='below' (a potential) or side='above' (a density or ELF)"
            )
        return field.default_side
    try:
        return Side(side)
    except ValueError:
        raise FieldError(f"side must be 'above' or 'below', got {str(side)!r}") from None


def _assemble(
    field: Field,
    side: Side,
    graph: MergeGraph,
    percolation: Percolation,
    refinement: Refinement | None,
) -> Tunnels:
    final_graph = refinement.graph if refinement else graph
    final = percolation_of(final_graph) if refinement else percolation
    saddles = refinement.saddles if refinement else {}
    bottlenecks = [_bottleneck(field, final_graph, final, saddles, d) for d in range(3)]
    error = np.array([b.error if b else np.nan for b in bottlenecks])
    directions = [_directions(field, final_graph, final, d, bottlenecks[d]) for d in range(3)]
    return Tunnels(
        field=field,
        side=side,
        connectivity=graph.connectivity,
        thresholds=_frozen(final.value),
        thresholds_error=_frozen(error),
        thresholds_grid=_frozen(percolation.value),
        thresholds_global_grid=_frozen(percolation.value_global),
        directions=(directions[0], directions[1], directions[2]),
        bottlenecks=(bottlenecks[0], bottlenecks[1], bottlenecks[2]),
        segments=find_segments(field, graph, _just_short(field, graph, percolation)),
        graph=graph,
        percolation=percolation,
        refined=refinement is not None,
        warnings=_warnings(refinement, final),
    )


def _warnings(refinement: Refinement | None, final: Percolation) -> tuple[str, ...]:
    if refinement is None:
        return ()
    warnings = []
    if not refinement.complete:
        warnings.append(
            "very many saddles lie close to a threshold, as in noise: refined values may be off "
            "by more than their errors"
        )
    edges = final.edge
    kept = [
        d + 1
        for d in range(3)
        if edges[d] >= 0
        and (saddle := refinement.saddles.get(int(refinement.graph.saddle_voxel[edges[d]])))
        and saddle.error > 0
        and (saddle.place is None or saddle.place.hessian is None)
    ]
    if kept:
        ranks = ", ".join(str(d) for d in kept)
        warnings.append(
            f"no smooth pass was found at the threshold of rank {ranks}: it is known to the "
            "roughness of a grid four times as fine; a finer grid of the field helps"
        )
    return tuple(warnings)


def _bottleneck(
    field: Field,
    graph: MergeGraph,
    percolation: Percolation,
    saddles: dict[int, RefinedSaddle],
    d: int,
) -> Bottleneck | None:
    edge = int(percolation.edge[d])
    if edge < 0:
        return None
    voxel_flat = int(graph.saddle_voxel[edge])
    voxel = tuple(int(x) for x in np.unravel_index(voxel_flat, field.shape))
    saddle = saddles.get(voxel_flat)
    value_grid = float(field.values[voxel])
    place = saddle.place if saddle else None
    where = np.array(voxel, dtype=float) if place is None else place.position
    fractional = field.positions_fractional(where)
    cartesian = fractional @ field.cell
    hessian = None if place is None else place.hessian
    direction, slope = (None, None) if hessian is None else _passage(field, graph.sign, hessian)
    return Bottleneck(
        voxel=(voxel[0], voxel[1], voxel[2]),
        value_grid=value_grid,
        value=saddle.value if saddle else value_grid,
        error=saddle.error if saddle else float("nan"),
        position_fractional=_frozen(fractional),
        position_cartesian=_frozen(cartesian),
        refined=hessian is not None,
        between=atoms_between(field, cartesian),
        path_direction=direction,
        cross_section_slope=slope,
    )


def _passage(
    field: Field, sign: int, hessian_voxel: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float | None]:
    """Direction of the path through a saddle, and d(area)/d(level) of the opening.

    With H the Hessian in Cartesian axes, the path runs along the eigenvector of negative
    curvature, and the opening at a level dE beyond the saddle is the ellipse
    l1 u^2 / 2 + l2 w^2 / 2 <= dE of area 2 pi dE / sqrt(l1 l2).
    """
    step = np.linalg.inv(field.cell / np.array(field.shape)[:, None])
    hessian = sign * (step @ hessian_voxel @ step.T)
    curvature, axes = np.linalg.eigh(hessian)
    across = curvature[1] * curvature[2]
    flat = curvature[1] <= 1e-9 * np.abs(curvature).max()
    slope = None if flat else float(2 * np.pi / np.sqrt(across))
    direction = axes[:, 0]
    leading = direction[np.argmax(np.abs(direction) > 1e-6)]
    return _frozen(direction if leading > 0 else -direction), slope


def _directions(
    field: Field,
    graph: MergeGraph,
    percolation: Percolation,
    d: int,
    bottleneck: Bottleneck | None,
) -> Directions | None:
    if bottleneck is None:
        return None
    level = float(percolation.value[d]) + graph.sign * tie_at(field, bottleneck)
    parts = components_at(graph, level)
    lattice = parts.lattice[parts.of_basin[percolation.basin[d]]]
    vectors = primitive_directions(lattice)
    return Directions(
        vectors=_frozen(vectors),
        windings=_frozen(basis(lattice)),
        cartesian=_frozen(vectors @ field.cell),
        index=index(lattice),
        networks=int(np.count_nonzero(parts.rank > d)),
    )


def _just_short(field: Field, graph: MergeGraph, percolation: Percolation) -> float:
    """The last level before the first threshold; the last of all where there is none.

    Short by the rounding at the pass, for passes that symmetry makes equal to the threshold may
    lie before it by as much.
    """
    if np.isnan(percolation.value[0]):
        values = np.concatenate([graph.basin_value, graph.saddle_value]).astype(np.float64)
        return float(graph.sign * (graph.sign * values).max())
    flat = int(graph.saddle_voxel[percolation.edge[0]])
    voxel = tuple(int(x) for x in np.unravel_index(flat, field.shape))
    short = float(percolation.value[0]) - graph.sign * rounding_at(field, voxel)
    return float(np.nextafter(short, -graph.sign * np.inf))


def _frozen(array: NDArray) -> NDArray:  # type: ignore[type-arg]
    array = np.array(array)
    array.flags.writeable = False
    return array
