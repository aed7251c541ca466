"""Curated parameters of named substances, phase by phase, each number with its source.

Names are imported on first use, so that importing this package reads no table.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
