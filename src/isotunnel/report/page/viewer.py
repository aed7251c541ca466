"""The 3D view: its panel, its data, and what stands in for it where there is no WebGL."""

from __future__ import annotations

from isotunnel.report.page.templates import fill
from isotunnel.report.scene.payload import Scene
from isotunnel.report.text import json_for_script


def viewer_section(scene: Scene, slice_png: str) -> str:
    """The section with picture, panel and legend; ``slice_png`` in base 64, or empty."""
    if scene.description["cell"] is None:
        return ""
    return fill("viewer.html", slice=slice_png, elements=scene.description["elements"])


def viewer_scripts(scene: Scene, program: str) -> str:
    """Script elements: the scene, the meshes, and the ``program`` that draws them."""
    return fill(
        "viewer_scripts.html",
        description=json_for_script(scene.description),
        meshes=scene.blobs,
        program=program,
    )
