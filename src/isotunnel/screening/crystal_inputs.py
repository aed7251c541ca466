"""The crystals of files, folders, archives, databases and tables, one after the other.

Nothing is parsed here but what must be to tell one crystal from the next: a file's bytes go to the
worker, where a bad one can do no harm.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from isotunnel.errors import InputError
from isotunnel.screening.one_crystal import MOST_BYTES, CrystalInput, packed
from isotunnel.screening.optimade import is_address, structures_of

_CRYSTAL_FILE = re.compile(
    r"(\.(cif|mcif|vasp|poscar|contcar|xsf|axsf|res)|(^|[._-])(poscar|contcar)([._-][^/]*)?)"
    r"(\.(gz|bz2|xz))?$",
    re.IGNORECASE,
)
_FRAMES = re.compile(r"\.(ext)?xyz$", re.IGNORECASE)
_ARCHIVE = re.compile(r"\.(tar|tgz|txz|tbz2?|tar\.(gz|xz|bz2)|zip)$", re.IGNORECASE)
_DATABASE = re.compile(r"\.db$", re.IGNORECASE)
_PARQUET = re.compile(r"\.(parquet|pq)$", re.IGNORECASE)


def sample_path() -> Path:
    """The archive of small CIFs that comes with the package.

    A selection of the CIFs of 3DSC_MP (Sommer et al., Sci. Data 10, 816 (2023); structures of the
    Materials Project), licence CC BY 4.0, unchanged.
    """
    return Path(str(resources.files("isotunnel.screening").joinpath("data", "sample.tar.xz")))


def inputs_of(paths: Iterable[str | os.PathLike[str]]) -> Iterator[CrystalInput]:
    """The crystals of everything given, lazily, each once.

    Accepted: CIF, POSCAR, XSF, RES files and any other file that :func:`~isotunnel.as_atoms`
    reads; folders, with all that lies below them (files of such names only, in the order of their
    names); tar (plain, gz, xz, bz2) and zip archives; extended XYZ, every frame; ASE databases
    (``.db``); Parquet with a column of structures (:mod:`isotunnel.screening.tables`); addresses
    of OPTIMADE structures (:mod:`isotunnel.screening.optimade`); names of crystals.

    Raises:
        InputError: there is no such file or crystal, or a database does not answer.
        FileFormatError: an archive or database is damaged; what came before it was given.
        MissingExtraError: Parquet without pyarrow.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _of_one(path):
            if found.id not in seen:
                seen.add(found.id)
                yield found


def is_crystal_file(name: str) -> bool:
    """Whether a file of this name is one that folders are searched for."""
    return bool(_CRYSTAL_FILE.search(name) or _FRAMES.search(name))


def _of_one(given: str | os.PathLike[str]) -> Iterator[CrystalInput]:
    if isinstance(given, str) and is_address(given):
        yield from structures_of(given)
        return
    path = Path(given)
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False
    if not there:
        yield _named(os.fspath(given))
    elif path.is_dir():
        yield from _of_folder(path)
    else:
        yield from _of_file(path, path.name)


def _named(text: str) -> CrystalInput:
    from isotunnel.atlas import crystal_at, is_at_pressure
    from isotunnel.crystal import named_crystal

    if "/" in text:
        raise InputError(f"no such file, folder or crystal: {text}")
    atoms = crystal_at(text) if is_at_pressure(text) else named_crystal(text)
    return CrystalInput(text, packed(atoms), structure=True)


def _of_folder(folder: Path) -> Iterator[CrystalInput]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if is_crystal_file(name) and not name.startswith("."):
                path = Path(here, name)
                yield from _of_file(path, path.relative_to(folder).as_posix())


def _of_file(path: Path, source: str) -> Iterator[CrystalInput]:
    name = path.name
    if _ARCHIVE.search(name):
        from isotunnel.screening.archives import members

        yield from _of_members(members(path), source)
    elif _DATABASE.search(name):
        from isotunnel.screening.tables import database_structures

        yield from (CrystalInput(f"{source}#{n}", s, True) for n, s in database_structures(path))
    elif _PARQUET.search(name):
        from isotunnel.screening.tables import parquet_structures

        yield from parquet_structures(path, source)
    else:
        try:
            large = path.stat().st_size > MOST_BYTES
            content = b"" if large else path.read_bytes()
            problem = f"larger than {MOST_BYTES >> 20} MiB" if large else ""
        except OSError as error:
            content, problem = b"", f"cannot be read ({error.strerror or error})"
        yield from _of_content(source, content, problem)


def _of_members(found: Iterable[tuple[str, bytes, str]], source: str) -> Iterator[CrystalInput]:
    for name, content, problem in found:
        if is_crystal_file(name):
            yield from _of_content(f"{source}/{name}", content, problem)


def _of_content(source: str, content: bytes, problem: str) -> Iterator[CrystalInput]:
    frames = list(_split_frames(content)) if _FRAMES.search(source) else [content]
    if len(frames) == 1:
        yield CrystalInput(source, content, problem=problem)
        return
    for number, frame in enumerate(frames):
        yield CrystalInput(f"{source}#{number}", frame)


def _split_frames(content: bytes) -> Iterator[bytes]:
    """Frames of an XYZ file; where the counts of atoms do not hold, the rest in one piece."""
    lines = content.splitlines(keepends=True)
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        count = lines[at].strip()
        end = at + 2 + int(count) if count.isdigit() and len(count) < 9 else len(lines)
        yield b"".join(lines[at:end])
        at = end


def arguments_of(paths: Iterable[Any]) -> list[str]:
    """What was given, so that the same can be asked for from another folder."""
    texts = [os.fspath(p) for p in paths]
    return [str(Path(t).resolve()) if os.path.exists(t) else t for t in texts]
