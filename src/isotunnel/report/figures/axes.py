"""Axes that all figures share: plain numbers on logarithmic ones, names of points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

_OFFSETS = ((5, 2, "left"), (-5, 2, "right"), (5, -8, "left"), (-5, -8, "right"))
_FAR = ((0, 6, "center"), (0, -12, "center"), (9, 8, "left"), (-9, 8, "right"))
_CHARACTER, _HEIGHT = 4.2, 8.0
"""Size of a character of a name, in points."""


def plain_ticks(axis: Axis, values: Sequence[float]) -> None:
    """Ticks as plain numbers, and more of them where the values span less than a decade or two.

    matplotlib's own would be mathematics, which texts of these figures never are (``STYLE``).
    """
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    decades = math.log10(max(values) / min(values))
    steps: tuple[float, ...] = (1.0, 2.0, 5.0) if decades < 2.2 else (1.0,)
    if decades < 0.9:
        steps = tuple(float(n) for n in range(1, 10))
    axis.set_major_locator(LogLocator(base=10, subs=steps, numticks=12))
    axis.set_major_formatter(FuncFormatter(lambda x, _: _plain(x)))
    axis.set_minor_formatter(NullFormatter())


def _plain(x: float) -> str:
    if 1e-3 <= abs(x) < 1e5:
        return f"{x:g}"
    power = round(math.log10(abs(x))) if x else 0
    raised = str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"10{raised}"


def name_points(axis: Axes, points: Sequence[tuple[float, float, str]]) -> None:
    """Write names where they cover neither points nor each other; the others stay unnamed.

    Call it last: the figure is laid out here. One name on many points is written once, "" never.
    """
    # A canvas without a backend has a draw() that lays out nothing.
    axis.figure.canvas.figure.draw_without_rendering()
    scale = 72.0 / axis.figure.dpi
    frame = axis.get_window_extent()
    spots = [(axis.transData.transform((x, y)) * scale, x, y, name) for x, y, name in points]
    taken = [(x - 3, y - 3, x + 3, y + 3) for (x, y), *_ in spots]
    written = {""}
    for (x, y), at_x, at_y, name in spots:
        if name in written:
            continue
        for dx, dy, side in (*_OFFSETS, *_FAR):
            box = _box(x + dx, y + dy, len(name) * _CHARACTER, side)
            if _inside(box, frame, scale) and not any(_overlap(box, other) for other in taken):
                _write(axis, name, (at_x, at_y), (dx, dy), side)
                taken.append(box)
                written.add(name)
                break


def _write(
    axis: Axes, name: str, at: tuple[float, float], offset: tuple[int, int], side: str
) -> None:
    axis.annotate(
        name,
        at,
        xytext=offset,
        textcoords="offset points",
        ha=side,
        fontsize=6.8,
        color="0.25",
    )


def _box(x: float, y: float, width: float, side: str) -> tuple[float, float, float, float]:
    left = {"left": x, "right": x - width, "center": x - width / 2}[side]
    return left, y - 1, left + width, y + _HEIGHT - 1


def _inside(box: tuple[float, float, float, float], frame: Any, scale: float) -> bool:
    low_x, low_y, high_x, high_y = (float(e) * scale for e in frame.extents)
    return low_x <= box[0] and box[2] <= high_x and low_y <= box[1] and box[3] <= high_y


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
