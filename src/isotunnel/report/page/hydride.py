"""The hydride block: network descriptors and Tc by every published closed formula."""

from __future__ import annotations

from isotunnel.analysis.results import Analysis
from isotunnel.report import text
from isotunnel.report.page.templates import fill


def hydride_section(analysis: Analysis) -> str:
    """Nothing where the crystal holds no hydrogen."""
    hydrogen = analysis.h_fraction is not None and analysis.h_fraction > 0
    if not hydrogen and not analysis.tc_estimates:
        return ""
    return fill("hydride.html", analysis=analysis, unknown=text.UNKNOWN)
