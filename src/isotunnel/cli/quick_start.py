"""A third off the start of a short command."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pathlib import Path


def load_kernels() -> None:
    """Bring numba and the kernels up without what they do not need.

    When its first function is called, numba looks for a BLAS, which imports scipy.linalg and all
    that hangs on it: 0.3 s, as long as finding the tunnels of a large grid. Our kernels use no
    linear algebra, so for that one call the module is hidden, and numba takes it that there is no
    BLAS. The garbage collector, which finds nothing in freshly imported modules, rests meanwhile.
    Only a process that is ours alone may do so, so nothing is done in any other, nor where
    scipy.linalg is loaded already.
    """
    if Path(sys.argv[0]).stem != "isotunnel" or "scipy.linalg" in sys.modules:
        return
    sys.modules["scipy.linalg"] = None  # type: ignore[assignment]
    gc.disable()
    try:
        import_module("isotunnel.tunnels")
        from isotunnel.topology.neighbours import neighbour

        neighbour(0, 0, 1, 1, 1)
    finally:
        gc.enable()
        del sys.modules["scipy.linalg"]
