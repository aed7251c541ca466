"""One BLAS thread while GPAW runs.

The matrices of a small crystal are too small to share, and on a busy machine OpenBLAS's waiting
threads slow a run tenfold: bulk sodium took 40 s with threads and 4.4 s without, beside another
process on two cores. ``OMP_NUM_THREADS`` is read only when the library is loaded, which NumPy has
done long before GPAW is wanted, so the number is set in the loaded libraries directly.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

_ENVIRONMENT = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

# The wheels of NumPy and SciPy rename OpenBLAS's symbols, to keep two copies in a process apart.
_AFFIXES = (("", ""), ("", "64_"), ("scipy_", ""), ("scipy_", "64_"))


@contextmanager
def single_blas_thread() -> Iterator[None]:
    """Limit every loaded OpenBLAS, and those loaded inside the block, to one thread.

    Restores the number of threads of libraries that were loaded before. Does nothing to other BLAS
    libraries, nor where the system does not list a process's libraries (that is, off Linux), save
    for setting the environment variables which they read when loaded.
    """
    for name in _ENVIRONMENT:
        os.environ.setdefault(name, "1")
    restore: list[Callable[[], object]] = []
    for path in _loaded_openblas():
        restore.extend(_limit(path))
    try:
        yield
    finally:
        for undo in restore:
            undo()


def _loaded_openblas() -> set[str]:
    try:
        maps = Path("/proc/self/maps").read_text()
    except OSError:
        return set()
    paths = (line.split(maxsplit=5)[-1] for line in maps.splitlines() if "openblas" in line)
    return {path for path in paths if path.startswith("/") and ".so" in path}


def _limit(path: str) -> list[Callable[[], object]]:
    undo: list[Callable[[], object]] = []
    with suppress(OSError):
        library = ctypes.CDLL(path)
        for prefix, suffix in _AFFIXES:
            setter = getattr(library, f"{prefix}openblas_set_num_threads{suffix}", None)
            getter = getattr(library, f"{prefix}openblas_get_num_threads{suffix}", None)
            if setter is None or getter is None:
                continue
            before = int(getter())
            setter(1)
            undo.append(partial(setter, before))
    return undo
