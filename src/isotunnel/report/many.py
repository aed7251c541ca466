"""Writes the page of an answer about many crystals, with reports beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from isotunnel.errors import IsotunnelError
from isotunnel.files import folder_of, write_whole

_PREFERRED = (
    ("volume_per_atom_angstrom3", "gap_atomic_3d_ev"),
    ("packing_covalent", "phi"),
)
"""Columns of the figure, across and up; the first pair that the answer has is drawn."""
_MAIN = (
    *("source", "formula", "space_group", "n_atoms", "rank", "gap_atomic_3d_ev", "phi"),
    *("band_gap_ev", "packing_covalent", "volume_per_atom_angstrom3", "status", "reason"),
)
_FEW = 16


def write_query(
    table: Any,
    path: str | os.PathLike[str],
    *,
    dataset: str | os.PathLike[str],
    question: str = "",
    reports: int = 10,
    progress: Callable[[str, float | None], None] | None = None,
) -> Path:
    """Write the page; its rows open reports in a folder beside it.

    Args:
        table: of :func:`isotunnel.screening.ask`; rows need the column ``id`` for pictures and
            reports.
        path: the HTML file.
        dataset: the folder that was asked.
        question: as it was asked.
        reports: for so many of the first rows the stored structure is analysed again, with the
            row's settings, and reported.
        progress: hears of each report.

    Raises:
        InputError: a file cannot be written.
    """
    from isotunnel.report.page.query import query_page

    target = folder_of(path)
    rows = table.to_pylist()
    stored = _stored(dataset, [str(r["id"]) for r in rows if r.get("id")])
    links: dict[str, str] = {}
    for number, row in enumerate(rows):
        if len(links) >= reports:
            break
        record = stored.get(str(row.get("id")))
        if record is None or not record["structure"] or record["status"] != "done":
            continue
        if progress is not None:
            progress(f"reporting {record['source']}", number / max(len(rows), 1))
        link = _report(record, target)
        if link:
            links[record["id"]] = link
    page = query_page(
        _columns(_filled(table), question),
        rows,
        dataset=str(dataset),
        question=question,
        links=links,
        structures={k: v["structure"] for k, v in stored.items() if v["structure"]},
        figure=_figure(table),
    )
    write_whole(target, page)
    return target


def _filled(table: Any) -> list[str]:
    """Columns with a value in some row; of a table of few, all."""
    if len(table.column_names) <= _FEW:
        return list(table.column_names)
    return [n for n in table.column_names if table[n].null_count < table.num_rows]


def _columns(names: list[str], question: str) -> list[str]:
    """All of a few; of many, the main ones and what the question names."""
    import re

    if len(names) <= _FEW:
        return list(names)
    asked = set(re.findall(r"\w+", question.lower()))
    return [n for n in _MAIN if n in names] + [n for n in names if n in asked - set(_MAIN)]


def _stored(dataset: str | os.PathLike[str], ids: list[str]) -> dict[str, dict[str, Any]]:
    from isotunnel.screening import ask

    if not ids:
        return {}
    listed = ", ".join(f"'{i}'" for i in ids if i.isalnum())
    wanted = "id, source, status, structure, engine, spacing_angstrom, connectivity, refine"
    found = ask(dataset, f"select {wanted} from crystals where id in ({listed})")
    return {row["id"]: row for row in found.to_pylist()}


def _report(record: Mapping[str, Any], page: Path) -> str:
    """The address of a crystal's report, relative to the page; "" where it cannot be analysed."""
    from isotunnel.analysis import analyze_structure
    from isotunnel.report.write import write_report
    from isotunnel.screening import Settings
    from isotunnel.screening.one_crystal import unpacked

    folder = page.with_name(f"{page.stem}-reports")
    target = folder / f"{record['id']}.html"
    settings = Settings(
        record["engine"],
        record["spacing_angstrom"] or Settings().spacing_angstrom,
        record["connectivity"],
        record["refine"],
    )
    try:
        computed = settings.make_engine().compute(unpacked(record["structure"]))
        analysis = analyze_structure(
            computed, connectivity=settings.connectivity, refine=settings.refine
        )
    except IsotunnelError:
        return ""
    write_report(analysis, target, figures=False)
    return f"{folder.name}/{target.name}"


def _figure(table: Any) -> str:
    """SVG of two columns of all rows, with units; "" where the answer lacks them."""
    import numpy as np

    from isotunnel.screening import all_columns

    units = {c.name: c for c in all_columns()}
    for across, up in _PREFERRED:
        if across not in table.column_names or up not in table.column_names:
            continue
        x = np.array(table[across].to_pylist(), dtype=float)
        y = np.array(table[up].to_pylist(), dtype=float)
        if np.count_nonzero(np.isfinite(x) & np.isfinite(y)) > 1:
            return _drawn(x, y, units[across], units[up])
    return ""


def _drawn(x: Any, y: Any, across: Any, up: Any) -> str:
    from textwrap import wrap

    from matplotlib import rc_context
    from matplotlib.figure import Figure

    from isotunnel.report.figures.draw import figure_bytes
    from isotunnel.report.figures.style import STYLE
    from isotunnel.report.text import unit_text

    with rc_context(STYLE):
        figure = Figure(figsize=(6.8, 4.4), layout="constrained")
        axes = figure.add_subplot()
        axes.plot(x, y, "o", ms=3.5, alpha=0.6)
        for column, put in ((across, axes.set_xlabel), (up, axes.set_ylabel)):
            unit = "Å³" if column.unit == "angstrom^3" else unit_text(column.unit)
            words = f"{column.meaning}{f' ({unit})' if unit else ''}"
            put("\n".join(wrap(words, 40)))
        text = figure_bytes(figure, "svg").decode("utf-8")
    return text[text.index("<svg") :]
