"""Many crystals: their descriptors in one dataset, computed beside each other, and asked by SQL.

::

    from isotunnel import screening

    screening.screen(["cifs.tar.xz"], "out")
    screening.ask("out", "gap_atomic_3d_ev < 0 order by phi desc").to_pandas()

Names are imported on first use; the packages of the extra ``scale`` only where they are needed.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
