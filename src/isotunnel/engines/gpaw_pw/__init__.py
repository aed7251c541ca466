"""The ``gpaw`` engine (extra ``dft``). Names are imported on first use; GPAW when it runs."""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
