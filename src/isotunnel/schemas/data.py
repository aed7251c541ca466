"""The document of ``isotunnel data``."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from isotunnel.schemas.shape import Of


class Table(TypedDict):
    """An entry of `tables`."""

    name: str
    title: str
    about: str
    subject: Annotated[str, Of("schema.subject")]
    count: int


class TableColumn(TypedDict):
    """An entry of `columns`."""

    name: str
    kind: Literal["text", "choice", "flag", "integer", "number", "quantity"]
    unit: str
    meaning: str
    choices: list[str]


class Data(TypedDict):
    """What ``isotunnel data --json`` prints; the keys of rows are the names of the columns."""

    schema: Literal["isotunnel.data/1"]
    tables: list[Table]
    columns: list[TableColumn]
    rows: list[dict[str, str | bool | int | float | None]]
