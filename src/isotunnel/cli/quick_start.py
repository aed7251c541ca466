"""A short command starts without what it does not need."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from isotunnel.kernels import library

_HIDDEN = ("scipy.linalg", "yaml", "colorama")


def load_kernels() -> None:
    """Bring the kernels up, and numba only where they were not compiled ahead of time.

    When its first function is called, numba looks for a BLAS, which imports scipy.linalg and all
    that hangs on it: 0.3 s, as long as finding the tunnels of a large grid. Our kernels use no
    linear algebra, so meanwhile that module is hidden, and numba takes it that there is no BLAS.
    Likewise for the packages with which it reads a configuration file and colours its errors. The
    garbage collector, which finds nothing in freshly imported modules, rests meanwhile.

    Only a process that is ours alone may do so: nothing is done in any other.
    """
    if Path(sys.argv[0]).stem != "isotunnel":
        return
    built = bool(library.functions())
    hidden = [name for name in _HIDDEN if name not in sys.modules and not built]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    gc.disable()
    try:
        import isotunnel.tunnels.find  # noqa: F401
        from isotunnel.topology.neighbours import neighbour

        if not built:
            neighbour(0, 0, 1, 1, 1)
    finally:
        gc.enable()
        for name in hidden:
            del sys.modules[name]
