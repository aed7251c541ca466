"""Structures in ASE databases and in Parquet tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.errors import FileFormatError, InputError
from isotunnel.screening.packages import need

if TYPE_CHECKING:
    from isotunnel.screening.one_crystal import CrystalInput

STRUCTURE_COLUMNS = ("structure", "cif", "poscar", "atoms")
"""Names of columns that may hold structures, the first that is there is taken."""
_BATCH = 256


def database_structures(path: Path) -> Iterator[tuple[int, bytes]]:
    """Record number and structure of every row of an ASE database.

    Raises:
        FileFormatError: it is no ASE database, or damaged.
    """
    from ase.db import connect

    from isotunnel.screening.one_crystal import packed

    try:
        for row in connect(path).select():
            yield int(row.id), packed(row.toatoms())
    except Exception as error:  # sqlite's errors and ASE's own, none of which says more
        raise FileFormatError(f"{path}: cannot be read as an ASE database ({error})") from None


def parquet_structures(path: Path, source: str) -> Iterator[CrystalInput]:
    """Crystals of a Parquet table.

    The column ``structure``, ``cif``, ``poscar`` or ``atoms`` may hold the text of a CIF or POSCAR,
    or JSON: a pymatgen Structure, JARVIS atoms, or what a dataset of ours has. A column ``source``,
    ``name``, ``material_id`` or ``jid`` names the crystal; else the row's number does.

    Raises:
        FileFormatError: it is no Parquet file.
        InputError: no column holds structures.
        MissingExtraError: pyarrow is not installed.
    """
    from isotunnel.screening.one_crystal import CrystalInput

    need("pyarrow", "reading Parquet")
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except Exception as error:  # pyarrow's own and the system's
        raise FileFormatError(f"{path}: cannot be read as Parquet ({error})") from None
    names = file.schema_arrow.names
    column = next((n for n in STRUCTURE_COLUMNS if n in names), None)
    if column is None:
        raise InputError(f"{path}: no column named {', '.join(STRUCTURE_COLUMNS)}")
    label = next((n for n in ("source", "name", "material_id", "jid") if n in names), None)
    wanted = [column] if label is None else [column, label]
    number = 0
    for batch in file.iter_batches(batch_size=_BATCH, columns=wanted):
        for row in batch.to_pylist():
            payload, is_structure, problem = _content(row[column])
            end = number if label is None else row[label]
            yield CrystalInput(f"{source}#{end}", payload, is_structure, problem)
            number += 1


def _content(cell: Any) -> tuple[bytes, bool, str]:
    """Payload, whether it is a structure, and the problem with it."""
    if isinstance(cell, bytes):
        cell = cell.decode("utf-8", "replace")
    if isinstance(cell, str) and not cell.lstrip().startswith("{"):
        return cell.encode(), False, ""
    try:
        data = json.loads(cell) if isinstance(cell, str) else cell
        return _plain(data), True, ""
    except (ValueError, KeyError, TypeError, IndexError) as error:
        return b"", False, f"the cell of the table holds no structure ({error!r})"


def _plain(data: Any) -> bytes:
    if "lattice" in data and "sites" in data:
        species = [s["species"] for s in data["sites"]]
        if any(len(s) != 1 or s[0].get("occu", 1) != 1 for s in species):
            raise ValueError("partially occupied sites")
        symbols = [s[0]["element"] for s in species]
        places = [s["abc"] for s in data["sites"]]
        cell = data["lattice"]["matrix"]
    elif "lattice_mat" in data:
        symbols, places, cell = data["elements"], data["coords"], data["lattice_mat"]
        if data.get("cartesian"):
            import numpy as np

            places = (np.array(places) @ np.linalg.inv(np.array(cell))).tolist()
    else:
        numbers = data["numbers"]
        return json.dumps(
            {"cell": data["cell"], "numbers": numbers, "positions": data["positions"]}
        ).encode()
    from isotunnel.crystal.elements import atomic_number

    numbers = [atomic_number(s.strip()) for s in symbols]
    return json.dumps({"cell": cell, "numbers": numbers, "positions": places}).encode()
