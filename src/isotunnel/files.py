"""Files that appear whole or not at all, and where cached ones lie."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from isotunnel.errors import InputError


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A temporary path beside ``path``, renamed to it when the block ends well.

    Its content is on the disk before the rename. On any exception, an interruption included, the
    temporary file is removed and what stood at ``path`` before stays.

    Raises:
        InputError: the file cannot be written there.
    """
    target = Path(path)
    # Each thread has its own: points of a scan and a user's threads may write the same piece.
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        if target.is_dir():
            raise InputError(f"{target}: is a directory")
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        os.replace(temporary, target)
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror or error})") from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def folder_of(path: str | os.PathLike[str]) -> Path:
    """The path, once the folder that it is in has been made.

    Raises:
        InputError: the folder cannot be made.
    """
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{target.parent}: the folder cannot be made ({reason})") from error
    return target


def write_whole(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a text (UTF-8) or bytes, whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    payload = content.encode("utf-8") if isinstance(content, str) else content
    with whole_file(path) as temporary:
        temporary.write_bytes(payload)


def keep_bytes(path: Path, payload: bytes) -> bool:
    """Write a file of a cache as :func:`write_whole` does; False where that is not possible.

    On the disk when it returns, so that a killed machine loses nothing that was reported as kept.
    """
    try:
        write_whole(folder_of(path), payload)
    except InputError:
        return False
    return True


def default_cache_directory() -> Path:
    """``$ISOTUNNEL_CACHE`` where set, else the user's cache directory of this platform."""
    chosen = os.environ.get("ISOTUNNEL_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("isotunnel") / "engines"
