"""Options of earlier versions, and what to write instead."""

from __future__ import annotations

from typing import Any

_FIGURES = "figures are written only where --figures DIR says so"

GONE = {
    ("analyze", "--report"): "--output FILE.html (-o)",
    ("analyze", "--no-report"): "--no-files",
    ("analyze", "--no-figures"): f"nothing: {_FIGURES}",
    ("scan", "--no-figures"): f"nothing: {_FIGURES}",
    ("scan", "--parquet"): "--output FILE.parquet (-o)",
    ("diagram", "--png"): "--output FILE.png (-o)",
    ("diagram", "--svg"): "--output FILE.svg (-o)",
    ("diagram", "--html"): "--output FILE.html (-o)",
    ("screen", "--spacing"): "--grid",
    ("screen", "--out"): "--output DIR (-o)",
    ("query", "--html"): "--output FILE.html (-o)",
    ("scorecard", "--html"): "--output FILE.html (-o)",
    ("pairing", "--figures-in"): "--figures DIR",
    ("pairing", "--spin-paired"): "--spin off",
    ("pairing", "--grid"): "nothing: pairing has no fields",
    ("pairing", "--xc"): "nothing: pairing is with PBE alone",
}
"""By command and option."""


def instead_of(context: Any, option: str) -> str:
    """What to write instead of an option that is gone, "" for one that never was.

    Args:
        context: typer's, of the command.
        option: as it was written.
    """
    return GONE.get((getattr(context, "info_name", "") or "", option.partition("=")[0]), "")
