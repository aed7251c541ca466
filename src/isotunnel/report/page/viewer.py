"""The 3D view: its panel, its data, and what stands in for it where there is no WebGL."""

from __future__ import annotations

from isotunnel.report.page.parts import explanation, section
from isotunnel.report.scene.payload import Scene
from isotunnel.report.text import esc, json_for_script

_LOOKS = (("a", "a"), ("b", "b"), ("c", "c"), ("default", "reset"))
_RANKS = (
    ("0", "isolated pocket"),
    ("1", "wire: runs through the crystal along one direction"),
    ("2", "sheet: along two directions"),
    ("3", "network: along all three directions"),
)


def viewer_section(scene: Scene, fallback_image: str) -> str:
    """The section with picture, panel and legend; ``fallback_image`` is ready HTML or empty."""
    if scene.description["cell"] is None:
        return ""
    return section(
        "view",
        "The crystal and its tunnels",
        f'<div class="viewer-box" id="viewer-box"><div id="viewer"></div>{_panel()}</div>',
        _fallback(fallback_image),
        _legend(scene),
        explanation(
            "How to use it",
            "Drag to turn, scroll or pinch to zoom, drag with the right button (or two fingers) to "
            "move. The slider changes the level; the buttons under it go to the thresholds "
            "themselves. Colours tell the rank of each connected network. The paler inner side "
            "shows where the cell's face cuts a region open: it goes on in the next cell.",
            "The surface is drawn on a coarser grid than the one that was searched; its level is "
            "moved by up to that difference so that the picture at a threshold shows the network "
            "that was found. The numbers come from the full grid.",
        ),
    )


def viewer_data(scene: Scene) -> str:
    """Script elements with the scene and the meshes; nothing in them is executed."""
    blobs = "".join(
        f'<script type="text/plain" id="mesh-{esc(name)}">{blob}</script>'
        for name, blob in scene.blobs.items()
    )
    description = json_for_script(scene.description)
    return f'<script type="application/json" id="scene">{description}</script>{blobs}'


def _panel() -> str:
    looks = "".join(
        f'<button type="button" data-look="{name}">{words}</button>' for name, words in _LOOKS
    )
    return f"""<form id="viewer-panel" onsubmit="return false" autocomplete="off">
<label class="field">Field <select id="v-field"></select></label>
<div class="level"><label for="v-level">Level: <output id="v-level-text"></output></label>
<input type="range" id="v-level" min="0" max="1" step="1">
<div id="v-jumps" aria-label="Go to a threshold"></div>
<p id="v-rank-text" class="rank-text" aria-live="polite"></p></div>
<label>Surface <select id="v-style"><option value="glass">see-through</option>
<option value="solid">solid</option><option value="off">hidden</option></select></label>
<div class="looks" role="group" aria-label="Look along a lattice vector"><span>Look along</span>
{looks}</div>
<div class="switches"><label><input type="checkbox" id="v-cells"> 2 × 2 × 2 cells</label>
<label><input type="checkbox" id="v-pockets" checked> pockets</label>
<label><input type="checkbox" id="v-atoms" checked> atoms</label>
<label><input type="checkbox" id="v-marks" checked> bottlenecks</label></div></form>"""


def _fallback(image: str) -> str:
    words = (
        "The 3D view needs WebGL and a browser from 2023 or later (Chrome, Edge, Firefox, Safari), "
        "and could not start here. All numbers below are complete without it."
    )
    return (
        f'<div id="viewer-fallback" hidden><p>{words}</p>{image}</div>'
        f"<noscript><p>The 3D view needs JavaScript. All numbers below are complete without it."
        f"</p></noscript>"
    )


def _legend(scene: Scene) -> str:
    atoms = "".join(
        f'<li><span class="ball" style="background:{esc(e["color"])}"></span>'
        f"{esc(e['symbol'])} × {e['count']}</li>"
        for e in scene.description["elements"]
    )
    ranks = "".join(f'<li><span class="swatch rank{r}"></span>{words}</li>' for r, words in _RANKS)
    ring = '<li><span class="ring"></span>bottleneck, where a threshold is reached</li>'
    return f'<div class="legend"><ul>{atoms}</ul><ul>{ranks}{ring}</ul></div>'
