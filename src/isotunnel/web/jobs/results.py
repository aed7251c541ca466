"""What a job leaves: the JSON document of the terminal, and the fields for surfaces."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.files import folder_of, write_whole
from isotunnel.web.problems import NotFoundError

if TYPE_CHECKING:
    from isotunnel.analysis.results import Analysis
    from isotunnel.fields.field import Field
    from isotunnel.tunnels import Tunnels

DOCUMENT = "document.json"


def keep_document(document: dict[str, Any], folder: Path) -> None:
    """The JSON document, as the terminal prints it."""
    write_whole(folder / DOCUMENT, json.dumps(document, allow_nan=False))


def keep_tunnels(found: Sequence[Tunnels], folder: Path) -> None:
    """The document of ``isotunnel tunnels --json``, and the fields."""
    for number, tunnels in enumerate(found):
        _keep_field(tunnels.field, f"field-{number}", folder)
    first, *others = (tunnels.as_dict() for tunnels in found)
    keep_document({**first, "other_parts": others}, folder)


def keep_analysis(analysis: Analysis, folder: Path) -> None:
    """The document of ``isotunnel analyze --json``, and the fields in the report's order."""
    from isotunnel.report.selection import fields_of

    for choice in fields_of(analysis):
        _keep_field(choice.tunnels.field, choice.id, folder)
    keep_document(analysis.as_dict(), folder)


def document_path(home: Path, identity: str) -> Path:
    """The document of a finished job.

    Raises:
        NotFoundError: it has none.
    """
    path = home / "results" / identity / DOCUMENT
    if not path.is_file():
        raise NotFoundError(f"job {identity[:40]!r} has no result")
    return path


def field_path(home: Path, identity: str, field: str) -> Path:
    """A field of a finished job.

    Raises:
        NotFoundError: it has none of that name.
    """
    known = {path.stem: path for path in (home / "results" / identity / "fields").glob("*.h5")}
    if field not in known:
        names = ", ".join(sorted(known)) or "none"
        raise NotFoundError(f"job {identity[:40]!r} has no field {field[:40]!r}; it has {names}")
    return known[field]


def _keep_field(field: Field, name: str, folder: Path) -> None:
    from isotunnel.fields import write_hdf5

    write_hdf5(field, folder_of(folder / "fields" / f"{name}.h5"))
