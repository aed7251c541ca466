"""Files and folders that a user names, looked at before the work."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from isotunnel.errors import InputError


@dataclass(frozen=True)
class Target:
    """A place to write to.

    Attributes:
        path: the file or folder.
        folder: which of the two.
        forms: endings of what goes there.
    """

    path: Path
    folder: bool
    forms: tuple[str, ...]


def target_of(text: str, forms: tuple[str, ...]) -> Target:
    """What ``--output TEXT`` means for a command that writes ``forms``.

    An existing folder, a name with a slash at its end and a name without an ending are folders;
    the ending of a file says its form.

    Raises:
        InputError: no name, a file with another ending, or an option in its place.
    """
    path = _named(text, "--output")
    if path.is_dir() or text.endswith((os.sep, "/")) or not path.suffix:
        if path.exists() and not path.is_dir():
            raise InputError(f"--output: {path} is a file; name a folder, or {_a_file(forms)}")
        return Target(path, True, forms)
    ending = path.suffix.lower().removeprefix(".")
    form = "html" if ending == "htm" else ending
    if form not in forms:
        raise InputError(
            f"--output: {path} ends in {path.suffix}; name {_a_file(forms)}, or a folder "
            f"({path}{os.sep})"
        )
    return Target(path, False, (form,))


def check_folder(text: str, option: str) -> Path:
    """A folder that can be made and written to.

    Raises:
        InputError: it cannot.
    """
    path = _named(text, option)
    check_writable(path, option, folder=True)
    return path


def check_writable(path: Path, option: str, *, folder: bool = False) -> None:
    """Refuse now what could not be written after minutes of computing; nothing is left behind.

    Raises:
        InputError: the folder, or the nearest one there is above it, takes no file.
    """
    if folder and path.exists() and not path.is_dir():
        raise InputError(f"{option}: {path} is a file; give a folder")
    if not folder and path.is_dir():
        raise InputError(f"{option}: {path} is a folder; name a file in it")
    # What does not exist yet will be made in this.
    own = path.absolute()
    home = next(p for p in ((own, *own.parents) if folder else own.parents) if p.exists())
    if not home.is_dir():
        raise InputError(f"{option}: {home} is not a folder, so {path} cannot be written")
    try:
        with tempfile.TemporaryFile(dir=home, prefix=".isotunnel-"):
            pass
    except OSError as error:
        raise InputError(
            f"{option}: the folder {home} cannot be written to ({error.strerror or error})"
        ) from None


def _named(text: str, option: str) -> Path:
    if not text.strip():
        raise InputError(f"{option}: the name is missing")
    if text.startswith("-"):
        raise InputError(f"{option} {text}: the name is missing (./{text} for a file of that name)")
    if "\0" in text:
        raise InputError(f"{option}: a name cannot hold a NUL character")
    return Path(text)


def _a_file(forms: tuple[str, ...]) -> str:
    endings = [f".{form}" for form in forms]
    return f"a file that ends in {', '.join(endings[:-1])} or {endings[-1]}"
