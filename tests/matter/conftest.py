"""Evidence that the tables are judged by."""

from __future__ import annotations

from importlib.resources import files

import pytest
from matter_evidence import DATA, rows_of


@pytest.fixture(scope="session")
def points() -> list[dict[str, str]]:
    """Measured or tabulated V(P,T) of works other than those that the tables were fitted by."""
    return rows_of(DATA / "points.csv")


@pytest.fixture(scope="session")
def handbook() -> dict[str, dict[str, float]]:
    """Raw handbook numbers by material and quantity."""
    found: dict[str, dict[str, float]] = {}
    for row in rows_of(files("isotunnel.matter").joinpath("data/raw/thermal.csv")):
        if row["phase"] == "" and row["grade"] != "X":
            found.setdefault(row["material"], {})[row["quantity"]] = float(row["value"])
    return found
