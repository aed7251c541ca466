"""Band edges on the high-symmetry lines, where they mostly are and a mesh may miss them."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.engines.gpaw_pw.levels import (
    METAL_GAP_EV,
    Levels,
    filled_bands,
    spin_eigenvalues,
)
from isotunnel.engines.gpaw_pw.runtime import import_gpaw, third_party_warnings_silenced
from isotunnel.engines.gpaw_pw.scf import UNCONVERGED_BANDS, Converged

if TYPE_CHECKING:
    from ase import Atoms


def refined_levels(converged: Converged, atoms: Atoms, levels: Levels, points: int) -> Levels:
    """The edges of ``levels`` after a look along the lines between special k-points.

    Needed for semimetals above all: graphite's bands touch at K and H only, which a mesh of 10
    points misses, and so reports a gap of 1.2 eV. The density is kept; ``points`` k-points are
    spread over the path of the Bravais lattice (Setyawan and Curtarolo, Comput. Mater. Sci. 49,
    299 (2010), doi 10.1016/j.commatsci.2010.05.010). Metals on the mesh are returned unchanged, and
    so are the edges of the mesh if the lines do not converge.
    """
    if levels.gap_ev <= 0 or points <= 0:
        return levels
    gpaw = import_gpaw()
    with third_party_warnings_silenced():
        own = atoms.copy()
        own.pbc = True
        path = own.cell.bandpath(npoints=points)
        try:
            lines = converged.calculator.fixed_density(
                kpts=path.kpts,
                symmetry="off",
                convergence={"bands": -UNCONVERGED_BANDS},
                txt=io.StringIO(),
            )
        except gpaw.ConvergenceError:
            return levels
    tops, bottoms = [], []
    for bands, filled in zip(spin_eigenvalues(lines.dft), filled_bands(converged.dft), strict=True):
        assert filled is not None  # the mesh showed a gap
        tops.extend([bands[:, filled - 1]] if filled > 0 else [])
        bottoms.append(bands[:, filled])
    top, bottom = np.max(tops, axis=0), np.min(bottoms, axis=0)
    vbm = max(levels.vbm_ev, float(top.max()))
    cbm = min(levels.cbm_ev, float(bottom.min()))
    if cbm - vbm < METAL_GAP_EV:
        # The mesh put its Fermi level anywhere in the gap it saw; here the bands meet.
        fermi = float(np.clip(levels.fermi_ev, min(vbm, cbm), max(vbm, cbm)))
        return Levels(fermi, fermi, fermi, 0.0, 0.0)
    direct = min(levels.direct_gap_ev, float((bottom - top).min()))
    return replace(
        levels,
        fermi_ev=0.5 * (vbm + cbm),
        vbm_ev=vbm,
        cbm_ev=cbm,
        gap_ev=cbm - vbm,
        direct_gap_ev=direct,
    )
