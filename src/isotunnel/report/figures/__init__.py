"""PNG and SVG figures, drawn with matplotlib.

Names are imported on first use: figures of a scan or a diagram do without what those of an analysis
need.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
