"""A small dataset of real crystals, without a cluster."""

from __future__ import annotations

from pathlib import Path

from isotunnel.analysis import analyze
from isotunnel.screening import dataset
from isotunnel.screening.row import formula_of, values_of
from screening.worlds import CRYSTALS


def screened(folder: Path) -> Path:
    """Copper, sodium and rock salt, and a file that failed."""
    (folder / "crystals").mkdir(parents=True)
    rows = []
    for number, name in enumerate(("Cu", "Na", "NaCl")):
        values = values_of(analyze(CRYSTALS[name], engine="procrystal", refine=False))
        own = {"id": f"{number:020x}", "source": f"{name}.cif", "status": "done"}
        rows.append({**values, "formula": formula_of(CRYSTALS[name]), **own})
    failed = {"id": f"{9:020x}", "source": "broken.cif", "status": "failed", "reason": "unreadable"}
    dataset.append(folder, [*rows, failed])
    return folder
