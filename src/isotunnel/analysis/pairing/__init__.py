"""From a crystal to its electron-phonon coupling and Tc, with nothing put in.

Names are imported on first use: the columns of a table do without what computes them.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
