"""Band edges and density of states from the eigenvalues that a calculation stored."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.gpaw_pw.levels import METAL_GAP_EV
from isotunnel.engines.gpaw_pw.tetrahedra import tetrahedron_dos

_WHOLE = 0.01


@dataclass(frozen=True, eq=False)
class BandMesh:
    """Kohn-Sham energies on a mesh of k-points.

    Attributes:
        energies_ev: (S, K, N) for S = 1 or 2 spins, K irreducible k-points and N bands.
        fermi_ev: Fermi level on the same zero; the higher one where the spins have one each.
        electrons: (S,) per cell and spin channel; None where it is not known.
        per_state: electrons that one state holds: 2 spin-paired, 1 where spins are apart or mixed.
        whole_zone: (n1, n2, n3) which of the K each point of the regular mesh is; None for a list
            of k-points that is no mesh.
    """

    energies_ev: NDArray[np.float64]
    fermi_ev: float
    electrons: tuple[float, ...] | None
    per_state: int
    whole_zone: NDArray[np.int64] | None


@dataclass(frozen=True)
class BandEdges:
    """Band edges on the k-points of a mesh, eV; ``reason`` tells what keeps them from being known.

    In a metal both edges are the Fermi level and the gaps 0; ``cbm_ev`` and the gaps are None where
    no empty band was computed.
    """

    fermi_ev: float
    vbm_ev: float | None
    cbm_ev: float | None
    gap_ev: float | None
    direct_gap_ev: float | None
    reason: str = ""


def band_edges(mesh: BandMesh) -> BandEdges:
    """Edges of the filled and empty bands, for each spin by counting.

    The number of filled bands follows from the electrons of the spin channel; where they are not
    known it is what lies below the Fermi level, if that is the same at every k-point. A gap below
    :data:`~isotunnel.engines.gpaw_pw.levels.METAL_GAP_EV` is none. The edges are those of the mesh:
    between its points bands may come closer.
    """
    metal = BandEdges(mesh.fermi_ev, mesh.fermi_ev, mesh.fermi_ev, 0.0, 0.0)
    tops, bottoms = [], []
    for spin, energies in enumerate(mesh.energies_ev):
        filled = _filled(energies, mesh, spin)
        if filled is None:
            return metal
        if filled > 0:
            tops.append(energies[:, filled - 1])
        if filled < energies.shape[1]:
            bottoms.append(energies[:, filled])
    if not tops:
        return BandEdges(mesh.fermi_ev, None, None, None, None, "no band is filled")
    top = np.max(tops, axis=0)
    if not bottoms:
        why = "no empty band was computed; ask for more bands (nbands)"
        return BandEdges(mesh.fermi_ev, float(top.max()), None, None, None, why)
    bottom = np.min(bottoms, axis=0)
    vbm, cbm = float(top.max()), float(bottom.min())
    if cbm - vbm < METAL_GAP_EV:
        return metal
    # Where in the gap smearing puts the level is arbitrary; the middle is what it means at 0 K.
    return BandEdges(0.5 * (vbm + cbm), vbm, cbm, cbm - vbm, float((bottom - top).min()))


def _filled(energies: NDArray[np.float64], mesh: BandMesh, spin: int) -> int | None:
    """Number of bands filled at every k-point; None for a metal, where it differs."""
    if mesh.electrons is not None:
        bands = mesh.electrons[spin] / mesh.per_state
        whole = round(bands)
        return whole if abs(bands - whole) < _WHOLE and whole <= energies.shape[1] else None
    counts = (energies <= mesh.fermi_ev).sum(axis=1)
    return int(counts[0]) if (counts == counts[0]).all() else None


def fermi_dos(
    mesh: BandMesh, edges: BandEdges, weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64] | None:
    """Density of states at the Fermi level, states/eV/cell, by linear tetrahedra without a width.

    Args:
        mesh: the eigenvalues.
        edges: from :func:`band_edges`; where there is a gap the result is 0.
        weights: (w, S, K, N) projections of the states, or None for the total alone.

    Returns:
        (1 + w,): the total, then each projection; None without a regular mesh.
    """
    shares = np.ones((1, *mesh.energies_ev.shape))
    if weights is not None:
        shares = np.concatenate([shares, weights])
    if edges.gap_ev is not None and edges.gap_ev > 0:
        return np.zeros(len(shares))
    if mesh.whole_zone is None:
        return None
    total = np.zeros(len(shares))
    for spin, energies in enumerate(mesh.energies_ev):
        whole = energies[mesh.whole_zone]
        total += tetrahedron_dos(whole, shares[:, spin][:, mesh.whole_zone], edges.fermi_ev)
    return mesh.per_state * total


def mesh_order(
    kpoints: NDArray[np.float64], irreducible: NDArray[np.int64]
) -> NDArray[np.int64] | None:
    """Irreducible k-point of each point of a regular mesh, shape (n1, n2, n3); None for no mesh.

    Args:
        kpoints: (B, 3) all points of the zone, in fractions of the reciprocal vectors.
        irreducible: (B,) which irreducible one each is.
    """
    fractions = np.round(kpoints % 1.0, 6) % 1.0
    shape = tuple(len(np.unique(fractions[:, axis])) for axis in range(3))
    if shape[0] * shape[1] * shape[2] != len(kpoints):
        return None
    place = [np.unique(fractions[:, axis], return_inverse=True)[1] for axis in range(3)]
    order = np.full(shape, -1, dtype=np.int64)
    order[place[0], place[1], place[2]] = irreducible
    return order if (order >= 0).all() else None
