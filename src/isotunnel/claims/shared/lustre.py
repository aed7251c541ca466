"""How much visible light the elements reflect."""

from __future__ import annotations

from statistics import median

from isotunnel.claims.shared.elements import Value
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowUsed


def reflectivities(sources: Sources) -> tuple[dict[str, Value], dict[str, tuple[RowUsed, ...]]]:
    """Median of an element's data sets of reflectivity from 400 to 700 nm, with all their rows.

    The value's own row is that of the set in the middle.
    """
    sets: dict[str, list[Row]] = {}
    for row in sources.table("optical_elements"):
        if row["reflectivity_visible"] is not None:
            sets.setdefault(row.text("element"), []).append(row)
    values, rows = {}, {}
    for element, mine in sorted(sets.items()):
        mine.sort(key=lambda r: (r.number("reflectivity_visible"), r.id))
        used = tuple(RowUsed.of(r, f"{element}, reflectivity") for r in mine)
        middle = median(r.number("reflectivity_visible") for r in mine)
        values[element] = Value(element, middle, used[len(used) // 2])
        rows[element] = used
    return values, rows
