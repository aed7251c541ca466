"""Files that appear whole or not at all, and where cached ones lie."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from isotunnel.errors import InputError


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A temporary path beside ``path``, renamed to it when the block ends well.

    On any exception, an interruption included, the temporary file is removed and what stood at
    ``path`` before stays.

    Raises:
        InputError: the file cannot be written there.
    """
    target = Path(path)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.is_dir():
            raise InputError(f"{target}: is a directory")
        yield temporary
        _to_disk(temporary)
        os.replace(temporary, target)
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror or error})") from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _to_disk(path: Path) -> None:
    """Wait until a file's content is on the disk, so that a rename cannot outlive it."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def default_cache_directory() -> Path:
    """``$ISOTUNNEL_CACHE`` where set, else the user's cache directory of this platform."""
    chosen = os.environ.get("ISOTUNNEL_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("isotunnel") / "engines"


def keep_bytes(path: Path, payload: bytes) -> bool:
    """Write a file of a cache, whole or not at all; False where the directory cannot be written.

    On the disk when it returns, so that a killed machine loses nothing that was reported as kept.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(payload)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
        temporary = None
    except OSError:
        return False
    finally:
        # Also reached by KeyboardInterrupt: no half-written file stays behind.
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)
    return True
