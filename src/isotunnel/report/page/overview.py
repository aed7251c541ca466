"""What was analysed, at the head of the page; warnings and main numbers, below the picture."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from markupsafe import Markup

from isotunnel.analysis.results import Analysis
from isotunnel.engines.finished.calculation import BY_USER
from isotunnel.engines.magnetism import in_words as magnetism_in_words
from isotunnel.report import text
from isotunnel.report.page.measured_points import distance_words, marks
from isotunnel.report.page.templates import fill
from isotunnel.report.selection import fields_of
from isotunnel.theories.hydrides.formulas import CURRENT

if TYPE_CHECKING:
    from ase import Atoms

_MOST_CARDS = 4

HYPOTHESIS = (
    "The tunnel theory that names these quantities is a hypothesis. This page computes its terms "
    "and takes no side for or against it."
)


def head(analysis: Analysis) -> str:
    """Title and facts."""
    return fill("head.html", analysis=analysis, facts=list(_facts(analysis)))


def overview(analysis: Analysis) -> str:
    """Warnings, folded; main numbers; what it is about."""
    return fill(
        "overview.html",
        warnings=all_warnings(analysis),
        hypothesis=HYPOTHESIS,
        cards=_cards(analysis),
    )


def _facts(analysis: Analysis) -> Iterator[str]:
    atoms = _atoms(analysis)
    if atoms is not None and len(atoms):
        yield atoms.get_chemical_formula(mode="metal", empirical=False)
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
                else f"computed pressure {pressure} ({engine})"
            )
    for structure in analysis.structures.values():
        if structure.magnetism is not None:
            yield magnetism_in_words(structure.magnetism).replace("mu_B", "μB")
    engines = [text.engine_name(name) for name in analysis.structures]
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


def _measured_card(analysis: Analysis) -> Iterator[tuple[str, str, str]]:
    """The measured fact that lies closest, one of its Tc before a state."""
    beside = analysis.measured
    own = [f for f in beside.facts if f.same_structure is not False] if beside else []
    if beside is None or not own:
        return
    p = beside.pressure_gpa or 0.0
    fact = min(own, key=lambda f: (not f.near, f.point.kind != "tc", abs(f.point.pressure_gpa - p)))
    note = f"grade {fact.point.grade}; sources below"
    if not fact.near and beside.pressure_gpa is not None:
        note = f"{distance_words(fact.point, p)}; {note}"
    yield "Measured", fact.point.label, note


def _cards(analysis: Analysis) -> list[tuple[str, str, str]]:
    """Name, value and remark of the main numbers."""
    cards = [*_measured_card(analysis)]
    wrong = marks(analysis.measured)
    if analysis.phi is not None:
        value = text.number(analysis.phi)
        cards.append(("Networking value φ", value, "ELF at which one network spans the crystal"))
    for gap in analysis.gaps:
        if gap.cannot_say is None and len(cards) < _MOST_CARDS:
            value = text.number(float(gap.gaps[2]), gap.unit, missing="no tunnel")
            state = "" if gap.state is None else f"; {gap.state} by the theory's rule"
            if gap.reading in wrong:
                state += f"; ✗ measured: {wrong[gap.reading]}"
            name = f"Lifting gap, 3D ({gap.reading})"
            cards.append((name, value, f"{gap.engine}{state}"))
    known = [
        e.tc_k
        for e in analysis.tc_estimates
        if e.status == CURRENT and e.cannot_say is None and math.isfinite(e.tc_k)
    ]
    if known:
        low, high = min(known), max(known)
        span = text.number(low, digits=3)
        if high > low:
            span += f" to {text.number(high, digits=3)}"
        fits = "one current formula" if len(known) == 1 else f"{len(known)} current formulas"
        note = f"{fits}; ranges and errors below, and those that are superseded"
        cards.append((Markup("Fitted hydride T<sub>c</sub>"), f"{span} K", note))
    return cards
