"""Names of files after what they are made from; one input never overwrites another's."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from isotunnel.files import default_cache_directory, keep_bytes

MOST_NUMBERS = 10_000


def file_stem(name: str) -> str:
    """A name as part of a file name: letters, digits and a few marks."""
    return re.sub(r"[^A-Za-z0-9@._+-]+", "_", name).strip("._")[:120] or "crystal"


def source_of(subject: str) -> str:
    """What tells inputs of one name apart: a file by where it lies, anything else by its words."""
    try:
        return os.path.realpath(subject) if Path(subject).exists() else subject
    except (OSError, ValueError):
        return subject


def free_stem(folder: Path, stem: str, endings: tuple[str, ...], source: str) -> str:
    """``stem``, with a number behind it where files of that name came from another input.

    What a file was made from is remembered in the cache folder. Of a file that is not known there
    the input is not known either, so it is left alone.
    """
    for number in range(1, MOST_NUMBERS):
        tried = stem if number == 1 else f"{stem}-{number}"
        files = [folder / f"{tried}.{ending}" for ending in endings]
        if all(not f.exists() or _source_known(f) == _digest(source) for f in files):
            return tried
    return f"{stem}-{os.getpid()}"


def remember(path: Path, source: str) -> None:
    """Note what a file was made from."""
    keep_bytes(_note(path), _digest(source).encode())


def _source_known(path: Path) -> str:
    try:
        return _note(path).read_text()
    except (OSError, ValueError):
        return ""


def _note(path: Path) -> Path:
    return default_cache_directory() / "outputs" / _digest(str(path.resolve()))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:24]
