"""The first run compiles the kernels, which takes long enough for a message."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import typer

from isotunnel.kernels import library

_TOPOLOGY = Path(__file__).parent.parent / "topology"


def prepare_kernels() -> None:
    """See that compiled kernels are at hand; one line on stderr where that takes a while.

    They are compiled ahead of time, once. Where that cannot be (no C compiler, no place to write),
    numba compiles them as they are called and keeps them, as it may have done already.
    """
    if library.is_built():
        return
    tried = library.refusal().exists()
    if not tried or not kernels_cached():
        typer.echo("... compiling kernels, once (up to a minute)", err=True)
    if not tried:
        build_apart()


def build_apart() -> bool:
    """Build the library in a process of its own; whether that was possible.

    Compilers write where they like, and numba's memory is given back.
    """
    command = (sys.executable, "-m", "isotunnel.tunnels.ahead_of_time")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    library.functions.cache_clear()
    if done.returncode == 0 and library.is_built():
        return True
    with suppress(OSError):
        library.refusal().parent.mkdir(parents=True, exist_ok=True)
        library.refusal().write_text(done.stderr or "no library was made\n", encoding="utf-8")
    return False


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
