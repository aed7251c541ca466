"""A material's file as rows of the tables that the rooms keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from isotunnel.errors import InputError
from isotunnel.materials.register import Document, documents

NESTED = ("parameters", "gaps", "volumes")
"""Tables that stand inside a phase."""

CRYSTAL = ("space_group", "number", "hall_number", "cell", "sites", "kind", "source")
"""What a crystal needs beside the material's name and title."""

MATTER = ("solids", "melting", "transitions")


def rows(table: str, header: Sequence[str]) -> Iterator[dict[str, str]]:
    """Rows of one table out of all files, as a CSV file of that header would give them.

    Args:
        table: "substances", "phases", "parameters", "gaps" or "volumes" of substances; "materials",
            "solids", "melting" or "transitions" of matter; or the name of a measured table.
        header: its columns; those that a file leaves out are empty.

    Raises:
        InputError: a file has a column that the table does not.
    """
    for document in documents():
        for row in _of(document, table):
            unknown = sorted(set(row) - set(header))
            if unknown:
                raise InputError(
                    f"the file of {document['name']}: table {table} has no column {unknown[0]!r}; "
                    f"it has {', '.join(header)}"
                )
            measured = table in document.get("measured", {})
            yes, no = ("true", "false") if measured else ("y", "")
            yield {column: _text(row.get(column), yes, no) for column in header}


def crystals() -> Iterator[dict[str, Any]]:
    """Entries of the library of crystals.

    Raises:
        InputError: a file lacks something that a crystal needs.
    """
    for document in documents():
        if "crystal" in document:
            _demand(document, "crystal", CRYSTAL)
            named = {"name": document["name"], "title": document["title"]}
            yield named | {"aliases": list(document.get("aliases", ()))} | document["crystal"]


def scans() -> dict[str, tuple[str, tuple[str, ...], str]]:
    """Crystal -> substance, names of the phase that its scan is of, and pressures to scan.

    Raises:
        InputError: a file names no pressures.
    """
    found = {}
    for document in documents():
        if "scan" in document:
            _demand(document, "scan", ("pressure_gpa",))
            scan = document["scan"]
            crystal = document.get("crystal", {}).get("name", document["name"])
            phases = tuple(scan.get("phases", ()))
            found[crystal] = (document["name"], phases, str(scan["pressure_gpa"]))
    return found


def _demand(document: Document, part: str, keys: Sequence[str]) -> None:
    missing = [key for key in keys if key not in document[part]]
    if missing:
        raise InputError(f"the {part} of {document['name']} needs {', '.join(missing)}")


def _of(document: Document, table: str) -> Iterator[Mapping[str, Any]]:
    if table == "substances":
        yield from _substance(document)
    elif table == "phases":
        yield from _phases(document)
    elif table in NESTED:
        for phase in document.get("phases", ()):
            for row in phase.get(table, ()):
                yield {"substance": document["name"], "phase": phase["phase"], **row}
    elif table == "materials":
        yield from _matter(document)
    elif table in MATTER:
        for row in _own_matter(document).get(table, ()):
            usual = {"q": 1, "particles_per_atom": 1, "thermal_origin": "published"}
            usual["thermal_v0_angstrom3"] = row.get("v0_angstrom3")
            yield {"material": document["name"], **(usual if table == "solids" else {}), **row}
    else:
        for n, row in enumerate(document.get("measured", {}).get(table, ()), start=1):
            yield {"id": f"{table}:{document['name']}-{n}", **row}


def _substance(document: Document) -> Iterator[Mapping[str, Any]]:
    if document.get("phases"):
        yield {
            "name": document["name"],
            "title": document["title"],
            "aliases": document.get("aliases"),
            "matter": _name_in_matter(document),
            "element": document.get("element"),
            "notes": document.get("notes"),
        }


def _phases(document: Document) -> Iterator[Mapping[str, Any]]:
    phases = document.get("phases", ())
    solids = {s["phase"] for s in _own_matter(document).get("solids", ())}
    for phase in phases:
        name = phase["phase"]
        usual = {
            "substance": document["name"],
            "only": len(phases) == 1,
            "ambient": phase.get("p_min_gpa", 0) == 0,
            "reference_gpa": 0,
            "p_min_gpa": 0,
            "eos": name if name in solids else "",
        }
        yield usual | {k: v for k, v in phase.items() if k not in NESTED}


def _own_matter(document: Document) -> Mapping[str, Any]:
    """Its own section on matter; a name instead stands for a material of the tables of matter."""
    matter = document.get("matter", {})
    return matter if isinstance(matter, Mapping) else {}


def _name_in_matter(document: Document) -> str:
    matter = document.get("matter", "")
    return document["name"] if isinstance(matter, Mapping) else str(matter)


def _matter(document: Document) -> Iterator[Mapping[str, Any]]:
    if _own_matter(document):
        own = {k: v for k, v in _own_matter(document).items() if k not in MATTER}
        formula = document.get("formula", document["name"])
        yield {"material": document["name"], "formula": formula, "title": document["title"]} | own


def _text(value: Any, yes: str, no: str) -> str:
    """A value of TOML as a cell of a table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return yes if value else no
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value)
