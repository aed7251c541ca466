"""One crystal at many pressures or volumes."""

from __future__ import annotations

from isotunnel.atlas.result import ScanPoint, ScanResult
from isotunnel.scan.run import scan
from isotunnel.scan.tables import write_csv, write_parquet

__all__ = ["ScanPoint", "ScanResult", "scan", "write_csv", "write_parquet"]
