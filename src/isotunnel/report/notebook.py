"""Results in a notebook: a small table and a picture, or the 3D view."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from importlib import resources
from typing import TYPE_CHECKING

from isotunnel.analysis.results import Analysis
from isotunnel.atlas.scan import Scan
from isotunnel.diagrams.build import Diagram
from isotunnel.errors import InputError
from isotunnel.measured.rows import Table
from isotunnel.report import text
from isotunnel.report.page.templates import fill
from isotunnel.report.page.viewer import viewer_scripts
from isotunnel.report.scene.payload import Scene, scene_of
from isotunnel.report.selection import FieldChoice, fields_of
from isotunnel.scorecard.scoring import Scorecard
from isotunnel.scorecard.verdict import Verdict
from isotunnel.tunnels.results import Tunnels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ROWS = 12
"""Rows of a long table that are shown; the rest is counted."""

_DPI = 80


@dataclass(frozen=True)
class View3D:
    """The 3D view as one page that loads nothing; a notebook shows it as the last value of a cell.

    Attributes:
        html: the whole page.
        height_px: of the frame in a notebook.
    """

    html: str
    height_px: int = 640

    def _repr_html_(self) -> str:
        return fill("notebook_view.html", page=self.html, height=self.height_px)


def show(result: Analysis | Tunnels, *, fields: int = 2, height_px: int = 640) -> View3D:
    """The crystal with its tunnels in three dimensions, to be turned and sliced by level.

    About 0.7 MB for the program and 0.1 to 0.4 MB for each field go into the notebook.

    Args:
        result: what :func:`isotunnel.analyze` or :func:`isotunnel.find_tunnels` gave.
        fields: how many fields of an analysis, the one to look at first in front.
        height_px: of the frame.

    Raises:
        InputError: there is nothing to draw, or another kind of result.
    """
    if isinstance(result, Tunnels):
        return View3D(_view_page(_scene_of_tunnels(result)), height_px)
    if not isinstance(result, Analysis):
        raise InputError(
            f"show draws an Analysis or Tunnels, not {type(result).__name__}: "
            "isotunnel.show(isotunnel.analyze('NaCl'))"
        )
    chosen = fields_of(result)[: max(1, fields)]
    if not chosen:
        raise InputError(f"{result.name} has no searched field to draw")
    field = chosen[0].tunnels.field
    atoms = field.atoms if result.atoms is None else result.atoms
    scene = scene_of(result.title or result.name, field.cell, atoms, chosen)
    return View3D(_view_page(scene), height_px)


@singledispatch
def html_of(result: object) -> str:
    """A small table and a picture of a result, as HTML that stands in a page."""
    return f"<pre>{text.esc(repr(result))}</pre>"


@html_of.register
def _(result: Tunnels) -> str:
    choice = _choice(result)
    return _tunnels("", (choice,), [])


@html_of.register
def _(result: Analysis) -> str:
    chosen = fields_of(result)
    title = result.title or result.name
    gaps = [
        (gap.reading, *(text.with_error(*pair, gap.unit) for pair in _pairs(gap.gaps, gap.errors)))
        for gap in result.gaps
        if gap.cannot_say is None
    ]
    return _tunnels(title, chosen, gaps)


@html_of.register
def _(result: Scan) -> str:
    from isotunnel.report.figures.scan import scan_figures

    names = [column.name for column in result.columns if column.name != "warnings"]
    rows = [
        [_cell(row[c.name]) for c in result.columns if c.name in names] for row in _rows(result)
    ]
    pictures = [_png(make) for _, _, make in list(scan_figures(result))[:1]] if result.done else []
    return _table(result.title or result.name, names, rows, pictures)


@html_of.register
def _(result: Diagram) -> str:
    from isotunnel.report.figures.diagram.figure import diagram_figure

    return _table(result.title, [], [], [_png(lambda: diagram_figure(result))])


@html_of.register
def _(result: Table) -> str:
    names = list(result.rows[0]) if result.rows else []
    rows = [[_cell(row[name]) for name in names] for row in result.rows]
    return _table(result.title, names, rows, [])


@html_of.register
def _(result: Scorecard) -> str:
    totals = result.totals
    rows = [[str(v), *(str(totals[side][v]) for side in result.sides)] for v in Verdict]
    return _table(f"{len(result.results)} claims", ["verdict", *result.sides], rows, [])


def _tunnels(title: str, chosen: tuple[FieldChoice, ...], gaps: list[tuple[str, ...]]) -> str:
    from isotunnel.report.figures.profile import profile_figure

    return fill(
        "notebook_tunnels.html",
        title=title,
        tables=[_thresholds(chosen)] if chosen else [],
        gaps=gaps,
        pictures=[_png(lambda: profile_figure(chosen[:1]))] if chosen else [],
    )


def _thresholds(chosen: tuple[FieldChoice, ...]) -> list[tuple[str, ...]]:
    return [
        (
            f"{text.field_name(c.kind)}, {text.short_engine(c.engine)}",
            *(
                text.with_error(value, error, c.tunnels.field.unit)
                for value, error in _pairs(c.tunnels.thresholds, c.tunnels.thresholds_error)
            ),
        )
        for c in chosen
    ]


def _pairs(values: object, errors: object) -> list[tuple[float, float]]:
    return [(float(v), float(e)) for v, e in zip(values, errors, strict=True)]  # type: ignore[call-overload]


def _choice(tunnels: Tunnels) -> FieldChoice:
    return FieldChoice("field-0", "file", str(tunnels.field.kind), tunnels)


def _scene_of_tunnels(tunnels: Tunnels) -> Scene:
    field = tunnels.field
    title = text.field_name(str(field.kind))
    return scene_of(title, field.cell, field.atoms, [_choice(tunnels)])


def _view_page(scene: Scene) -> str:
    static = resources.files("isotunnel.report") / "static"
    program = (static / "viewer.min.js").read_text("utf-8")
    return fill(
        "notebook_page.html",
        title=scene.description["title"],
        styles=(static / "viewer.css").read_text("utf-8"),
        scripts=viewer_scripts(scene, program),
    )


def _table(title: str, names: list[str], rows: list[list[str]], pictures: list[str]) -> str:
    return fill(
        "notebook_table.html",
        title=title,
        names=names,
        rows=rows[:MOST_ROWS],
        more=max(0, len(rows) - MOST_ROWS),
        pictures=pictures,
    )


def _rows(result: Scan) -> list[dict[str, object]]:
    names = [column.name for column in result.columns]
    return [dict(zip(names, row, strict=True)) for row in result.rows()]


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return text.number(value) if isinstance(value, float) else str(value)


def _png(make: Callable[[], Figure | None]) -> str:
    from matplotlib import rc_context

    from isotunnel.report.figures.draw import figure_bytes
    from isotunnel.report.figures.style import STYLE

    with rc_context(STYLE):
        figure = make()
        return "" if figure is None else _base64(figure_bytes(figure, "png", _DPI))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
