"""Resistivity laws of the tunnel theory and of its rival, fitted on the same footing.

The same points, splits, weights and numbers of free parameters for both; parameters are fitted on
one part of the data and judged on the rest. Names are imported on first use.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
