"""A figure as an element of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isotunnel.report.figures.draw import figure_bytes
from isotunnel.report.text import esc

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

SMALLEST = 0.6
"""Share of its size to which a drawing shrinks on a narrow screen; beyond, it is scrolled."""

_REFERENCE = re.compile(r'((?<!xml)\bid="|url\(#|href="#)')
_OPENING = re.compile(r"<svg\b[^>]*?viewBox=\"([^\"]+)\"[^>]*>", re.DOTALL)


def inline_svg(make: Callable[[], Figure], name: str, label: str, style: str = "drawn") -> str:
    """An <svg> element: no header, ids made unique by ``name``, its own width or less.

    Args:
        make: draws the figure; called with the settings of all figures.
        name: unique in the page.
        label: what it shows, for those who cannot see it.
        style: CSS class.
    """
    from matplotlib import rc_context

    from isotunnel.report.figures.style import STYLE

    with rc_context(STYLE):
        drawing = figure_bytes(make(), "svg").decode("utf-8")
    drawing = drawing[drawing.index("<svg") :]
    drawing = re.sub(r"<metadata>.*?</metadata>", "", drawing, flags=re.DOTALL)
    drawing = _REFERENCE.sub(rf"\g<1>{name}-", drawing)
    found = _OPENING.match(drawing)
    assert found is not None
    width = float(found[1].split()[2])
    opening = (
        f'<svg class="{style}" xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{found[1]}" '
        f'style="width:{width:.0f}pt;min-width:{SMALLEST * width:.0f}pt" '
        f'role="img" aria-label="{esc(label)}"><title>{esc(label)}</title>'
    )
    return opening + drawing[found.end() :].strip()
