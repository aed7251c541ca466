"""Pressure-temperature diagrams: each theory's states with the measured ones on top.

Names are imported on first use, so that importing this package costs nothing.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
