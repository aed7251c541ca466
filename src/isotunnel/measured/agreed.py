"""One number from all rows that state it.

The best sources decide, all rows show how far apart measurements lie: the value is the median of
the rows of the best grade, the spread that of every row.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from isotunnel.measured.rows import Row
from isotunnel.measured.rows_used import RowUsed


@dataclass(frozen=True)
class Agreed:
    """A measured number.

    Attributes:
        value: median of the rows of the best grade; NaN where there is no row.
        low, high: least and greatest of all rows; NaN likewise.
        grade: of the rows that decide, "" where there is none.
        rows: all of them, the deciding ones first.
    """

    value: float
    low: float
    high: float
    grade: str
    rows: tuple[RowUsed, ...]


NOTHING_MEASURED = Agreed(math.nan, math.nan, math.nan, "", ())


def agreed(rows: Iterable[Row], label: str, column: str = "value") -> Agreed:
    """The number that rows of one quantity in one unit agree on.

    Args:
        rows: those without a value, such as bounds, are passed over.
        label: what a person calls the material.
        column: that holds the number.
    """
    stated = sorted((r for r in rows if r[column] is not None), key=lambda r: r.grade)
    if not stated:
        return NOTHING_MEASURED
    best = [r.number(column) for r in stated if r.grade == stated[0].grade]
    every = [r.number(column) for r in stated]
    used = tuple(RowUsed.of(r, label) for r in stated)
    return Agreed(median(best), min(every), max(every), stated[0].grade, used)
