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

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
