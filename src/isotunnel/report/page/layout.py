"""The whole page, in one string, with everything it needs inside."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from importlib import resources

from isotunnel.analysis.results import Analysis
from isotunnel.report.page.hydride import hydride_section
from isotunnel.report.page.measured_points import marks, measured_section
from isotunnel.report.page.method import method_section
from isotunnel.report.page.overview import head, overview
from isotunnel.report.page.pairing import pairing_section
from isotunnel.report.page.readings import readings_section
from isotunnel.report.page.templates import fill
from isotunnel.report.page.tunnels import tunnels_section
from isotunnel.report.page.viewer import viewer_scripts, viewer_section
from isotunnel.report.scene.payload import Scene
from isotunnel.report.selection import fields_of


def page(analysis: Analysis, scene: Scene, images: Mapping[str, bytes]) -> str:
    """The HTML text. ``images``: PNG files by name, of which "slice" is shown."""
    slice_png = base64.b64encode(images.get("slice", b"")).decode("ascii")
    body = [
        head(analysis),
        viewer_section(scene, slice_png),
        overview(analysis),
        tunnels_section(fields_of(analysis)),
        fill("slice.html", slice=slice_png) if slice_png else "",
        measured_section(analysis.measured),
        readings_section(analysis.gaps, marks(analysis.measured)),
        hydride_section(analysis),
        pairing_section(analysis.pairing),
        method_section(analysis),
        fill("glossary.html"),
    ]
    return document(
        analysis.title or analysis.name,
        "".join(part for part in body if part),
        viewer_scripts(scene, _static("viewer.min.js")),
        "viewer.css",
    )


def document(title: str, body: str, scripts: str = "", styles: str = "") -> str:
    """A whole page that loads nothing from elsewhere. ``title`` is escaped here.

    ``styles`` names a further style sheet of the package, beside that of all pages.
    """
    sheets = _static("report.css") + (_static(styles) if styles else "")
    return fill("page.html", title=title, styles=sheets, body=body, scripts=scripts)


def _static(name: str) -> str:
    return resources.files("isotunnel.report").joinpath("static", name).read_text("utf-8")
