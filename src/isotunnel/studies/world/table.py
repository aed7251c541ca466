"""The slim table: crystals of 3DSC_MP, the Tc of their composition, and what a screen found.

Structures: Materials Project (CC BY 4.0) as 3DSC_MP matched them (Sommer et al., Sci. Data 10, 816
(2023), CC BY 4.0; github.com/aimat-lab/3DSC, commit 8d69ca9). Tc: SuperCon (NIMS, MDR, CC BY 4.0),
as listed there. No pressure is listed: a few Tc were measured under pressure on another phase.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from isotunnel.errors import InputError
from isotunnel.packed_csv import packed, unpacked
from isotunnel.studies.world.features import CELL, TUNNELS

COLUMNS = (*CELL, *TUNNELS)
HEAD = ("id", "formula", "doping", "tc_k", "status", "reason")
NOT_YET = "not screened yet"
DIGITS = 6


@dataclass(frozen=True)
class WorldRow:
    """A crystal of the table.

    Attributes:
        id: name of its CIF without the ending.
        formula: as 3DSC_MP has it.
        doping: "as in MP" or "synth_doped".
        tc_k: of its composition; 0 where SuperCon records none; None where none was matched.
        status: "done", "failed", or "not screened yet".
        reason: code of the failure.
        values: by column of :data:`COLUMNS`; what is not known is missing.
    """

    id: str
    formula: str
    doping: str
    tc_k: float | None
    status: str
    reason: str
    values: Mapping[str, float]


def shipped_path(name: str) -> Path:
    """A file of the data that come with the package."""
    return Path(str(resources.files("isotunnel.studies.world").joinpath("data", name)))


def world_table(path: Path | None = None) -> tuple[WorldRow, ...]:
    """The rows of a slim table; those shipped by default.

    Raises:
        InputError: there is no such table, or it is not one.
    """
    chosen = path or shipped_path("world.csv.gz")
    with unpacked(chosen, "table of the world's crystals") as text:
        return tuple(_row_of(r) for r in csv.DictReader(text))


def joined(
    listed: Iterable[Mapping[str, str]], screened: Mapping[str, Mapping[str, Any]]
) -> list[WorldRow]:
    """Rows of 3DSC_MP's list with the rows of a screen.

    Args:
        listed: rows of the list; columns cif_file, formula, doping, tc_k.
        screened: rows of the screen's dataset by name of the CIF without folder and ending.

    Raises:
        InputError: a column of the list is missing.
    """
    try:
        return [_joined(r, screened.get(_stem(r["cif_file"]))) for r in listed]
    except KeyError as error:
        raise InputError(f"the list has no column {error}") from None


def _joined(listed: Mapping[str, str], found: Mapping[str, Any] | None) -> WorldRow:
    tc = float(listed["tc_k"]) if listed["tc_k"].strip() else None
    head = (_stem(listed["cif_file"]), listed["formula"], listed["doping"], tc)
    if found is None:
        return WorldRow(*head, NOT_YET, "", {})
    values = {n: float(found[n]) for n in COLUMNS if _is_number(found.get(n))}
    done = found["status"] == "done"
    return WorldRow(
        *head, str(found["status"]), str(found.get("reason") or ""), values if done else {}
    )


def screen_by_name(rows: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Rows of a screen by the name of their CIF."""
    return {_stem(str(r["source"])): r for r in rows}


def packed_table(rows: Iterable[WorldRow]) -> bytes:
    """The table as gzipped CSV; the same rows give the same bytes."""
    return packed([(*HEAD, *COLUMNS), *map(_cells_of, rows)])


def _cells_of(r: WorldRow) -> tuple[str, ...]:
    tc = "" if r.tc_k is None else f"{r.tc_k:.{DIGITS}g}"
    cells = (f"{r.values[n]:.{DIGITS}g}" if n in r.values else "" for n in COLUMNS)
    return (r.id, r.formula, r.doping, tc, r.status, r.reason, *cells)


def _row_of(cells: Mapping[str, str]) -> WorldRow:
    def numbers() -> Iterator[tuple[str, float]]:
        for name in COLUMNS:
            if cells[name]:
                yield name, float(cells[name])

    tc = float(cells["tc_k"]) if cells["tc_k"] else None
    head = (cells["id"], cells["formula"], cells["doping"], tc, cells["status"], cells["reason"])
    return WorldRow(*head, dict(numbers()))


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].removesuffix(".cif")


def _is_number(value: Any) -> bool:
    return value is not None and math.isfinite(float(value))
