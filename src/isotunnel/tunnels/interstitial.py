"""Maxima of the ELF away from all atoms: where they are, and in how many dimensions they connect.

Electrons that belong to no atom (the anions of an electride) localise in the voids of a crystal.
Their network is the graph of the basins of these maxima alone. Lowering the level from the highest
maximum it spans 1, 2 and 3 dimensions, until at some level it touches the basin of an atom or a
bond and is no longer theirs. The rank that it keeps over the longest part of this range is its
dimension, so no level has to be chosen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import FieldError
from isotunnel.fields.field import Field
from isotunnel.fields.kinds import FieldKind
from isotunnel.topology.basin_labels import basin_labels
from isotunnel.topology.graph import Connectivity, deciding_saddles, merge_graph, percolation_of
from isotunnel.topology.lattice import primitive_directions
from isotunnel.topology.percolation import MERGE
from isotunnel.topology.results import MergeGraph
from isotunnel.tunnels.atoms import nearest_atoms
from isotunnel.tunnels.between_points import why_not_between_points
from isotunnel.tunnels.interstitial_results import (
    InterstitialNetwork,
    InterstitialSite,
    dimension_of,
)
from isotunnel.tunnels.refine import refine_saddles

REACH = 1.3
"""An atom reaches so many of its (scaled) covalent radii; farther maxima are interstitial."""

LEAST_ELF = 0.5
"""ELF of a uniform electron gas, by definition: a lower maximum is no localised electron."""

RIPPLE = 0.005
"""Maxima that a lower barrier parts are one site: such ripples come from the grid."""

_SHELL = 1.1


def interstitial_network(
    elf: Field,
    density: Field | None = None,
    *,
    reach: float = REACH,
    least_elf: float = LEAST_ELF,
    connectivity: Connectivity = 26,
    refine: bool = True,
) -> InterstitialNetwork:
    """Find the interstitial maxima of an ELF, their charge, and the dimension of their network.

    A maximum is interstitial if it is farther from every nucleus than ``reach`` times the atom's
    covalent radius, all radii scaled by the crystal's own shortest bond where that is shorter than
    the sum of two radii (:func:`bond_scale`): under pressure atoms are smaller.

    Args:
        elf: with atoms.
        density: electrons per angstrom^3 on the same grid, for the charge in each basin.
        reach: see above.
        least_elf: lower maxima are left out; 0.5 is the uniform electron gas.
        connectivity: 26 or 6, see :func:`~isotunnel.tunnels.find_tunnels`.
        refine: find the passes between grid points, with an error.

    Raises:
        FieldError: the field is no ELF or has no atoms; the density lies on another grid.

    Limits: covalent radii and the factor 1.3 are conventions, which the clearance of each site lets
    a reader judge: :attr:`~InterstitialNetwork.sites_by_reach` tells the count at others. Metals
    have interstitial maxima without being called electrides. Charges stop at basin borders found by
    steps on the grid; their error is the difference between steps to 6 and to 26 neighbours.
    """
    _check(elf, density)
    graph = merge_graph(elf.values, -1, connectivity)
    ratio = clearance(elf, graph.basin_voxel)
    inside = (ratio > reach) & (graph.basin_value >= least_elf)
    counts = {
        f: int(np.count_nonzero(_sites_of(graph, (ratio > f) & (graph.basin_value >= least_elf))))
        for f in (reach - 0.15, reach, reach + 0.15)
    }
    between, outward = _part(graph, inside, 2), _part(graph, inside, 1)
    coarse = why_not_between_points(elf.values, graph, percolation_of(graph)) if refine else None
    thresholds, errors, vectors = _thresholds(elf, between, refine and not coarse)
    contact, contact_error = _contact(elf, outward, refine and not coarse)
    sites = _sites(elf, density, graph, inside, ratio)
    top = max((s.elf for s in sites), default=float("nan"))
    network = InterstitialNetwork(
        elf=elf,
        sites=sites,
        thresholds=_frozen(thresholds),
        thresholds_error=_frozen(errors),
        contact=contact,
        contact_error=contact_error,
        reach=reach,
        least_elf=least_elf,
        scale=bond_scale(elf),
        sites_by_reach=counts,
        ranges=(0.0, 0.0, 0.0, 0.0),
        dimension=None,
        directions=_frozen(np.zeros((0, 3), dtype=np.int64)),
        margin=float("nan"),
        margin_error=float("nan"),
        reason="no interstitial maximum",
        warnings=() if coarse is None else (coarse,),
    )
    if not sites:
        return network
    floor = float(elf.values.min()) if np.isnan(contact) else contact
    decision = dimension_of(top, thresholds, errors, floor, contact_error)
    decided = replace(network, **decision)
    return replace(decided, directions=_frozen(vectors[decided.dimension or 0]))


def bond_scale(field: Field) -> float:
    """The shortest distance of two atoms over the sum of their covalent radii, at most 1."""
    assert field.atoms is not None
    radii = _radii(field)
    shortest = 1.0
    for n, position in enumerate(field.atoms.positions):
        for neighbour, _ in nearest_atoms(field, position):
            if neighbour.distance_angstrom > 1e-3:
                both = radii[n] + radii[neighbour.index]
                shortest = min(shortest, neighbour.distance_angstrom / both)
    return float(shortest)


def clearance(field: Field, voxels: NDArray[np.int64]) -> NDArray[np.float64]:
    """(M,) distance of grid points to the nearest nucleus in units of its scaled radius."""
    radii = _radii(field) * bond_scale(field)
    found = np.empty(len(voxels))
    for n, point in enumerate(_cartesian(field, voxels)):
        near = nearest_atoms(field, point)
        found[n] = min(a.distance_angstrom / radii[a.index] for a, _ in near)
    return found


def _radii(field: Field) -> NDArray[np.float64]:
    from ase.data import covalent_radii

    assert field.atoms is not None
    return np.asarray(covalent_radii[field.atoms.numbers], dtype=float)


def _check(elf: Field, density: Field | None) -> None:
    if elf.kind is not FieldKind.ELF:
        raise FieldError(f"interstitial maxima are looked for in an ELF; this field is {elf.kind}")
    if elf.atoms is None or len(elf.atoms) == 0:
        raise FieldError(
            "which maxima are interstitial depends on the atoms, which this field does not have: "
            "use a file that holds them (ELFCAR, cube) or Field.from_array(..., atoms=atoms)"
        )
    if density is not None and density.shape != elf.shape:
        raise FieldError(
            f"the density lies on {density.shape} points and the ELF on {elf.shape}: charges of "
            "basins need both on one grid"
        )


def _part(graph: MergeGraph, inside: NDArray[np.bool_], ends: int) -> MergeGraph:
    """The graph with those saddles alone that have so many ends among the chosen basins."""
    chosen = inside[graph.saddle_ends[:, :2]].sum(axis=1) == ends
    return replace(
        graph,
        saddle_voxel=graph.saddle_voxel[chosen],
        saddle_value=graph.saddle_value[chosen],
        saddle_ends=graph.saddle_ends[chosen],
    )


def _thresholds(
    elf: Field, graph: MergeGraph, refine: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64], list[NDArray[np.int64]]]:
    """Levels at which the network spans 1, 2 and 3 dimensions, their errors, and its directions.

    The directions are lattice vectors by rank 0 to 3.
    """
    errors = np.full(3, np.nan)
    if refine:
        refinement = refine_saddles(elf, graph, deciding_saddles)
        graph = refinement.graph
    found = percolation_of(graph)
    vectors = [np.zeros((0, 3), dtype=np.int64)]
    for d in range(3):
        vectors.append(primitive_directions(found.lattice[d]))
        if refine and found.edge[d] >= 0:
            errors[d] = refinement.saddles[int(graph.saddle_voxel[found.edge[d]])].error
    return found.value, errors, vectors


def _contact(elf: Field, graph: MergeGraph, refine: bool) -> tuple[float, float]:
    """The level at which an interstitial basin first touches another one, and its error."""
    if len(graph.saddle_voxel) == 0:
        return float("nan"), float("nan")
    if not refine:
        return float(graph.saddle_value[0]), float("nan")
    refinement = refine_saddles(elf, graph, lambda _: np.array([0], dtype=np.int64))
    saddle = refinement.saddles[int(refinement.graph.saddle_voxel[0])]
    return float(saddle.value), float(saddle.error)


def _elder(graph: MergeGraph, inside: NDArray[np.bool_]) -> tuple[list[int], list[float]]:
    """By the elder rule: the site of each basin, and the height of each above its pass."""
    merging = np.flatnonzero(percolation_of(graph).kind == MERGE)
    root = list(range(len(graph.basin_voxel)))
    oldest = list(root)
    height = [float("inf")] * len(root)
    site = list(root)

    def find(n: int, tree: list[int]) -> int:
        while tree[n] != n:
            tree[n] = tree[tree[n]]
            n = tree[n]
        return n

    value = graph.basin_value.astype(float)
    for edge in merging:
        a, b = (find(int(n), root) for n in graph.saddle_ends[edge, :2])
        if a == b:
            continue
        old, young = sorted((a, b), key=lambda n: (-value[oldest[n]], oldest[n]))
        peak = oldest[young]
        height[peak] = float(value[peak] - graph.saddle_value[edge])
        if height[peak] < RIPPLE and inside[peak] and inside[oldest[old]]:
            site[find(peak, site)] = find(oldest[old], site)
        root[young] = old
    return [find(n, site) for n in range(len(site))], height


def _sites_of(graph: MergeGraph, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(B,) which basins stand for a site."""
    site, _ = _elder(_part(graph, inside, 2), inside)
    return np.asarray(inside & (np.array(site, dtype=np.int64) == np.arange(len(site))))


def _sites(
    elf: Field,
    density: Field | None,
    graph: MergeGraph,
    inside: NDArray[np.bool_],
    ratio: NDArray[np.float64],
) -> tuple[InterstitialSite, ...]:
    """One entry per site, highest ELF first."""
    site = np.array(_elder(_part(graph, inside, 2), inside)[0], dtype=np.int64)
    height = _elder(graph, np.zeros_like(inside))[1]
    chosen = np.flatnonzero(inside & (site == np.arange(len(site))))
    charge, other, volume = _in_basins(elf, density, graph, site)
    points = _cartesian(elf, graph.basin_voxel[chosen])
    found = []
    for b, point in zip(chosen, points, strict=True):
        near = [n for n, _ in nearest_atoms(elf, point)]
        shell = [n for n in near if n.distance_angstrom <= _SHELL * near[0].distance_angstrom]
        voxel = np.array(np.unravel_index(graph.basin_voxel[b], elf.shape))
        found.append(
            InterstitialSite(
                elf=float(graph.basin_value[b]),
                height=float(min(height[b], float(graph.basin_value[b]) - float(elf.values.min()))),
                position_fractional=_frozen(elf.positions_fractional(voxel)),
                clearance=float(ratio[b]),
                nearest=tuple(shell),
                volume_a3=float(volume[b]),
                charge_e=float(charge[b]),
                charge_error_e=abs(float(charge[b] - other[b])),
            )
        )
    return tuple(sorted(found, key=lambda s: (-s.elf, tuple(s.position_fractional))))


def _in_basins(
    elf: Field, density: Field | None, graph: MergeGraph, site: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Electrons of each site by both ways of stepping, and its volume in angstrom^3."""
    voxel_volume = elf.volume / elf.values.size
    label, _ = basin_labels(elf.values, -1, graph.connectivity)
    flat = site[label.reshape(-1)]

    def total(of: NDArray[np.int64], weight: NDArray[Any]) -> NDArray[np.float64]:
        return np.asarray(np.bincount(of, weight, minlength=len(site)) * voxel_volume)

    volume = total(flat, np.ones(elf.values.size))
    if density is None:
        nothing = np.full(len(site), np.nan)
        return nothing, nothing, volume
    weight = density.values.reshape(-1)
    other_label, peaks = basin_labels(elf.values, -1, 6 if graph.connectivity == 26 else 26)
    other = flat[peaks][other_label.reshape(-1)]
    return total(flat, weight), total(other, weight), volume


def _cartesian(field: Field, voxels: NDArray[np.int64]) -> NDArray[np.float64]:
    index = np.stack(np.unravel_index(voxels, field.shape), axis=1)
    return np.asarray(index / np.array(field.shape) @ field.cell + field.origin)


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array = np.array(array)
    array.flags.writeable = False
    return array
