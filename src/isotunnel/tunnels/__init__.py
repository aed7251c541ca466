"""Tunnels: thresholds, networks, bottlenecks and segments in physical terms.

Names are imported on first use: results can be read without the kernels that found them.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
