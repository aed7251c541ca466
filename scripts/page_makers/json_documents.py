"""Renew the tables of docs/reference/json.md, and the JSON Schema files, from the shapes."""

from __future__ import annotations

import inspect
import json
from functools import partial
from pathlib import Path
from typing import Any

from isotunnel import schemas
from isotunnel.schemas.validation import shapes
from page_makers.markdown import renewed

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
PAGE = REFERENCE / "json.md"


def render() -> str:
    """The whole page."""
    parts = [part for whole in _printed().values() for part in shapes(whole)]
    return renewed(PAGE, {_name(part): partial(_table, part) for part in parts})


def more_files() -> dict[Path, str]:
    """The JSON Schema files."""
    return {
        REFERENCE / "schemas" / f"{name.replace('/', '-')}.json": json.dumps(
            {"$id": name, **schemas.json_schema(shape)}, indent=1, ensure_ascii=False
        )
        + "\n"
        for name, shape in _printed().items()
    }


def _printed() -> dict[str, Any]:
    return schemas.documents()


def _name(shape: Any) -> str:
    return f"{shape.__module__.rpartition('.')[2]}.{shape.__name__}"


def _table(shape: Any) -> str:
    caption = inspect.cleandoc(shape.__doc__).replace("``", "`")
    rows = "".join(
        f"| `{key}` | {unit} | {meaning} |\n"
        for key, (unit, meaning) in schemas.meanings(shape).items()
    )
    return f"{caption}\n\n| Key | Unit | Meaning |\n|---|---|---|\n{rows}"
