"""Scalar fields on a crystal's periodic grid: the type, readers, writers and engines."""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
