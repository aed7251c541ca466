"""Versions of Isotunnel and of what a result rests on, and the state of their files."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("numpy", "scipy", "ase", "numba", "llvmlite", "spglib", "gpaw", "_gpaw", "gpaw_data")
"""What numbers may depend on; one that is not installed is noted as such."""


def isotunnel_version() -> str:
    """Version of this package, as installed."""
    return _version("isotunnel")


def versions_of(*packages: str) -> dict[str, str]:
    """Versions of installed packages by name, with that of Python.

    Raises:
        importlib.metadata.PackageNotFoundError: one is not installed.
    """
    return {**{name: _version(name) for name in packages}, "python": platform.python_version()}


@cache
def _version(package: str) -> str:
    # Each look reads and parses a file; a screen asks for every crystal.
    return metadata.version(package)


def code_state() -> str:
    """A digest of all code that a result rests on, for keeping what was made by it.

    Over path, size and time of change of every file of this package, and of the first file of each
    of :data:`PACKAGES`, so that an edited line is enough.
    """
    told = [sys.version, list(_own_files()), [_package(name) for name in PACKAGES]]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _own_files() -> Iterator[tuple[str, int, int]]:
    """Path, size and time of change of every file of the package, sorted."""
    root = Path(__file__).parent
    found = []
    folders = [str(root)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        folders.append(entry.path)
                    continue
                state = entry.stat()
                found.append((entry.path, state.st_size, state.st_mtime_ns))
    yield from sorted(found)


def _package(name: str) -> tuple[str, str, int, int]:
    """Where a package's first file lies, with its size and time of change; it is not imported."""
    spec = find_spec(name)
    origin = None if spec is None else spec.origin
    if origin is None:
        return name, "", 0, 0
    state = Path(origin).stat()
    return name, origin, state.st_size, state.st_mtime_ns
