"""Reports for people: a self-contained HTML page with a 3D view, and figures."""

from isotunnel.report.many import write_query
from isotunnel.report.notebook import View3D, show
from isotunnel.report.write import (
    DiagramFiles,
    ReportFiles,
    ScanFiles,
    write_comparison,
    write_diagram,
    write_report,
    write_scan,
    write_scorecard,
)

__all__ = [
    "DiagramFiles",
    "ReportFiles",
    "ScanFiles",
    "View3D",
    "show",
    "write_comparison",
    "write_diagram",
    "write_query",
    "write_report",
    "write_scan",
    "write_scorecard",
]
