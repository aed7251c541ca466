"""The slim table: JARVIS crystals with lambda, omega_log and Tc, and what a screen found.

Structures and couplings: JARVIS-DFT (NIST, public domain in the United States), Choudhary and
Garrity, npj Comput. Mater. 8, 244 (2022), out of github.com/usnistgov/jarvis_leaderboard, commit
57afc55, and github.com/jamesconde/superconductor-vae, commit 046cf0c.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from isotunnel.errors import InputError
from isotunnel.packed_csv import packed, unpacked
from isotunnel.studies.couplings.plan import PROCRYSTAL, QUANTITIES, Screened

HEAD = ("id", "formula", "status", "reason")
NOT_YET = "not screened yet"
DUPLICATE = "the same crystal as an earlier one"
_LISTED = {"lambda_ep": "lambda_ep", "omega_log_k": "omega_log_K", "tc_k": "Tc_K"}


@dataclass(frozen=True)
class Coupled:
    """A crystal of the table.

    Attributes:
        id: of JARVIS.
        formula: as JARVIS has it.
        status: "done", or why there are no descriptors.
        reason: code of a failure.
        values: lambda_ep, omega_log_k, tc_k and descriptors; what is not known is missing.
    """

    id: str
    formula: str
    status: str
    reason: str
    values: Mapping[str, float]


def shipped_path(name: str) -> Path:
    """A file of the data that come with the package."""
    return Path(str(resources.files("isotunnel.studies.couplings").joinpath("data", name)))


def joined(
    listed: Iterable[Mapping[str, str]],
    screened: Iterable[Mapping[str, Any]],
    what: Screened = PROCRYSTAL,
) -> list[Coupled]:
    """Rows of JARVIS's list with the rows of a screen.

    Args:
        listed: rows of the list; columns jid, formula, lambda_ep, omega_log_K, Tc_K.
        screened: rows of the screen's dataset.
        what: is taken from it.

    Raises:
        InputError: a column of the list is missing.
    """
    by_name = {str(r["source"]).rsplit("/", 1)[-1].removesuffix(".vasp"): r for r in screened}
    try:
        return [_joined(r, by_name.get(r["jid"]), what) for r in listed]
    except KeyError as error:
        raise InputError(f"the list has no column {error}") from None


def _joined(listed: Mapping[str, str], found: Mapping[str, Any] | None, what: Screened) -> Coupled:
    values = {q: float(listed[c]) for q, c in _LISTED.items() if listed[c].strip()}
    if found is None:
        return Coupled(listed["jid"], listed["formula"], NOT_YET, "", values)
    status = DUPLICATE if found["duplicate_of"] else str(found["status"])
    if status == "done":
        values |= _descriptors(found, what)
    return Coupled(listed["jid"], listed["formula"], status, str(found["reason"] or ""), values)


def _descriptors(found: Mapping[str, Any], what: Screened) -> dict[str, float]:
    known = {n: float(found[n]) for n in what.columns if _is_number(found.get(n))}
    values = {n: known[n] for n in what.descriptors if n in known}
    for name, (first, second) in what.differences.items():
        if first in known and second in known:
            values[name] = known[first] - known[second]
    for name, (over, under) in what.ratios.items():
        if over in known and known.get(under):
            values[name] = known[over] / known[under]
    return values


def packed_table(rows: Iterable[Coupled], what: Screened = PROCRYSTAL) -> bytes:
    """The table as gzipped CSV; the same rows give the same bytes."""
    names = (*QUANTITIES, *what.descriptors)
    return packed([(*HEAD, *names), *(_cells_of(r, names) for r in rows)])


def _cells_of(r: Coupled, names: tuple[str, ...]) -> tuple[str, ...]:
    cells = (f"{r.values[n]:.6g}" if n in r.values else "" for n in names)
    return (r.id, r.formula, r.status, r.reason, *cells)


def couplings_table(path: Path | None = None, what: Screened = PROCRYSTAL) -> tuple[Coupled, ...]:
    """The rows of a slim table; those shipped by default.

    Raises:
        InputError: there is no such table, or it is not one.
    """
    chosen = path or shipped_path(what.table)
    with unpacked(chosen, "table of couplings") as text:
        return tuple(_row_of(r, what) for r in csv.DictReader(text))


def _row_of(cells: Mapping[str, str], what: Screened) -> Coupled:
    names = (*QUANTITIES, *what.descriptors)
    values = {n: float(cells[n]) for n in names if cells[n]}
    return Coupled(cells["id"], cells["formula"], cells["status"], cells["reason"], values)


def _is_number(value: Any) -> bool:
    return value is not None and math.isfinite(float(value))
