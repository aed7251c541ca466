"""The hydride block: network descriptors and Tc by every published closed formula."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from isotunnel.analysis.results import Analysis
from isotunnel.report import text
from isotunnel.report.page.parts import definitions, explanation, section, table
from isotunnel.report.text import esc

if TYPE_CHECKING:
    from isotunnel.theories.hydrides.networks import TcEstimate
    from isotunnel.theories.reference import Reference


def hydride_section(analysis: Analysis) -> str:
    """Nothing where the crystal holds no hydrogen."""
    hydrogen = analysis.h_fraction is not None and analysis.h_fraction > 0
    if not hydrogen and not analysis.tc_estimates:
        return ""
    phi = text.with_error(analysis.phi, analysis.phi_error, missing=text.UNKNOWN)
    facts = [
        ("φ, networking value", phi),
        ("φ*, molecularity index", text.number(analysis.phi_star)),
        ("H<sub>f</sub>, hydrogen's share of the atoms", text.number(analysis.h_fraction)),
        ("H<sub>DOS</sub>, hydrogen's share of the states", text.number(analysis.h_dos)),
    ]
    rows = [_row(e) for e in analysis.tc_estimates]
    head = ["Formula", "T<sub>c</sub>", "Status and source", "Range and warnings"]
    return section(
        "hydride",
        "Hydride: critical temperature from the ELF network",
        explanation(
            "What is this?",
            "For hydrides under pressure, published fits relate the temperature "
            "T<sub>c</sub> below which a crystal superconducts to how well its electrons are "
            "connected. φ is the ELF value at which one network spans the crystal in all three "
            "directions; φ* the highest ELF value that still joins two hydrogens, close to 1 "
            "where they form molecules; H<sub>DOS</sub> hydrogen's share of the projected "
            "density of states at the Fermi level.",
            "These are correlations, fitted mostly to computed T<sub>c</sub>, with errors of some "
            "tens of kelvin. They are no proof of a mechanism. All are shown, none is preferred.",
        ),
        definitions(facts),
        table(head, rows) if rows else "",
    )


def _row(estimate: TcEstimate) -> list[str]:
    if estimate.cannot_say is not None or not math.isfinite(estimate.tc_k):
        value = f"<span class='cannot'>cannot say: {esc(estimate.cannot_say or 'no number')}</span>"
    else:
        value = f"<b>{text.number(estimate.tc_k, 'K', digits=3)}</b>"
        if estimate.error_k is not None:
            error = text.number(estimate.error_k, "K", digits=2)
            value += f"<br><span class='hint'>± {error}, {esc(estimate.error_kind)}</span>"
    words = [f"<span class='caution'>{esc(w)}</span>" for w in estimate.warnings]
    if estimate.cannot_say is None and not words:
        words.append("inputs within the fit's typical range")
    if estimate.note:
        words.append(f"<span class='hint'>{esc(estimate.note)}</span>")
    return [
        f"<b>{esc(estimate.id)}</b><br><span class='formula'>{esc(estimate.formula)}</span>",
        value,
        f"{esc(estimate.status)}<br>{_citation(estimate.reference)}",
        "<br>".join(words),
    ]


def _citation(reference: Reference) -> str:
    words = esc(reference.citation)
    if reference.doi:
        link = f"https://doi.org/{esc(reference.doi)}"
        words += f' <a href="{link}" rel="noreferrer">doi:{esc(reference.doi)}</a>'
    elif reference.url.startswith("https://"):
        words += f' <a href="{esc(reference.url)}" rel="noreferrer">{esc(reference.url)}</a>'
    elif reference.url:
        words += f" {esc(reference.url)}"
    return words
