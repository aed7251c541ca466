"""The computed networking values beside the few that are published."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel import measured
from isotunnel.crystal.formula import formula_counts
from isotunnel.errors import CrystalError
from isotunnel.studies.hydrides.table import HydrideRow, hydride_table

SAME_CELL = {"hydrides_phi:P01": "S02", "hydrides_phi:P02": "S13"}
"""Published rows whose very cell is in our table: so say the notes of both tables."""


@dataclass(frozen=True)
class Comparison:
    """One published row and ours of the same compound.

    Attributes:
        published: its id in ``measured.table("hydrides_phi")``.
        compound: formula.
        grade: of the published row.
        quantity: "phi" or "phi_star".
        printed: published value.
        mended: the value with the ELF normalisation error of Quantum ESPRESSO undone; None where
            the row is not suspected of it.
        row: our row: of the same cell, or the one whose value is nearest.
        value: ours; NaN where we have none.
        same_cell: whether both are of one cell.
        reason: why there is no value of ours, "" where there is.
    """

    published: str
    compound: str
    grade: str
    quantity: str
    printed: float
    mended: float | None
    row: str
    value: float
    same_cell: bool
    reason: str = ""

    @property
    def reference(self) -> float:
        """What ours is to be compared with: the mended value where there is one."""
        return self.printed if self.mended is None else self.mended

    @property
    def difference(self) -> float:
        """Ours minus the reference."""
        return self.value - self.reference

    @property
    def difference_from_printed(self) -> float:
        """Ours minus the value as printed."""
        return self.value - self.printed


def comparisons(rows: Sequence[HydrideRow] | None = None) -> tuple[Comparison, ...]:
    """Every published phi and phi*, with ours of the same compound.

    Where the cell of the published value is not known, our row with the nearest value is taken:
    compressions differ, and the agreement shown is the best that there is, not a test.

    Args:
        rows: of the table; None for the shipped one.
    """
    ours = [r for r in (hydride_table().rows if rows is None else rows) if r.computed]
    found = []
    for row in measured.table("hydrides_phi"):
        for quantity in ("phi", "phi_star"):
            printed = row[quantity]
            if not isinstance(printed, float):
                continue
            mended = row[f"{quantity}_rescaled"]
            target = mended if isinstance(mended, float) else printed
            same = SAME_CELL.get(row.id, "")
            mine, value = _nearest(ours, row.text("compound"), same, quantity, target)
            found.append(
                Comparison(
                    published=row.id,
                    compound=row.text("compound"),
                    grade=row.grade,
                    quantity=quantity,
                    printed=printed,
                    mended=mended if isinstance(mended, float) else None,
                    row=mine,
                    value=value,
                    same_cell=bool(same) and mine == same,
                    reason="" if mine else "no cell of this compound in the table",
                )
            )
    return tuple(found)


def _nearest(
    ours: Sequence[HydrideRow], compound: str, same: str, quantity: str, target: float
) -> tuple[str, float]:
    """Our row, by id where ``same`` names it, and its value; "" and NaN where there is none."""
    values = [
        (row.short_id, value)
        for row in ours
        if (row.short_id == same if same else _alike(row.compound, compound))
        and isinstance(value := row.get(quantity), float)
    ]
    return min(values, key=lambda v: abs(v[1] - target), default=("", math.nan))


def _alike(first: str, second: str) -> bool:
    try:
        return formula_counts(first) == formula_counts(second)
    except CrystalError:
        return first == second
