"""The table of readings: valence level, lifting gaps, state, or why there is no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.report import text
from isotunnel.report.page.parts import explanation, section, table
from isotunnel.report.text import esc

if TYPE_CHECKING:
    from isotunnel.levels import LiftingGap

_HEAD = ["Reading", "Valence level", "Gap 1D", "Gap 2D", "Gap 3D", "State by the theory's rule"]


def readings_section(gaps: tuple[LiftingGap, ...]) -> str:
    """Table, diagram and explanation."""
    if not gaps:
        return ""
    drawings = _drawings(gaps)
    return section(
        "readings",
        "Lifting gaps and states",
        explanation(
            "What is this?",
            "The <b>lifting gap</b> is the price of lifting one of the outermost (valence) "
            "electrons to the level at which a tunnel opens: threshold minus valence level. Zero "
            "or less means that the electron is there already. The tunnel theory's text allows "
            "more than one meaning of both levels, so each meaning is computed as a "
            "<b>reading</b>; they need not agree.",
            "Rule: superconducting along as many dimensions as have a gap of zero or less; "
            "conducting up to the reading's Δ<sub>c</sub>; insulating otherwise. The rule is the "
            "hypothesis's, not established physics, and says nothing about temperature.",
        ),
        table(_HEAD, [_row(gap) for gap in gaps]),
        f"<div class='drawings'>{drawings}</div>" if drawings else "",
        "<p class='hint'>Thick line: valence level, set to 0. Thin lines: levels at which tunnels "
        "of 1, 2 and 3 dimensions open, with grid errors. Shaded: gaps that count as conducting "
        "(up to Δ<sub>c</sub>).</p>"
        if drawings
        else "",
    )


def _drawings(gaps: tuple[LiftingGap, ...]) -> str:
    from isotunnel.report.figures.inline import inline_svg
    from isotunnel.report.figures.levels import by_unit, unit_figure

    shown = []
    for place, (unit, group) in enumerate(by_unit(gaps).items()):
        title = f"Tunnel levels above the valence level, in {text.unit_text(unit) or 'no unit'}"
        drawing = inline_svg(lambda g=group: unit_figure(g), f"levels-{place}", title)  # type: ignore[misc]
        shown.append(f"<figure class='drawing'>{drawing}</figure>")
    return "".join(shown)


def _row(gap: LiftingGap) -> list[str]:
    about = f"<b>{esc(gap.reading)}</b><br><span class='hint'>{esc(gap.title)}</span>"
    if gap.engine:
        about += f"<br><span class='hint'>from {esc(text.short_engine(gap.engine))}</span>"
    if gap.cannot_say is not None:
        reason = f"<span class='cannot'>cannot say: {esc(gap.cannot_say)}</span>"
        return [about, "–", "–", "–", "–", reason]
    cells = [
        text.with_error(float(value), float(error), gap.unit, missing="no tunnel")
        for value, error in zip(gap.gaps, gap.errors, strict=True)
    ]
    limit = text.number(gap.delta_c, gap.unit, digits=3)
    state = f"{esc(gap.state)}" if gap.state is not None else "–"
    state += f"<br><span class='hint'>Δ<sub>c</sub> = {limit}</span>"
    if gap.note:
        state += f"<br><span class='hint'>{esc(gap.note)}</span>"
    valence = text.number(float(gap.valence_level), gap.unit)
    if gap.escape_level is not None:
        escape = text.number(gap.escape_level, gap.unit)
        valence += f"<br><span class='hint'>escape level {escape}</span>"
    return [about, valence, *cells, state]
