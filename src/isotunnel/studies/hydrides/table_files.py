"""Records of single hydrides packed into the table that is shipped: a CSV file and its description.

The same records give the same bytes. Wall times are kept: they are measured once, when a record is
computed, and stay with it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from isotunnel.studies.hydrides.compute import Record
from isotunnel.studies.hydrides.entries import HydrideEntry
from isotunnel.studies.hydrides.structures import HydrideStructure, NotBuilt

SCHEMA = "isotunnel.hydrides/1"
"""Name and version of the description."""

STATUS = ("computed", "failed", "left out", "not built")
"""computed: values are there; failed: the engine gave no result; left out: not tried, or stopped at
the time limit; not built: no crystal, see the reason."""

HEAD: tuple[tuple[str, str, str], ...] = (
    ("id", "", "row of isotunnel.measured that holds cell, sites and source"),
    ("compound", "", "formula as printed"),
    ("family", "", "chemical family: the benchmark's, else formula type and space group"),
    ("status", "", ", ".join(STATUS)),
    ("reason", "", "why there are no values"),
    ("space_group_printed", "", "space group as printed"),
    ("space_group", "", "space group of the crystal computed"),
    ("atoms", "", "atoms in the primitive cell"),
    ("pressure_printed_gpa", "GPa", "pressure the cell belongs to by its source"),
    ("tc_predicted_k", "K", "predicted for this crystal, by the source of the cell"),
    ("tc_measured_k", "K", "measured on the compound, at its own pressure"),
    ("tc_measured_pressure_gpa", "GPa", "where that was measured"),
    ("grade", "", "grade of the row of the cell, A to D"),
)
"""Columns that say what was computed; then follow the values."""

TAIL: tuple[tuple[str, str, str], ...] = (
    ("ecut_ev", "eV", "plane-wave cutoff"),
    ("seconds", "s", "wall time of the calculation"),
    ("warnings", "", "what a user should know before trusting the row, separated by bars"),
    ("source", "", "where cell and sites are published"),
)


def table_files(
    structures: Sequence[HydrideStructure],
    not_built: Sequence[NotBuilt],
    records: Mapping[str, Record],
    failures: Mapping[str, tuple[str, str]],
) -> tuple[str, str]:
    """The table as CSV text and its description as JSON text.

    Args:
        structures: all crystals, computed or not.
        not_built: the entries without one.
        records: by id, see :func:`~isotunnel.studies.hydrides.compute.record_of`.
        failures: by id, ("failed" or "left out", reason).
    """
    done = [records[s.id] for s in structures if s.id in records]
    columns = _columns(done)
    names = [c["name"] for c in columns]
    rows = []
    for structure in structures:
        rows.append(_row(structure, records.get(structure.id), failures.get(structure.id), names))
    rows += [_bare(entry.entry, "not built", entry.reason) for entry in not_built]
    header = [n for n, _, _ in HEAD] + names + [n for n, _, _ in TAIL]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, header, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({k: v for k, v in row.items() if v is not None})
    return stream.getvalue(), _description(columns, done, rows)


def _columns(records: Sequence[Record]) -> list[dict[str, str]]:
    """Columns of all records in the order of their first appearance."""
    found: dict[str, dict[str, str]] = {}
    for record in records:
        for column in record["columns"]:
            found.setdefault(column["name"], column)
    return list(found.values())


def _row(
    structure: HydrideStructure,
    record: Record | None,
    failure: tuple[str, str] | None,
    names: Sequence[str],
) -> dict[str, Any]:
    status, reason = ("computed", "") if record else failure or ("left out", "not computed yet")
    row = _bare(structure.entry, status, reason)
    row |= {"space_group": structure.space_group, "atoms": len(structure.atoms)}
    if record is None:
        return row
    values = record["values"]
    row |= {name: values.get(name) for name in names}
    row |= {
        "ecut_ev": record["settings"]["ecut_ev"],
        "seconds": record["seconds"],
        "warnings": " | ".join(record["warnings"]),
    }
    return row


def _bare(entry: HydrideEntry, status: str, reason: str) -> dict[str, Any]:
    return {
        "id": entry.id,
        "compound": entry.compound,
        "family": entry.family,
        "status": status,
        "reason": reason,
        "space_group_printed": entry.space_group,
        "pressure_printed_gpa": entry.pressure_gpa,
        "tc_predicted_k": entry.tc_predicted_k,
        "tc_measured_k": entry.tc_measured_k,
        "tc_measured_pressure_gpa": entry.tc_measured_pressure_gpa,
        "grade": entry.grade,
        "source": entry.source,
    }


def _description(
    columns: Sequence[Mapping[str, str]],
    records: Sequence[Record],
    rows: Sequence[Mapping[str, Any]],
) -> str:
    plain = [{"name": n, "unit": u, "meaning": m} for n, u, m in HEAD]
    tail = [{"name": n, "unit": u, "meaning": m} for n, u, m in TAIL]
    settings = [r["settings"] for r in records]
    common = {
        k: v
        for k, v in (settings[0] if settings else {}).items()
        if all(s[k] == v for s in settings)
    }
    document = {
        "schema": SCHEMA,
        "columns": [*plain, *columns, *tail],
        "settings": common,
        "versions": _common_versions(records),
        "counts": {s: sum(r["status"] == s for r in rows) for s in STATUS},
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def _common_versions(records: Sequence[Record]) -> dict[str, list[str]]:
    """Versions of each program, all that occur."""
    found: dict[str, set[str]] = {}
    for record in records:
        for engine in record["versions"].values():
            for name, version in engine.items():
                found.setdefault(name, set()).add(str(version))
    return {name: sorted(versions) for name, versions in sorted(found.items())}
