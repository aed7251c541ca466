"""The 3D view: its place, its data, and what stands in for it where there is no WebGL."""

from __future__ import annotations

from isotunnel.report.page.templates import fill
from isotunnel.report.scene.payload import Scene
from isotunnel.report.text import json_for_script


def viewer_section(scene: Scene, slice_png: str) -> str:
    """The section that the viewer fills; ``slice_png``, in base 64 or empty, stands in for it."""
    if scene.description["cell"] is None:
        return ""
    return fill("viewer.html", slice=slice_png)


def viewer_scripts(scene: Scene, program: str) -> str:
    """Script elements: the scene, the fields, and the ``program`` that draws them."""
    return fill(
        "viewer_scripts.html",
        description=json_for_script(scene.description),
        fields=scene.blobs,
        program=program,
    )
