"""The first run compiles the kernels, which takes long enough for a message."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

_TOPOLOGY = Path(__file__).parent.parent / "topology"


def announce_compiling() -> None:
    """Print one line on stderr where numba has no compiled kernels of ours in store."""
    if not kernels_cached():
        typer.echo("... compiling kernels, once (up to a minute)", err=True)


def kernels_cached() -> bool:
    """Whether compiled topology kernels lie where numba keeps them; a look, no import of numba.

    Those of an older version of the source count too.
    """
    # The name of a kernel that every search for tunnels calls, and the version of Python.
    pattern = f"basins.*.py{sys.version_info.major}{sys.version_info.minor}*.nbi"
    if folder := os.environ.get("NUMBA_CACHE_DIR"):
        return any(Path(folder).glob(f"{_TOPOLOGY.name}_*/{pattern}"))
    if any((_TOPOLOGY / "__pycache__").glob(pattern)):
        return True
    return any(_user_cache().glob(f"{_TOPOLOGY.name}_*/{pattern}"))


def _user_cache() -> Path:
    """Where numba writes for a user who may not write into the package's folder."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "")) / "numba" / "Cache"
    home = Path(os.path.expanduser("~"))
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "numba"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "numba"
