"""The whole page, in one string, with everything it needs inside."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from importlib import resources

from isotunnel.analysis.results import Analysis
from isotunnel.report.page.hydride import hydride_section
from isotunnel.report.page.method import method_section
from isotunnel.report.page.overview import head
from isotunnel.report.page.parts import section
from isotunnel.report.page.readings import readings_section
from isotunnel.report.page.templates import fill
from isotunnel.report.page.tunnels import tunnels_section
from isotunnel.report.page.viewer import viewer_data, viewer_section
from isotunnel.report.scene.payload import Scene
from isotunnel.report.selection import fields_of
from isotunnel.report.text import esc


def page(analysis: Analysis, scene: Scene, images: Mapping[str, bytes]) -> str:
    """The HTML text. ``images``: PNG files by name, of which "slice" is shown."""
    slice_image = ""
    if "slice" in images:
        slice_image = _image(images["slice"], "The field in a plane through the bottleneck")
    body = [
        head(analysis),
        viewer_section(scene, slice_image),
        tunnels_section(fields_of(analysis)),
        _slice_section(slice_image),
        readings_section(analysis.gaps),
        hydride_section(analysis),
        method_section(analysis),
        fill("glossary.html"),
    ]
    return document(
        analysis.title or analysis.name,
        "".join(part for part in body if part),
        f"{viewer_data(scene)}\n<script>{_static('viewer.min.js')}</script>\n",
    )


def document(title: str, body: str, scripts: str = "", styles: str = "") -> str:
    """A whole page that loads nothing from elsewhere. ``title`` is escaped here.

    ``styles`` names a further style sheet of the package, beside that of all pages.
    """
    sheets = _static("report.css") + (_static(styles) if styles else "")
    return fill("page.html", title=title, styles=sheets, body=body, scripts=scripts)


def _slice_section(image: str) -> str:
    if not image:
        return ""
    return section(
        "slice",
        "A cut through the bottleneck",
        f"<figure>{image}<figcaption>Colours: the field, with its scale at the side. White line: "
        "the surface at the threshold. Cross: the bottleneck. Filled circles: atoms in the "
        "plane; hollow circles with a dot: atoms up to 1 Å before or behind it.</figcaption>"
        "</figure>",
    )


def _image(data: bytes, words: str) -> str:
    encoded = base64.b64encode(data).decode("ascii")
    return f'<img alt="{esc(words)}" src="data:image/png;base64,{encoded}">'


def _static(name: str) -> str:
    return resources.files("isotunnel.report").joinpath("static", name).read_text("utf-8")
