"""The fits of rho(T) as a contest of two theories, metal by metal."""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.studies.fits.results import LawFit, MetalFits
from isotunnel.studies.fits.run import FitsResult
from isotunnel.studies.fits.summary import error_of

SPLIT = "alternate"
PARAMETERS = 2
TABLE = "resistivity_vs_temperature"
LEAST_ERROR = 1e-9
"""A relative error below this is rounding; a law that is exact must not drop out for it."""


@dataclass(frozen=True)
class LawContest:
    """Held-out errors of both theories on one metal.

    Of each theory that law of ``PARAMETERS`` parameters counts which fits the training points
    better, so that held-out points choose nothing.
    """

    metal: str
    tunnel_law: str
    tunnel_error: float
    rival_law: str
    rival_error: float


def contests(fits: FitsResult) -> tuple[LawContest, ...]:
    """All metals on which both theories were judged."""
    found = []
    for metal in fits.metals:
        tunnel, rival = (_chosen(metal, t) for t in ("tunnel", "bloch_grueneisen"))
        errors = error_of(tunnel), error_of(rival)
        if tunnel is None or rival is None or errors[0] is None or errors[1] is None:
            continue
        own, other = (max(e, LEAST_ERROR) for e in (errors[0], errors[1]))
        found.append(LawContest(metal.metal, tunnel.law, own, rival.law, other))
    return tuple(found)


def used_in(fits: FitsResult) -> tuple[tuple[RowUsed, ...], tuple[RowDropped, ...]]:
    """Rows of the table that the fits rest on, and those left out."""
    used, dropped = [], []
    judged = {c.metal for c in contests(fits)}
    for metal in fits.metals:
        for row in metal.used:
            label = f"{metal.metal} at {row.temperature_k:g} K"
            if metal.metal in judged:
                used.append(RowUsed(TABLE, row.row, label, row.source))
            else:
                reason = "one of the theories has no law that could be judged on this metal"
                dropped.append(RowDropped(TABLE, row.row, label, reason))
        for left in metal.dropped:
            label = f"{metal.metal} at {left.temperature_k:g} K"
            dropped.append(RowDropped(TABLE, left.row, label, left.reason))
    dropped += [RowDropped(TABLE, s.metal, s.metal, s.reason) for s in fits.skipped]
    return tuple(used), tuple(dropped)


def _chosen(metal: MetalFits, theory: str) -> LawFit | None:
    """The theory's law with the highest likelihood on the training points."""
    likely = {
        f.training.log_likelihood: f
        for f in metal.fits
        if (f.theory, f.split, f.free_parameters) == (theory, SPLIT, PARAMETERS)
        and f.training is not None
        and f.training.log_likelihood is not None
    }
    return likely[max(likely)] if likely else None
