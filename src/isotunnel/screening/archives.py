"""Members of tar and zip archives, streamed; nothing is unpacked to the disk."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from isotunnel.errors import FileFormatError

_DAMAGE = (tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError, OSError)


def members(path: Path) -> Iterator[tuple[str, bytes, str]]:
    """Name, content and problem ("" where there is none) of every plain file of an archive.

    Raises:
        FileFormatError: the archive is damaged; what came before was given.
    """
    found = _of_zip(path) if path.suffix.lower() == ".zip" else _of_tar(path)
    count = 0
    while True:
        try:
            member = next(found)
        except StopIteration:
            return
        except _DAMAGE as error:
            raise FileFormatError(
                f"{path}: the archive is damaged after {count} files ({error})"
            ) from None
        count += 1
        yield member


def _of_tar(path: Path) -> Iterator[tuple[str, bytes, str]]:
    with tarfile.open(path, "r|*") as archive:
        for member in archive:
            if not member.isfile():
                continue
            problem = _too_large(member.size)
            stream = None if problem else archive.extractfile(member)
            yield _tidy(member.name), stream.read() if stream else b"", problem


def _of_zip(path: Path) -> Iterator[tuple[str, bytes, str]]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            problem = _too_large(member.file_size)
            if member.flag_bits & 1:
                problem = "encrypted"
            yield _tidy(member.filename), b"" if problem else archive.read(member), problem


def _too_large(size: int) -> str:
    from isotunnel.screening.one_crystal import MOST_BYTES

    return f"larger than {MOST_BYTES >> 20} MiB" if size > MOST_BYTES else ""


def _tidy(name: str) -> str:
    return str(PurePosixPath(name))
