"""The fits as a table, one row for each metal, split and law."""

from __future__ import annotations

import csv
import io

from isotunnel.number_text import with_error
from isotunnel.studies.fits.results import LawFit, MetalFits
from isotunnel.studies.fits.run import FitsResult

COLUMNS = (
    *("metal", "split", "law", "theory", "free_parameters", "training_points", "held_out_points"),
    *("training_rms_relative", "held_out_rms_relative", "held_out_worst_relative"),
    *("training_log_likelihood", "held_out_log_likelihood", "aic", "bic", "aicc", "sigma"),
    *("parameters", "reason"),
)


def csv_text(result: FitsResult) -> str:
    """CSV with a first line of names; what is not known is empty, with the reason last."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for metal in result.metals:
        for fit in metal.fits:
            writer.writerow(_cells(metal, fit))
    return out.getvalue()


def parameter_text(fit: LawFit) -> str:
    """Parameters with errors: "theta=389.0 ± 1.2 K"."""
    return "; ".join(
        f"{p.name}={with_error(p.value, p.error)}"
        + " (at bound)" * (p.error is None and p.at_bound)
        + (f" {p.unit}" if p.unit != "1" else "")
        for p in fit.parameters
    )


def _cells(metal: MetalFits, fit: LawFit) -> list[str]:
    training, held = fit.training, fit.held_out
    numbers = (
        training.rms_relative if training else None,
        held.rms_relative if held else None,
        held.worst_relative if held else None,
        training.log_likelihood if training else None,
        held.log_likelihood if held else None,
        fit.aic,
        fit.bic,
        fit.aicc,
        fit.sigma,
    )
    counts = (fit.free_parameters, training and training.points, held and held.points)
    return [
        *(metal.metal, fit.split, fit.law, fit.theory),
        *("" if n is None else str(n) for n in counts),
        *("" if x is None else f"{x:.6g}" for x in numbers),
        *(parameter_text(fit), fit.reason),
    ]
