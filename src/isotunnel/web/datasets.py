"""Tables whose rows have a crystal: datasets of ``isotunnel screen``, and the hydrides.

A dataset is named by its folder's last part; which folders there are the server is told when it
starts. No text of a client is ever a path.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.errors import InputError
from isotunnel.web.problems import NotFoundError

if TYPE_CHECKING:
    from ase import Atoms

MOST_ROWS = 5000
"""More rows than that no page scrolls through; ``isotunnel query`` asks the rest."""

_LEFT_OUT = frozenset({"structure", "versions"})
"""Columns for programs."""


def named(folders: Iterable[Path]) -> dict[str, Path]:
    """Folders of datasets by name.

    Raises:
        InputError: a folder holds no dataset, or two have one name.
    """
    from isotunnel.screening.dataset import parts_of

    found: dict[str, Path] = {}
    for folder in folders:
        name = folder.absolute().name
        if name in found:
            raise InputError(f"two datasets are named {name!r}: {found[name]} and {folder}")
        if not parts_of(folder):
            raise InputError(
                f"{folder}: no dataset of a screen; isotunnel screen ... -o {folder} makes one"
            )
        found[name] = folder.absolute()
    return found


def parts(folder: Path) -> list[str]:
    """Names of the dataset's files: others as soon as it has grown."""
    from isotunnel.screening.dataset import parts_of

    return [part.path.name for part in parts_of(folder)]


def table(name: str, folder: str, parts: list[str]) -> dict[str, Any]:
    """Columns that have a value, and the first rows; ``parts`` only tells one state from another.

    Raises:
        InputError: there is no dataset.
        MissingExtraError: DuckDB or pyarrow is not installed.
    """
    from isotunnel.screening import all_columns, ask

    del parts
    (total,) = ask(folder, "select count(*) as n from crystals").column("n").to_pylist()
    rows = ask(folder, f"order by source limit {MOST_ROWS}").to_pylist()
    plain = [{key: _plain(value) for key, value in row.items()} for row in rows]
    known = {key for row in plain for key, value in row.items() if value is not None}
    columns = [
        {"name": c.name, "unit": c.unit, "meaning": c.meaning}
        for c in all_columns()
        if c.name in known and c.name not in _LEFT_OUT
    ]
    names = [column["name"] for column in columns]
    slim = [{key: row.get(key) for key in names} for row in plain]
    return {"name": name, "total": total, "columns": columns, "rows": slim}


def crystal_of(folder: Path, row: str) -> tuple[str, Atoms]:
    """Name and crystal of a row.

    Raises:
        NotFoundError: no such row, or none with a crystal.
    """
    from isotunnel.screening import ask
    from isotunnel.screening.one_crystal import unpacked

    quoted = row.replace("'", "''")
    found = ask(folder, f"select formula, structure from crystals where id = '{quoted}'")
    for one in found.to_pylist():
        if one["structure"]:
            return str(one["formula"] or row), unpacked(one["structure"])
    raise NotFoundError(f"the dataset has no crystal {row[:40]!r}")


def hydride_of(row: str) -> tuple[str, Atoms]:
    """Name and crystal of a row of the hydrides.

    Raises:
        NotFoundError: no such row, or none with a crystal; the message says why.
    """
    from isotunnel.studies.hydrides.structures import hydride_structures, hydrides_not_built

    for structure in hydride_structures():
        if structure.id == row:
            return structure.entry.compound, structure.atoms
    for entry in hydrides_not_built():
        if entry.id == row:
            raise NotFoundError(f"{row}: no crystal can be built: {entry.reason}")
    raise NotFoundError(f"the hydrides have no row {row[:40]!r}")


def as_file(atoms: Atoms) -> bytes:
    """The crystal as extended XYZ, which keeps its cell and all digits of the places."""
    from ase import Atoms as AseAtoms
    from ase.io import write

    bare = AseAtoms(atoms.numbers, positions=atoms.positions, cell=atoms.cell, pbc=True)
    text = io.StringIO()
    write(text, bare, format="extxyz")
    return text.getvalue().encode()


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping | list | tuple):
        return str(value)
    return value
