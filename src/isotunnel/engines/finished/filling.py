"""Band edges from levels and how far each is filled, at the k-points of a run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.finished.bands import BandEdges
from isotunnel.engines.gpaw_pw.levels import METAL_GAP_EV

_HALF = 0.25
"""A filling this close to one half is a level at the Fermi level, not the tail of a smearing."""


def edges_of_filling(
    energies: NDArray[np.float64], filling: NDArray[np.float64], fermi_ev: float | None
) -> BandEdges | None:
    """Edges and gaps of energies and fillings (0 to 1) of shape (spins, k-points, bands).

    A gap exists where each spin fills the same number of bands at all k-points, none by about
    half, and all filled levels lie below all empty ones. Otherwise the crystal is a metal and all
    edges are ``fermi_ev``. None where that is unknown, or where there are no empty or no filled
    bands.
    """
    filled = filling > 0.5
    if energies.size == 0 or not filled.any() or filled.all():
        return None
    metal = None if fermi_ev is None else BandEdges(fermi_ev, fermi_ev, fermi_ev, 0.0, 0.0)
    counts = filled.sum(axis=2)
    if (counts != counts[:, :1]).any() or (np.abs(filling - 0.5) < _HALF).any():
        return metal
    vbm = float(energies[filled].max())
    cbm = float(energies[~filled].min())
    if cbm - vbm < METAL_GAP_EV:
        return metal
    top = np.where(filled, energies, -np.inf).max(axis=(0, 2))
    bottom = np.where(filled, np.inf, energies).min(axis=(0, 2))
    direct = float((bottom - top).min())
    return BandEdges(0.5 * (vbm + cbm), vbm, cbm, cbm - vbm, direct)
