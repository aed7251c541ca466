"""What a job leaves: document and table of the terminal, and the scene that the 3D view draws."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.csv_tables import csv_of, csv_text
from isotunnel.files import folder_of, write_whole
from isotunnel.web.problems import NotFoundError

if TYPE_CHECKING:
    from isotunnel.analysis.pairing import PairingResult
    from isotunnel.analysis.results import Analysis
    from isotunnel.atlas.scan import Scan
    from isotunnel.report.scene.payload import Scene
    from isotunnel.tunnels import Tunnels

DOCUMENT = "document.json"
TABLE = "table.csv"
SCENE = "scene.json"
REPORT = "report.html"


def keep_scan(result: Scan, folder: Path) -> None:
    """What ``isotunnel scan`` prints with ``--json`` and with ``--csv``."""
    from isotunnel.scan.beside import document_with_measured
    from isotunnel.scan.tables import csv_text as scan_text

    _keep(document_with_measured(result), scan_text(result), folder)


def keep_pairing(result: PairingResult, folder: Path) -> None:
    """What ``isotunnel pairing`` prints with ``--json`` and with ``--csv``."""
    from isotunnel.analysis.pairing.table import plain_values

    document = result.as_dict()
    _keep(document, csv_of([plain_values(document)]), folder)


def keep_tunnels(found: Sequence[Tunnels], title: str, folder: Path) -> None:
    """Document and table of ``isotunnel tunnels``, and the scene."""
    from isotunnel.report.scene.payload import scene_of
    from isotunnel.report.selection import FieldChoice
    from isotunnel.tunnels.table import tunnels_document, tunnels_table

    chosen = [
        FieldChoice(f"field-{number}", "file", str(tunnels.field.kind), tunnels)
        for number, tunnels in enumerate(found)
    ]
    field = found[0].field
    _keep_scene(scene_of(title, field.cell, field.atoms, chosen), folder)
    _keep(tunnels_document(found), csv_text(*tunnels_table(found)), folder)


def keep_analysis(analysis: Analysis, folder: Path) -> None:
    """Document and table of ``isotunnel analyze``, the report and its scene."""
    from isotunnel.analysis.table import analysis_table
    from isotunnel.report.page.layout import page
    from isotunnel.report.scene.payload import build_scene

    scene = build_scene(analysis)
    _keep_scene(scene, folder)
    write_whole(folder / REPORT, page(analysis, scene, {}))
    _keep(analysis.as_dict(), csv_text(*analysis_table((analysis,))), folder)


def document_path(home: Path, identity: str) -> Path:
    """The document of a finished job.

    Raises:
        NotFoundError: it has none.
    """
    return _existing(home / "results" / identity / DOCUMENT, f"job {identity[:40]!r} has no result")


def table_path(home: Path, identity: str) -> Path:
    """The table of a finished job.

    Raises:
        NotFoundError: it has none.
    """
    return _existing(home / "results" / identity / TABLE, f"job {identity[:40]!r} has no table")


def scene_path(home: Path, identity: str) -> Path:
    """The scene of a finished job: structure, fields, events.

    Raises:
        NotFoundError: it has none, as a scan.
    """
    return _existing(home / "results" / identity / SCENE, f"job {identity[:40]!r} has no picture")


def report_path(home: Path, identity: str) -> Path:
    """The report of a finished analysis: one page that works offline and alone.

    Raises:
        NotFoundError: it has none, as a scan.
    """
    return _existing(home / "results" / identity / REPORT, f"job {identity[:40]!r} has no report")


def grid_path(home: Path, identity: str, field: str) -> Path:
    """The values of a field of a scene, packed as ``report/scene/encode.py`` says.

    Raises:
        NotFoundError: the scene has no field of that name.
    """
    known = {path.stem: path for path in (home / "results" / identity / "grids").glob("*.bin")}
    if field not in known:
        names = ", ".join(sorted(known)) or "none"
        raise NotFoundError(f"job {identity[:40]!r} has no field {field[:40]!r}; it has {names}")
    return known[field]


def _keep(document: dict[str, Any], table: str, folder: Path) -> None:
    write_whole(folder / TABLE, table)
    write_whole(folder / DOCUMENT, json.dumps(document, allow_nan=False))


def _existing(path: Path, otherwise: str) -> Path:
    if not path.is_file():
        raise NotFoundError(otherwise)
    return path


def _keep_scene(scene: Scene, folder: Path) -> None:
    for name, packed in scene.blobs.items():
        write_whole(folder_of(folder / "grids" / f"{name}.bin"), base64.b64decode(packed))
    write_whole(folder / SCENE, json.dumps(scene.description, allow_nan=False))
