"""What a job leaves: the JSON document of the terminal, and the scene that the 3D view draws."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.files import folder_of, write_whole
from isotunnel.web.problems import NotFoundError

if TYPE_CHECKING:
    from isotunnel.analysis.results import Analysis
    from isotunnel.report.scene.payload import Scene
    from isotunnel.tunnels import Tunnels

DOCUMENT = "document.json"
SCENE = "scene.json"
REPORT = "report.html"


def keep_document(document: dict[str, Any], folder: Path) -> None:
    """The JSON document, as the terminal prints it."""
    write_whole(folder / DOCUMENT, json.dumps(document, allow_nan=False))


def keep_tunnels(found: Sequence[Tunnels], title: str, folder: Path) -> None:
    """The document of ``isotunnel tunnels --json``, and the scene."""
    from isotunnel.report.scene.payload import scene_of
    from isotunnel.report.selection import FieldChoice

    chosen = [
        FieldChoice(f"field-{number}", "file", str(tunnels.field.kind), tunnels)
        for number, tunnels in enumerate(found)
    ]
    field = found[0].field
    _keep_scene(scene_of(title, field.cell, field.atoms, chosen), folder)
    first, *others = (tunnels.as_dict() for tunnels in found)
    keep_document({**first, "other_parts": others}, folder)


def keep_analysis(analysis: Analysis, folder: Path) -> None:
    """The document of ``isotunnel analyze --json``, the report and its scene."""
    from isotunnel.report.page.layout import page
    from isotunnel.report.scene.payload import build_scene

    scene = build_scene(analysis)
    _keep_scene(scene, folder)
    write_whole(folder / REPORT, page(analysis, scene, {}))
    keep_document(analysis.as_dict(), folder)


def document_path(home: Path, identity: str) -> Path:
    """The document of a finished job.

    Raises:
        NotFoundError: it has none.
    """
    return _existing(home / "results" / identity / DOCUMENT, f"job {identity[:40]!r} has no result")


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


def _existing(path: Path, otherwise: str) -> Path:
    if not path.is_file():
        raise NotFoundError(otherwise)
    return path


def _keep_scene(scene: Scene, folder: Path) -> None:
    for name, packed in scene.blobs.items():
        write_whole(folder_of(folder / "grids" / f"{name}.bin"), base64.b64decode(packed))
    write_whole(folder / SCENE, json.dumps(scene.description, allow_nan=False))
