"""Reports for people: a self-contained HTML page with a 3D view, and figures."""

from isotunnel.report.write import ReportFiles, write_report
from isotunnel.report.write_scan import ScanFiles, write_scan

__all__ = ["ReportFiles", "ScanFiles", "write_report", "write_scan"]
