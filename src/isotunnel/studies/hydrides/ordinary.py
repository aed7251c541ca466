"""Tunnel geometry of ordinary superconductors against their measured Tc: elements of the atlas."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from isotunnel import atlas, measured
from isotunnel.atlas import Scan
from isotunnel.errors import CannotSay, IsotunnelError
from isotunnel.evidence.statistics import Interval
from isotunnel.studies.hydrides.resample import rank_interval

NEAR_ZERO_GPA = 1.0
"""How far a scan's lowest pressure may be from ambient."""

FEWEST_ELEMENTS = 8
"""Below this no rank is given."""

QUANTITIES = (
    "gap_ks_3d_ev",
    "gap_density_3d",
    "gap_elf_3d",
    "phi",
    "threshold_gpaw_density_3d_per_angstrom3",
)
"""Columns of the scans that are set against Tc: gaps and thresholds of the networks that span three
dimensions (phi is the ELF's threshold)."""


@dataclass(frozen=True)
class OrdinaryElement:
    """One element at ambient pressure.

    Attributes:
        element: symbol.
        scan: name of the atlas's scan.
        tc_k: measured; 0 where none was found.
        superconductor: whether it is one at ambient pressure.
        values: by column; a column without a value is absent.
        row: of ``measured.table("elements_ambient")``.
    """

    element: str
    scan: str
    tc_k: float
    superconductor: bool
    values: dict[str, float]
    row: str


@dataclass(frozen=True)
class OrdinaryScore:
    """Rank correlation of a quantity with Tc over the superconducting elements.

    Attributes:
        quantity: column.
        rank: Spearman's, with its interval; NaN where it is unknown.
        elements: those used.
        reason: why there is no number, "" where there is.
    """

    quantity: str
    rank: Interval
    elements: tuple[str, ...]
    reason: str = ""


def ordinary_elements() -> tuple[tuple[OrdinaryElement, ...], dict[str, str]]:
    """Elements with a scan and a measured Tc (or none found), and reasons for the others."""
    found, dropped = [], {}
    for row in measured.table("elements_ambient"):
        symbol = row.text("element")
        status = row.text("status")
        try:
            if status == "not listed":
                raise CannotSay("whether it superconducts is not recorded")
            scan = atlas.scan_of(symbol)
            tc = row.number("tc_k") if status == "superconductor" else 0.0
            values = values_at_zero(scan)
        except IsotunnelError as reason:
            dropped[symbol] = str(reason)
            continue
        found.append(OrdinaryElement(symbol, scan.name, tc, tc > 0, values, row.id))
    return tuple(found), dropped


def values_at_zero(scan: Scan) -> dict[str, float]:
    """The scan's quantities at its point nearest to zero pressure.

    Raises:
        CannotSay: the scan does not come near zero.
    """
    pressures = scan.pressures_gpa
    nearest = min(range(len(pressures)), key=lambda i: abs(pressures[i]))
    if not abs(pressures[nearest]) <= NEAR_ZERO_GPA:
        raise CannotSay(
            f"the scan of {scan.name} begins at {pressures[nearest]:.1f} GPa, not at ambient "
            "pressure"
        )
    values = {}
    for name in QUANTITIES:
        known = name in scan.quantities
        value = float(scan.column(name).values[nearest]) if known else math.nan
        if math.isfinite(value):
            values[name] = value
    return values


def ordinary_scores(elements: Sequence[OrdinaryElement] | None = None) -> tuple[OrdinaryScore, ...]:
    """Rank correlation of each quantity with Tc over the superconducting elements.

    Args:
        elements: None for those of atlas and tables.
    """
    given = ordinary_elements()[0] if elements is None else elements
    return tuple(_score(name, [e for e in given if e.superconductor]) for name in QUANTITIES)


def _score(name: str, elements: Sequence[OrdinaryElement]) -> OrdinaryScore:
    used = [e for e in elements if name in e.values]
    symbols = tuple(e.element for e in used)
    if len(used) < FEWEST_ELEMENTS:
        reason = f"{len(used)} superconducting elements in the atlas; {FEWEST_ELEMENTS} are needed"
        return OrdinaryScore(name, (math.nan,) * 3, symbols, reason)
    columns = ([e.values[name] for e in used], [e.tc_k for e in used])
    rank = rank_interval(*(np.array(c, dtype=float) for c in columns))
    if math.isnan(rank[0]):
        return OrdinaryScore(name, rank, symbols, "all values are alike")
    return OrdinaryScore(name, rank, symbols)
