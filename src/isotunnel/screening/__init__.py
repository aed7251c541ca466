"""One crystal at many pressures or volumes."""

from __future__ import annotations

from isotunnel.screening.results import ScanPoint, ScanResult
from isotunnel.screening.run import scan
from isotunnel.screening.tables import write_csv, write_parquet

__all__ = ["ScanPoint", "ScanResult", "scan", "write_csv", "write_parquet"]
