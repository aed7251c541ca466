"""The document of the hydrides, for the terminal's ``--json`` and for the web lab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from isotunnel.schemas import Hydrides, document
from isotunnel.studies.hydrides.study import HydrideStudy
from isotunnel.studies.hydrides.table import HydrideRow, HydrideTable


def hydrides_document(
    table: HydrideTable, rows: Sequence[HydrideRow], study: HydrideStudy | None = None
) -> dict[str, Any]:
    """Some rows of the table with its columns, counts, settings and versions."""
    return document(
        Hydrides,
        {
            "counts": table.counts(),
            "settings": table.settings,
            "versions": table.versions,
            "columns": table.columns,
            "rows": [{**r.values, "warnings": r.warnings} for r in rows],
            "study": study,
        },
    )
