"""Where the kernels that were compiled ahead of time lie, and how they are loaded.

A folder of the user's cache, or of ``$ISOTUNNEL_KERNELS`` where that is set, holds the extension
module and a table of what is in it. Its name is a digest of the source of all kernels, of Python,
numpy and numba, and of the processor, so that one that does not belong here is never found.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import sysconfig
from collections.abc import Callable
from functools import lru_cache
from importlib.machinery import ExtensionFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

MODULE = "isotunnel_kernels"
TABLE = "table.json"
_PACKAGE = Path(__file__).parent.parent
_SOURCES = ("kernels", "topology")
"""Folders whose files decide what the library does."""


@lru_cache(maxsize=1)
def functions() -> dict[tuple[str, str], Callable[..., Any]]:
    """Compiled functions by the kernel's name and the types of its arguments.

    Empty where the library is not built, or will not load.
    """
    folder = folder_of_library()
    try:
        table = json.loads((folder / TABLE).read_text(encoding="utf-8"))
        if not _is_own(folder):
            return {}
        module = _loaded(folder / f"{MODULE}{_suffix()}")
        return {(name, types): getattr(module, symbol) for name, types, symbol in table}
    except (OSError, ValueError, ImportError, AttributeError):
        return {}


@lru_cache(maxsize=1)
def folder_of_library() -> Path:
    """Where the library of this source, Python and processor lies once it is built."""
    chosen = os.environ.get("ISOTUNNEL_KERNELS")
    if chosen:
        return Path(chosen).expanduser() / _digest()
    from platformdirs import user_cache_path

    return user_cache_path("isotunnel") / "kernels" / _digest()


def is_built() -> bool:
    """Whether it lies there; a look at the folder."""
    return (folder_of_library() / TABLE).exists()


def refusal() -> Path:
    """The file that says why it could not be built here; it is not tried again by itself."""
    return folder_of_library().with_suffix(".refused")


def _suffix() -> str:
    return str(sysconfig.get_config_var("EXT_SUFFIX"))


def _is_own(folder: Path) -> bool:
    """Code is run from nowhere that somebody else may write to."""
    if not hasattr(os, "getuid"):
        return True
    state = folder.stat()
    return state.st_uid in (os.getuid(), 0) and not state.st_mode & 0o022


def _loaded(path: Path) -> Any:
    spec = spec_from_file_location(MODULE, path, loader=ExtensionFileLoader(MODULE, str(path)))
    if spec is None or spec.loader is None:
        raise ImportError(str(path))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _digest() -> str:
    told = hashlib.sha256()
    for word in (sys.version, sys.platform, platform.machine(), _suffix(), _processor()):
        told.update(f"{word}\n".encode())
    for path in sorted(p for name in _SOURCES for p in (_PACKAGE / name).glob("*.py")):
        told.update(path.name.encode() + path.read_bytes())
    for name in ("numpy", "numba", "llvmlite"):
        told.update(_version_file(name))
    return told.hexdigest()[:32]


def _version_file(package: str) -> bytes:
    """What says a package's version; the package is not imported."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return b""
    folder = Path(spec.origin).parent
    found = (folder / name for name in ("_version.py", "version.py"))
    return b"".join(path.read_bytes() for path in found if path.exists())


def _processor() -> str:
    """Its name and what it can do: compiled code uses all of that."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as stream:
            first = stream.read(1 << 14).partition("\n\n")[0]
    except OSError:
        return platform.processor()
    kept = ("model name", "flags", "Features", "CPU part", "isa", "cpu\t")
    return "\n".join(line for line in first.splitlines() if line.startswith(kept))
