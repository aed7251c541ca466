"""One crystal at many pressures or volumes."""

from __future__ import annotations

from isotunnel.atlas.point import ScanPoint
from isotunnel.atlas.scan import Scan
from isotunnel.scan.run import scan
from isotunnel.scan.tables import write_csv, write_parquet

__all__ = ["Scan", "ScanPoint", "scan", "write_csv", "write_parquet"]
