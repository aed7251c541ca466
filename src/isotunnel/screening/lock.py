"""One screen at a time writes a dataset."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from isotunnel.errors import InputError

_NAME = "writer.lock"


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """The right to write into a dataset, as long as the context lasts.

    The system gives the lock back when its process ends, however it ends; the number in the file
    only says who holds it.

    Raises:
        InputError: another process holds it; the message names it.
    """
    path = out / _NAME
    with path.open("a+", encoding="utf-8") as stream:
        if not _taken(stream):
            stream.seek(0)
            holder = stream.read().strip() or "another process"
            raise InputError(
                f"{out}: another screen is writing there ({holder}); wait for its end or give "
                "another -o"
            )
        stream.seek(0)
        stream.truncate()
        stream.write(f"process {os.getpid()} on {socket.gethostname()}\n")
        stream.flush()
        yield
        stream.seek(0)
        stream.truncate()


def _taken(stream: IO[str]) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        return _taken_on_windows(stream)
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _taken_on_windows(stream: IO[str]) -> bool:
    import importlib

    msvcrt = importlib.import_module("msvcrt")
    try:
        # Far behind the text, which others must still be able to read.
        stream.seek(1 << 20)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
