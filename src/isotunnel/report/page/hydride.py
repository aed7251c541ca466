"""The hydride block: network descriptors and Tc by every published closed formula."""

from __future__ import annotations

from isotunnel.analysis.results import Analysis
from isotunnel.report import text
from isotunnel.report.page.measured_points import marks
from isotunnel.report.page.templates import fill
from isotunnel.theories.hydrides.formulas import CURRENT
from isotunnel.theories.hydrides.networks import TcEstimate


def hydride_section(analysis: Analysis) -> str:
    """Nothing where the crystal holds no hydrogen."""
    hydrogen = analysis.h_fraction is not None and analysis.h_fraction > 0
    if not hydrogen and not analysis.tc_estimates:
        return ""
    pairs = _pairs(analysis)
    return fill(
        "hydride.html",
        analysis=analysis,
        unknown=text.UNKNOWN,
        contradicted=marks(analysis.measured),
        tables=[
            ("", [pair for pair in pairs if pair[0].status == CURRENT]),
            (
                "Superseded and unconfirmed formulas",
                [pair for pair in pairs if pair[0].status != CURRENT],
            ),
        ],
    )


def _pairs(analysis: Analysis) -> list[tuple[TcEstimate, TcEstimate | None]]:
    """Each estimate with that of the same formula from the all-electron phi, where it differs."""
    others = {e.id: e for e in analysis.tc_estimates_all_electron if e.cannot_say is None}
    return [(e, others.get(e.id)) for e in analysis.tc_estimates]
