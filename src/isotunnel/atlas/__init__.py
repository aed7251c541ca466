"""The atlas: scans of named crystals over pressure, computed beforehand, so that no DFT is needed.

::

    from isotunnel import atlas

    atlas.names()                                # crystals that have a scan
    scan = atlas.scan_of("H3S")                  # read on first use, then kept
    scan.pressures_gpa, scan.volumes_a3          # arrays over the points that were done
    scan.column("phi").values                    # any column of the table, with unit and reasons
    scan.gap("ks", 3, volume=3.5)                # lifting gap between the points, with its error

The files in ``data/`` are the documents of ``isotunnel scan --json``, written by
``scripts/make_atlas.py``. Names are imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.lazy import lazy_names

if TYPE_CHECKING:
    from isotunnel.atlas.curve import CurvePoint, GapCurve
    from isotunnel.atlas.library import document_of, names, scan_of
    from isotunnel.atlas.scan import AtlasScan, FailedPoint, ScanColumn

_HOMES = {
    "AtlasScan": "scan",
    "CurvePoint": "curve",
    "FailedPoint": "scan",
    "GapCurve": "curve",
    "ScanColumn": "scan",
    "document_of": "library",
    "names": "library",
    "scan_of": "library",
}

__all__ = [
    "AtlasScan",
    "CurvePoint",
    "FailedPoint",
    "GapCurve",
    "ScanColumn",
    "document_of",
    "names",
    "scan_of",
]

__getattr__ = lazy_names(__name__, _HOMES)
