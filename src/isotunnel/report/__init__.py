"""Reports for people: a self-contained HTML page with a 3D view, and figures."""

from isotunnel.report.write import ReportFiles, write_report
from isotunnel.report.write_diagram import DiagramFiles, write_diagram
from isotunnel.report.write_scan import ScanFiles, write_scan

__all__ = [
    "DiagramFiles",
    "ReportFiles",
    "ScanFiles",
    "write_diagram",
    "write_report",
    "write_scan",
]
