"""The published formulas on the hydrides whose critical temperature was measured.

These few compounds are the best known of all and were almost surely among those that the formulas
were fitted to: agreement here is no test. Cell and measurement are at unequal pressures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.studies.hydrides.table import HydrideRow, hydride_table
from isotunnel.theories.hydrides.formulas import FORMULAS


@dataclass(frozen=True)
class MeasuredCase:
    """One compound with a measured Tc.

    Attributes:
        compound: formula.
        row: id of the row of the table whose computed pressure is nearest to the measurement's.
        tc_measured_k: measured.
        measured_gpa: pressure of that measurement.
        computed_gpa: pressure of the cell.
        phi: of the cell.
        estimates_k: by formula, as it gives them; a formula that cannot say is absent.
    """

    compound: str
    row: str
    tc_measured_k: float
    measured_gpa: float
    computed_gpa: float
    phi: float
    estimates_k: dict[str, float]


def measured_cases(rows: Sequence[HydrideRow] | None = None) -> tuple[MeasuredCase, ...]:
    """One case per compound that has a measured Tc and a computed cell.

    Args:
        rows: of the table; None for the shipped one.
    """
    best: dict[str, MeasuredCase] = {}
    for row in hydride_table().rows if rows is None else rows:
        case = _case(row)
        if case is None:
            continue
        known = best.get(case.compound)
        if known is None or _distance(case) < _distance(known):
            best[case.compound] = case
    return tuple(best.values())


def _distance(case: MeasuredCase) -> float:
    return abs(case.computed_gpa - case.measured_gpa)


def _case(row: HydrideRow) -> MeasuredCase | None:
    names = ("tc_measured_k", "tc_measured_pressure_gpa", "pressure_gpa", "phi")
    values = [row.get(name) for name in names] if row.computed else [None]
    if not all(isinstance(value, float) for value in values):
        return None
    tc, measured, computed, phi = (row.number(name) for name in names)
    estimates = {f.id: row.get(f"tc_{f.id.lower()}_k") for f in FORMULAS}
    return MeasuredCase(
        compound=row.compound,
        row=row.short_id,
        tc_measured_k=tc,
        measured_gpa=measured,
        computed_gpa=computed,
        phi=phi,
        estimates_k={n: v for n, v in estimates.items() if isinstance(v, float)},
    )
