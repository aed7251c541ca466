"""A seal at the end of our HDF5 files, which tells a damaged file before HDF5 sees it.

The HDF5 library may loop for ever on a damaged file, deep in C where nothing can stop it. So a
digest of all that precedes it stands after the file's own end, where the library does not look.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from isotunnel.errors import FileFormatError

_MARK = b"\nisotunnel sha256 "
_SIZE = len(_MARK) + 64
_BLOCK = 1 << 20


def write_seal(path: Path) -> None:
    """Append the digest of a finished file to it."""
    digest = _digest(path, path.stat().st_size)
    with path.open("ab") as file:
        file.write(_MARK + digest)


def check_seal(path: Path) -> None:
    """Compare a file with its seal.

    Raises:
        FileFormatError: there is no seal (truncated, or not a file of ours), or it is broken.
    """
    size = path.stat().st_size - _SIZE
    seal = b""
    if size > 0:
        with path.open("rb") as file:
            file.seek(size, os.SEEK_SET)
            seal = file.read(_SIZE)
    if not seal.startswith(_MARK):
        raise FileFormatError(
            f"{path}: truncated, or not an HDF5 file that Isotunnel wrote (it has no seal)"
        )
    if seal != _MARK + _digest(path, size):
        raise FileFormatError(f"{path}: damaged: its contents do not match its seal")


def _digest(path: Path, size: int) -> bytes:
    """SHA-256 of the first ``size`` bytes, in hexadecimal."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        left = size
        while left > 0:
            block = file.read(min(left, _BLOCK))
            if not block:
                break
            found.update(block)
            left -= len(block)
    return found.hexdigest().encode("ascii")
