"""The page of an answer to a question about many crystals: a table that can be sorted."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from isotunnel.report.page.layout import document
from isotunnel.report.page.settings import in_words
from isotunnel.report.page.templates import fill
from isotunnel.screening.columns import all_columns

_PICTURE = 72
"""Side of the small pictures of cells, pixels."""
_MOST_ATOMS = 200
_HIDDEN = frozenset({"structure", "versions", "id"})


def query_page(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    *,
    dataset: str,
    question: str,
    links: Mapping[str, str],
    structures: Mapping[str, str],
    figure: str = "",
) -> str:
    """The HTML text.

    Args:
        columns: what the table shows, in this order.
        rows: the answer.
        dataset: where from.
        question: as it was asked.
        links: by id, the address of the crystal's report.
        structures: by id, the crystal as the dataset has it, drawn small.
        figure: SVG text of a figure of all rows, or "".
    """
    shown = [c for c in columns if c not in _HIDDEN]
    body = fill(
        "query.html",
        dataset=dataset,
        question=question,
        reports=len(links),
        figure=figure,
        heads=_heads(shown, rows),
        rows=[_row(shown, row, links, structures) for row in rows],
    )
    return document("Many crystals", body, fill("query_script.html"))


def _heads(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Name, meaning and unit of each column, and whether it is sorted by number."""
    known = {c.name: c for c in all_columns()}
    numeric = {c for c in columns if any(isinstance(r.get(c), int | float) for r in rows)}
    heads = []
    for name in columns:
        tip = f"{known[name].meaning}, {known[name].unit}" if name in known else name
        kind = "number" if name in numeric else "text"
        heads.append({"name": name, "tip": tip.removesuffix(", "), "kind": kind})
    return heads


def _row(
    columns: Sequence[str],
    row: Mapping[str, Any],
    links: Mapping[str, str],
    structures: Mapping[str, str],
) -> dict[str, Any]:
    own = str(row.get("id") or "")
    return {
        "picture": cell_picture(structures[own]) if own in structures else "",
        "link": links.get(own, ""),
        "cells": [_cell(row.get(name)) for name in columns],
    }


def _cell(value: Any) -> dict[str, Any]:
    """What is read, what it is sorted by where that differs (None: by what is read)."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return {"words": "", "key": "", "is_number": False}
    if isinstance(value, float):
        return {"words": f"{value:.5g}", "key": repr(value), "is_number": True}
    if isinstance(value, int) and not isinstance(value, bool):
        return {"words": str(value), "key": str(value), "is_number": True}
    return {"words": in_words(value), "key": None, "is_number": False}


def cell_picture(structure: str) -> str:
    """A small SVG of a cell along its third vector: outline and atoms, nearest on top."""
    import numpy as np
    from ase.data import covalent_radii
    from ase.data.colors import jmol_colors

    data = json.loads(structure)
    numbers = np.array(data["numbers"])
    if len(numbers) > _MOST_ATOMS:
        return ""
    cell = np.array(data["cell"], dtype=float)
    view = _turned(cell)
    places = (np.array(data["positions"], dtype=float) % 1.0) @ view
    corners = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]) @ view
    both = np.vstack([places[:, :2], corners[:, :2]])
    low, high = both.min(axis=0) - 1.2, both.max(axis=0) + 1.2
    scale = _PICTURE / float((high - low).max())

    def at(point: Any) -> tuple[str, str]:
        x, y = (point[:2] - low) * scale
        return f"{x:.1f}", f"{_PICTURE - y:.1f}"

    def ball(i: Any) -> dict[str, str]:
        x, y = at(places[i])
        radius = 0.6 * covalent_radii[numbers[i]] * scale
        colour = _colour(jmol_colors[numbers[i]])
        return {"x": x, "y": y, "radius": f"{radius:.1f}", "colour": colour}

    return fill(
        "cell_picture.html",
        side=_PICTURE,
        outline=" ".join(",".join(at(c)) for c in corners),
        balls=[ball(i) for i in np.argsort(places[:, 2])],
    )


def _turned(cell: Any) -> Any:
    """The cell with its first vector along x and the first two in the plane of the picture."""
    import numpy as np

    x = cell[0] / np.linalg.norm(cell[0])
    z = np.cross(cell[0], cell[1])
    z = z / np.linalg.norm(z)
    return cell @ np.array([x, np.cross(z, x), z]).T


def _colour(rgb: Any) -> str:
    return "#" + "".join(f"{round(255 * float(c)):02x}" for c in rgb)
