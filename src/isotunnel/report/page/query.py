"""The page of an answer to a question about many crystals: a table that can be sorted."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from isotunnel.report.page.layout import document
from isotunnel.report.page.parts import definitions, section
from isotunnel.report.text import esc
from isotunnel.screening.columns import all_columns

_PICTURE = 72
"""Side of the small pictures of cells, pixels."""
_MOST_ATOMS = 200
_HIDDEN = frozenset({"structure", "versions", "id"})

_SCRIPT = """<script>
(() => {
  const body = document.querySelector("#answer tbody");
  const key = (row, n) => row.cells[n].dataset.v ?? row.cells[n].textContent;
  document.querySelectorAll("#answer thead button").forEach((button) => {
    button.addEventListener("click", () => {
      const head = button.closest("th");
      const down = head.getAttribute("aria-sort") === "descending";
      const sorted = document.querySelectorAll("#answer th[aria-sort]");
      sorted.forEach((h) => h.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "ascending" : "descending");
      const n = head.cellIndex, number = head.dataset.kind === "number", sign = down ? 1 : -1;
      const rows = [...body.rows].sort((a, b) => {
        const x = key(a, n), y = key(b, n);
        if (x === "" || y === "") return (x === "") - (y === "");
        return sign * (number ? Number(x) - Number(y) : x.localeCompare(y));
      });
      body.append(...rows);
    });
  });
})();
</script>
"""
_STYLE = """<style>
#answer button { font: inherit; background: none; border: 0; padding: 0; color: inherit; }
#answer button { cursor: pointer; text-align: left; }
#answer th[aria-sort=ascending] button::after { content: " \\2191"; }
#answer th[aria-sort=descending] button::after { content: " \\2193"; }
#answer td.n { text-align: right; white-space: nowrap; }
#answer figure, #answer svg { margin: 0; display: block; }
</style>"""


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
    facts = definitions(
        [
            ("Dataset", esc(dataset)),
            ("Question", f"<code>{esc(question or 'everything')}</code>"),
            ("Rows", str(len(rows))),
            ("Reports", f"{len(links)} of the crystals open by their names"),
        ]
    )
    picture = f"<figure>{figure}</figure>" if figure else ""
    body = [
        f"<header><h1>Many crystals</h1>{facts}</header>{_STYLE}",
        section("figure", "All rows", picture),
        section("rows", "Rows", _table(shown, rows, links, structures)),
    ]
    return document("Many crystals", "".join(body), _SCRIPT)


def _table(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    links: Mapping[str, str],
    structures: Mapping[str, str],
) -> str:
    known = {c.name: c for c in all_columns()}
    numeric = {c for c in columns if any(isinstance(r.get(c), int | float) for r in rows)}
    heads = ["<th></th>"]
    for name in columns:
        tip = f"{known[name].meaning}, {known[name].unit}" if name in known else name
        kind = "number" if name in numeric else "text"
        heads.append(
            f'<th scope="col" data-kind="{kind}" title="{esc(tip.removesuffix(", "))}">'
            f'<button type="button">{esc(name)}</button></th>'
        )
    lines = [_row(columns, row, links, structures) for row in rows]
    return (
        f'<div class="wide"><table id="answer"><thead><tr>{"".join(heads)}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _row(
    columns: Sequence[str],
    row: Mapping[str, Any],
    links: Mapping[str, str],
    structures: Mapping[str, str],
) -> str:
    own = str(row.get("id") or "")
    drawing = cell_picture(structures[own]) if own in structures else ""
    cells = [f"<td>{drawing}</td>"]
    opened = own not in links
    for name in columns:
        text = _cell(row.get(name))
        if not opened:
            # The first column opens the report, whatever it is.
            text = text.replace(">", f'><a href="{esc(links[own])}">', 1).replace(
                "</td>", "</a></td>"
            )
            opened = True
        cells.append(text)
    return f"<tr>{''.join(cells)}</tr>"


def _cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return '<td data-v=""></td>'
    if isinstance(value, float):
        return f'<td class="n" data-v="{value!r}">{value:.5g}</td>'
    if isinstance(value, int) and not isinstance(value, bool):
        return f'<td class="n" data-v="{value}">{value}</td>'
    return f"<td>{esc(str(value))}</td>"


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

    def at(point: Any) -> str:
        x, y = (point[:2] - low) * scale
        return f"{x:.1f},{_PICTURE - y:.1f}"

    def ball(i: Any) -> str:
        x, y = at(places[i]).split(",")
        radius = 0.6 * covalent_radii[numbers[i]] * scale
        colour = _colour(jmol_colors[numbers[i]])
        return (
            f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" fill="{colour}" '
            'stroke="#555" stroke-width=".5"/>'
        )

    balls = "".join(ball(i) for i in np.argsort(places[:, 2]))
    outline = " ".join(at(c) for c in corners)
    return (
        f'<svg width="{_PICTURE}" height="{_PICTURE}" role="img" aria-label="the cell along c">'
        f'<polygon points="{outline}" fill="none" stroke="#888"/>{balls}</svg>'
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
