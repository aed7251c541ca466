"""Reports for people: a self-contained HTML page with a 3D view, and figures."""

from isotunnel.report.write import ReportFiles, write_report

__all__ = ["ReportFiles", "write_report"]
