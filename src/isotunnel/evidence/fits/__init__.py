"""Resistivity laws of the tunnel theory and of its rival, fitted on the same footing.

The same points, splits, weights and numbers of free parameters for both; parameters are fitted on
one part of the data and judged on the rest. Names are imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.lazy import lazy_names

if TYPE_CHECKING:
    from isotunnel.evidence.fits.fit import fit_law
    from isotunnel.evidence.fits.points import Points, make_points, training_mask
    from isotunnel.evidence.fits.results import LawFit, MetalFits
    from isotunnel.evidence.fits.rho_laws import law, laws
    from isotunnel.evidence.fits.run import FitsResult, fit_metals, fit_points
    from isotunnel.evidence.fits.solve import Law
    from isotunnel.evidence.fits.summary import Duel, Standing, compare, standings

_HOMES = {
    "Duel": "summary",
    "FitsResult": "run",
    "Law": "solve",
    "LawFit": "results",
    "MetalFits": "results",
    "Points": "points",
    "Standing": "summary",
    "compare": "summary",
    "fit_law": "fit",
    "fit_metals": "run",
    "fit_points": "run",
    "law": "rho_laws",
    "laws": "rho_laws",
    "make_points": "points",
    "standings": "summary",
    "training_mask": "points",
}

__all__ = [
    "Duel",
    "FitsResult",
    "Law",
    "LawFit",
    "MetalFits",
    "Points",
    "Standing",
    "compare",
    "fit_law",
    "fit_metals",
    "fit_points",
    "law",
    "laws",
    "make_points",
    "standings",
    "training_mask",
]

__getattr__ = lazy_names(__name__, _HOMES)
