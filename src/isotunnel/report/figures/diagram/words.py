"""Words inside a panel: names of regions, letters of reasons, names of conventional phases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.diagrams import Diagram, Panel
from isotunnel.diagrams.label import is_extrapolated, state_of_key
from isotunnel.diagrams.theory_plane import keys_on
from isotunnel.report.figures.diagram.given import STAR, VEIL_WORDS, rings
from isotunnel.report.figures.diagram.labels import CELLS, Mask, Placed, Room, regions
from isotunnel.report.figures.diagram.points import place_of, slope_points
from isotunnel.report.figures.diagram.style import EXTRAPOLATED_WORD, look_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LETTER, _LINE = 0.0178, 0.052
"""Width of one letter at 9 points and height of a line, as shares of the panel."""

_LEAST = 0.004
"""Regions below this share of the panel get no word."""


@dataclass(frozen=True)
class Word:
    """Words at their place in a panel, and the label's key of the region that they name ("" of
    others)."""

    placed: Placed
    key: str
    ink: str
    size: float
    slanted: bool


def place_words(diagram: Diagram, panel: Panel, marks: Mapping[str, str]) -> list[Word]:
    """A place for every word of a panel; ``marks``: a letter by the label's key."""
    room = Room.empty()
    _block_points(room, diagram)
    for p, t, _ in rings(diagram, panel):
        room.block(diagram.pressures.place(p), diagram.temperatures.place(t), 0.06, 0.06)
    _block_lines(room, diagram, panel)
    found: list[Word] = []
    p_all = [panel.pressures.value((n + 0.5) / CELLS) for n in range(CELLS)]
    t_all = [panel.temperatures.value((n + 0.5) / CELLS) for n in range(CELLS)]
    keys = keys_on(panel, p_all, t_all)
    for key, mask in regions(keys, _LEAST):
        star = STAR if panel.state_put_in(state_of_key(key), _middle(mask, p_all)) else ""
        options = _names(key, marks.get(key, ""), star)
        for words, size in [(w, s) for w in options for s in (9.0, 7.5)]:
            placed = _try(room, words, "state", mask, size)
            if placed is not None:
                found.append(Word(placed, key, look_of(key).ink, size, False))
                break
    decided = np.array([[state_of_key(key) is not None for key in row] for row in keys])
    for mask in _veils(diagram, p_all, t_all):
        for words in (VEIL_WORDS, "melting not known", "melting?"):
            placed = _try(room, words, "veil", mask & decided, 7.5)
            if placed is not None:
                found.append(Word(placed, "", "#3a3f45", 7.5, True))
                break
    for words, mask in _phases(diagram):
        placed = _try(room, words, "phase", mask, 8.0)
        if placed is not None:
            found.append(Word(placed, "", "#2e6e3e", 8.0, True))
    return found


def _names(key: str, letter: str, star: str) -> list[str]:
    """What a region may be called, the fullest first."""
    look = look_of(key)
    if state_of_key(key) is None:
        return [f"{look.word} ({letter})", f"{look.short} ({letter})", f"({letter})"]
    plain = [look.word + star, look.short + star]
    if is_extrapolated(key):
        return [f"{look.word}, {EXTRAPOLATED_WORD}{star}", EXTRAPOLATED_WORD, *plain]
    return plain


def draw_words(axis: Axes, words: Sequence[Word]) -> None:
    """Every word of a panel."""
    for word in words:
        item = word.placed
        axis.text(
            item.x,
            item.y,
            item.words,
            transform=axis.transAxes,
            ha="center",
            va="center",
            rotation=90 if item.vertical else 0,
            fontsize=word.size,
            color=word.ink,
            style="italic" if word.slanted else "normal",
            fontweight="normal" if word.slanted else "bold",
            zorder=8,
            bbox={"facecolor": "white", "alpha": 0.6, "edgecolor": "none", "pad": 0.8},
        )


def _middle(mask: Mask, pressures: list[float]) -> float:
    """The pressure on both sides of which half of a region lies."""
    return pressures[int(np.median(np.nonzero(mask)[1]))]


def _veils(diagram: Diagram, pressures: list[float], temperatures: list[float]) -> list[Mask]:
    """Cells in which the crystal may have melted."""
    p, t = np.array(pressures), np.array(temperatures)[:, None]
    return [
        np.asarray((p >= part.low_gpa) & (p <= part.high_gpa) & (t > part.above_k))
        for part in diagram.melting_unknown
    ]


def _try(room: Room, words: str, tag: str, mask: Mask, size: float) -> Placed | None:
    scale = size / 9.0
    return room.place(words, tag, mask, (len(words) + 1) * _LETTER * scale, _LINE * scale)


def _phases(diagram: Diagram) -> list[tuple[str, Mask]]:
    """Words and cells of the conventional phases, the widest first."""
    if diagram.phases is None:
        return []
    grid = np.array(diagram.phases.names, dtype=object)
    take = (np.arange(CELLS) + 0.5) / CELLS
    index = (take * grid.shape[0]).astype(int)
    fine = grid[np.ix_(index, index)]
    found = []
    for name in dict.fromkeys(grid.ravel().tolist()):
        if name != "unknown":
            found.append((str(name).removeprefix("solid "), np.asarray(fine == name)))
    return sorted(found, key=lambda pair: -int(pair[1].sum()))


def _block_lines(room: Room, diagram: Diagram, panel: Panel) -> None:
    """Keep words off lines as far as there is room elsewhere."""
    lines = [(line.pressure_gpa, line.temperature_k) for line in diagram.lines]
    lines += [(line.pressure_gpa, line.temperature_k) for line in panel.boundaries]
    for point in diagram.points:
        if point.kind == "tc_slope":
            p, t = slope_points(point, diagram.pressures)
            lines.append((tuple(p.tolist()), tuple(t.tolist())))
    for pressures, temperatures in lines:
        x = [diagram.pressures.place(p) for p in pressures]
        y = [diagram.temperatures.place(t) for t in temperatures]
        for n in range(len(x) - 1):
            steps = int(max(abs(x[n + 1] - x[n]), abs(y[n + 1] - y[n])) * CELLS * 2) + 1
            for share in np.linspace(0, 1, steps + 1):
                room.block(
                    x[n] + share * (x[n + 1] - x[n]), y[n] + share * (y[n + 1] - y[n]), 0.01, 0.01
                )


def _block_points(room: Room, diagram: Diagram) -> None:
    for point in diagram.points:
        place = place_of(point, diagram)
        if place is None:
            continue
        x, y = diagram.pressures.place(place[0]), diagram.temperatures.place(place[1])
        room.block(x, y, 0.05, 0.05)
        if point.temperature_k is None:
            room.block(x, 0.5, 0.012, 1.0)
