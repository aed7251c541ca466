"""Compile the kernels ahead of time, for the types that an example hands over.

The example runs in plain Python, where a kernel is the function below its decorator; what the
outermost kernels are called with is what is compiled. Numba's ``pycc`` makes an extension module of
it with the machine's C compiler; the interpreter's lock is released while a kernel runs, as it is
by those that numba compiles when they are called.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from isotunnel.kernels.kernel import Kernel, calls_go_to, tell_numba, types_of
from isotunnel.kernels.library import MODULE, TABLE, folder_of_library, functions

MOST_KEPT = 8
"""Libraries of other sources, Pythons or processors that stay in the cache."""


class _Recorded:
    """The outermost kernels of a run in plain Python, and examples of their arguments."""

    def __init__(self) -> None:
        self.calls: dict[tuple[str, str], tuple[Kernel[..., Any], tuple[Any, ...]]] = {}
        self._inside = False

    def __call__(self, kernel: Kernel[..., Any], args: tuple[Any, ...]) -> Any:
        if self._inside:
            return kernel.function(*args)
        kinds = tuple(_numba().typeof(arg) for arg in args)
        self.calls.setdefault((kernel.name, types_of(args)), (kernel, kinds))
        self._inside = True
        try:
            return kernel.function(*args)
        finally:
            self._inside = False


def _numba() -> Any:
    """Of which only parts are typed."""
    return import_module("numba")


def build(example: Callable[[], object]) -> Path:
    """Build the library of what an example calls, and return its folder.

    Raises:
        Exception: of whatever kind numba, setuptools and the compiler raise, where it cannot be.
    """
    recorded = _Recorded()
    with warnings.catch_warnings(), calls_go_to(recorded):
        # Unsigned numbers that run over are meant to.
        warnings.simplefilter("ignore")
        example()
    target = folder_of_library()
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=target.parent, prefix=".building-"))
    try:
        _compile(recorded, made)
        _put(made, target)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    _forget_the_oldest(target)
    functions.cache_clear()
    return target


def _compile(recorded: _Recorded, folder: Path) -> None:
    with warnings.catch_warnings():
        # Of setuptools, and of versions of numba that announce another way.
        warnings.simplefilter("ignore")
        pycc: Any = import_module("numba.pycc")
        compiler: Any = import_module("numba.pycc.compiler")
    kept = compiler.Flags

    def flags_with_lock_released() -> Any:
        flags = kept()
        flags.release_gil = True
        return flags

    tell_numba()
    module = pycc.CC(MODULE, source_module=__name__)
    module.output_dir = str(folder)
    module.target_cpu = "host"
    table = []
    for number, ((name, types), (kernel, signature)) in enumerate(recorded.calls.items()):
        module.export(f"k{number}", signature)(kernel.function)
        table.append((name, types, f"k{number}"))
    compiler.Flags = flags_with_lock_released
    try:
        module.compile()
    finally:
        compiler.Flags = kept
    (folder / TABLE).write_text(json.dumps(table, indent=1), encoding="utf-8")


def _put(made: Path, target: Path) -> None:
    """Rename it into place, unless another process was first."""
    made.chmod(0o755)
    try:
        os.replace(made, target)
    except OSError:
        if not (target / TABLE).exists():
            raise


def _forget_the_oldest(newest: Path) -> None:
    others = [p for p in newest.parent.iterdir() if p.is_dir() and p != newest]
    for path in sorted(others, key=lambda p: p.stat().st_mtime)[:-MOST_KEPT]:
        shutil.rmtree(path, ignore_errors=True)
