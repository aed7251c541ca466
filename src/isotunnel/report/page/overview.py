"""Head of the page: what was analysed, the warnings, the main numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.analysis.results import Analysis
from isotunnel.engines.finished.calculation import BY_USER
from isotunnel.report import text
from isotunnel.report.page.parts import bullets
from isotunnel.report.selection import fields_of
from isotunnel.report.text import esc

if TYPE_CHECKING:
    from ase import Atoms

HYPOTHESIS = (
    "The tunnel theory that names these quantities is a hypothesis. This page computes its terms "
    "and takes no side for or against it."
)

_WHAT = (
    "A crystal fills space with electrons unevenly. Draw the surface on which a quantity of them "
    "(a potential, a density, the ELF) has one value, and raise or lower that value: pockets "
    "around atoms grow, touch, and at some value run through the whole crystal. Such a connected "
    "region is called an electron tunnel here. This page tells at which values tunnels open along "
    "one, two and three directions, where their narrowest places are, and how far the outermost "
    "electrons are from that value."
)


def head(analysis: Analysis) -> str:
    """Title, facts, explanation, warnings and main numbers."""
    title = f"<h1>{esc(analysis.title or analysis.name)}</h1>"
    named = "" if analysis.title == analysis.name else f"<p class='lead'>{esc(analysis.name)}</p>"
    return (
        f"<header>{title}{named}<p class='facts-line'>{' · '.join(_facts(analysis))}</p>"
        f"{_warnings(analysis)}<p>{_WHAT}</p><p class='hypothesis'>{HYPOTHESIS}</p></header>"
        f"{_cards(analysis)}"
    )


def _facts(analysis: Analysis) -> Iterator[str]:
    atoms = _atoms(analysis)
    if atoms is not None and len(atoms):
        yield esc(atoms.get_chemical_formula(mode="metal", empirical=False))
        count = len(atoms)
        yield f"{count} atom{'' if count == 1 else 's'} per cell"
        volume = abs(float(np.linalg.det(atoms.cell.array)))
        yield f"{text.number(volume, 'angstrom')}³ per cell"
    for structure in analysis.structures.values():
        if structure.pressure_gpa is not None:
            engine = text.short_engine(structure.engine)
            pressure = text.number(structure.pressure_gpa, "GPa", digits=3)
            stated = structure.sources.get("pressure_gpa") == BY_USER
            yield (
                f"stated pressure {pressure}"
                if stated
                else (f"computed pressure {pressure} ({esc(engine)})")
            )
    engines = [esc(text.engine_name(name)) for name in analysis.structures]
    if engines:
        yield "fields from " + " and ".join(engines)


def _atoms(analysis: Analysis) -> Atoms | None:
    if analysis.atoms is not None:
        return analysis.atoms
    fields = fields_of(analysis)
    return fields[0].tunnels.field.atoms if fields else None


def all_warnings(analysis: Analysis) -> tuple[str, ...]:
    """The analysis's warnings, then those of fields and searches that it does not repeat."""
    found = dict.fromkeys(analysis.warnings)
    for choice in fields_of(analysis):
        tunnels = choice.tunnels
        where = f"{text.short_field(choice.kind)}, {text.short_engine(choice.engine)}"
        for warning in (*tunnels.field.provenance.warnings, *tunnels.warnings):
            if not any(warning in known for known in found):
                found[f"{where}: {warning}"] = None
    return tuple(found)


def _warnings(analysis: Analysis) -> str:
    warnings = all_warnings(analysis)
    if not warnings:
        return ""
    word = "Warning" if len(warnings) == 1 else "Warnings"
    shown = bullets(warnings[:5])
    if len(warnings) > 5:
        rest = bullets(warnings[5:])
        shown += f"<details><summary>{len(warnings) - 5} more</summary>{rest}</details>"
    return f'<aside class="warnings" role="note"><h2>{word}</h2>{shown}</aside>'


def _cards(analysis: Analysis) -> str:
    cards = []
    if analysis.phi is not None:
        value = text.number(analysis.phi)
        cards.append(("Networking value φ", value, "ELF at which one network spans the crystal"))
    for gap in analysis.gaps:
        if gap.cannot_say is None and len(cards) < 3:
            value = text.number(float(gap.gaps[2]), gap.unit, missing="no tunnel")
            state = "" if gap.state is None else f"; {gap.state} by the theory's rule"
            name = f"Lifting gap, 3D ({esc(gap.reading)})"
            cards.append((name, value, esc(f"{gap.engine}{state}")))
    known = [e for e in analysis.tc_estimates if e.cannot_say is None and math.isfinite(e.tc_k)]
    if known:
        low, high = min(e.tc_k for e in known), max(e.tc_k for e in known)
        span = text.number(low, digits=3)
        if high > low:
            span += f" to {text.number(high, digits=3)}"
        note = f"{len(known)} published fits; see their ranges and errors below"
        cards.append(("Fitted hydride T<sub>c</sub>", f"{span} K", note))
    items = "".join(
        f"<div class='card'><h3>{name}</h3><p class='big'>{value}</p><p>{note}</p></div>"
        for name, value, note in cards
    )
    return f"<div class='cards'>{items}</div>" if items else ""
