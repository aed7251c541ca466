"""Thresholds, directions, bottlenecks and segments of every field."""

from __future__ import annotations

import math

from isotunnel.fields.kinds import Side
from isotunnel.report import text
from isotunnel.report.page.parts import bullets, explanation, section, table
from isotunnel.report.scene.payload import between_text
from isotunnel.report.selection import FieldChoice
from isotunnel.report.text import esc
from isotunnel.tunnels.results import Bottleneck, Directions, Segment, Tunnels

_RANK_NAMES = {1: "1 (wire)", 2: "2 (sheet)", 3: "3 (network)"}
_MOST_SEGMENTS = 12
_BEYOND_SHARE = 0.01


def tunnels_section(fields: tuple[FieldChoice, ...]) -> str:
    """One block per field: profile and table."""
    return section(
        "tunnels",
        "Where tunnels open",
        explanation(
            "What is this?",
            "The <b>rank</b> of a connected network says along how many independent directions it "
            "runs through the crystal without end: 0 for a pocket, 1 for a wire, 2 for a sheet, 3 "
            "for a network that leads everywhere. A <b>threshold</b> is the first level at which "
            "one network has that rank, and its <b>bottleneck</b> is the place where the last "
            "connection closes.",
            "Computed on the periodic grid by joining voxels in the order of their value, with "
            "the lattice of windings kept for every network, then refined between grid points. "
            "The error is that of the grid alone, not of the method that made the field.",
        )
        if fields
        else "",
        *(_block(choice, place == 0) for place, choice in enumerate(fields)),
    )


def _block(choice: FieldChoice, is_open: bool) -> str:
    tunnels = choice.tunnels
    name = f"{text.field_name(choice.kind)}, {text.engine_name(choice.engine)}"
    side = "at or below" if tunnels.side is Side.BELOW else "at or above"
    shape = " × ".join(str(n) for n in tunnels.field.shape)
    unit = text.unit_text(tunnels.field.unit)
    values = f"Values in {esc(unit)}" if unit else "Values have no unit"
    touch = "faces, edges and corners" if tunnels.connectivity == 26 else "faces"
    about = (
        f"<p class='hint'>Open region: {side} the level. {values}. Grid {shape}; "
        f"voxels touch by {touch} ({tunnels.connectivity} neighbours).</p>"
    )
    rows = [_row(tunnels, rank) for rank in (1, 2, 3)]
    head = ["Rank", "Threshold", "On the grid", "Directions", "Bottleneck", "Opening"]
    return (
        f"<details class='field' {'open' if is_open else ''}><summary>{esc(name)}"
        f" <span class='brief'>{_brief(tunnels)}</span></summary>{about}"
        f"{_profile(choice)}{table(head, rows)}{_segments(tunnels)}"
        f"{_notes(tunnels)}</details>"
    )


def _profile(choice: FieldChoice) -> str:
    from isotunnel.report.figures.inline import inline_svg
    from isotunnel.report.figures.profile import profile_figure

    title = f"Rank of the network against the level of the {text.field_name(choice.kind)}"
    return (
        "<figure class='drawing'>"
        f"{inline_svg(lambda: profile_figure((choice,)), choice.id, title)}</figure>"
    )


def _brief(tunnels: Tunnels) -> str:
    value = text.number(float(tunnels.thresholds[2]), tunnels.field.unit, missing=text.NOT_REACHED)
    return f"3D: {esc(value)}"


def _row(tunnels: Tunnels, rank: int) -> list[str]:
    unit = tunnels.field.unit
    bottleneck = tunnels.bottlenecks[rank - 1]
    grid = float(tunnels.thresholds_grid[rank - 1])
    whole = float(tunnels.thresholds_global_grid[rank - 1])
    exact = text.number(grid, unit, missing=text.NOT_REACHED)
    if math.isfinite(whole) and whole != grid:
        exact += f"<br><span class='hint'>all networks together: {text.number(whole, unit)}</span>"
    value = text.with_error(
        float(tunnels.thresholds[rank - 1]), float(tunnels.thresholds_error[rank - 1]), unit
    )
    return [
        f"<span class='swatch rank{rank}'></span>{_RANK_NAMES[rank]}",
        value,
        exact,
        _directions(tunnels.directions[rank - 1]),
        "–" if bottleneck is None else _place(bottleneck),
        "–" if bottleneck is None else _opening(bottleneck, tunnels),
    ]


def _directions(found: Directions | None) -> str:
    if found is None:
        return "–"
    words = ", ".join(f"<span class='vector'>{text.vector_text(v)}</span>" for v in found.vectors)
    notes = []
    if found.networks > 1:
        notes.append(f"{found.networks} separate networks")
    if found.index > 1:
        notes.append(f"{found.index} interwoven copies that do not touch")
    return words + "".join(f"<br><span class='hint'>{n}</span>" for n in notes)


def _place(bottleneck: Bottleneck) -> str:
    fractional = ", ".join(
        f"{round(float(x), 3) % 1.0:.3f}" for x in bottleneck.position_fractional
    )
    # Adding zero turns the rounded -0.0 into 0.0.
    cartesian = ", ".join(
        f"{round(float(x), 3) + 0.0:.3f}".replace("-", text.MINUS)
        for x in bottleneck.position_cartesian
    )
    lines = [f"({fractional}) of the cell", f"({cartesian}) Å"]
    atoms = between_text(bottleneck)
    if atoms:
        distances = " and ".join(f"{n.distance_angstrom:.2f}" for n in bottleneck.between)
        lines.append(f"{esc(atoms)}, {distances} Å away")
    if not bottleneck.refined:
        lines.append("<span class='hint'>grid point, not refined</span>")
    return "<br>".join(lines)


def _opening(bottleneck: Bottleneck, tunnels: Tunnels) -> str:
    """Area just beyond the threshold: 1 % of the field's spread of levels at the bottleneck."""
    slope = bottleneck.cross_section_slope
    if slope is None or not math.isfinite(slope):
        return "<span class='hint'>not known</span>"
    unit = tunnels.field.unit
    step = 0.1 if unit == "eV" else _BEYOND_SHARE * abs(bottleneck.value) or _BEYOND_SHARE
    area = text.number(bottleneck.cross_section(step), "angstrom^2", digits=3)
    return f"{area}<br><span class='hint'>at {text.number(step, unit, digits=2)} beyond</span>"


def _notes(tunnels: Tunnels) -> str:
    notes = bullets(tunnels.field.provenance.notes)
    return f"<h4>About this field</h4>{notes}" if notes else ""


def _segments(tunnels: Tunnels) -> str:
    if not tunnels.segments:
        return ""
    unit = tunnels.field.unit
    shown = [_segment(s, unit) for s in tunnels.segments[:_MOST_SEGMENTS]]
    more = len(tunnels.segments) - len(shown)
    if more:
        shown.append(f"and {more} more")
    return (
        "<h4>Segments: pockets that hold several atoms, just short of the first threshold</h4>"
        + bullets(shown)
    )


def _segment(segment: Segment, unit: str) -> str:
    names = [
        symbol + ("" if cell == (0, 0, 0) else f" in cell {text.vector_text(cell)}")
        for _, symbol, cell in segment.atoms
    ]
    return f"{', '.join(names)}: joined at {text.number(segment.level, unit)}"
