"""Rank of the network and number of separate pieces against the level, drawn in the page."""

from __future__ import annotations

from isotunnel.fields.kinds import Side
from isotunnel.report import text
from isotunnel.report.page.svg import Scale, drawing, label, line, tick_text, ticks
from isotunnel.report.profile_data import Profile, profile_of
from isotunnel.tunnels.results import Tunnels

WIDTH, HEIGHT = 640, 330
_LEFT, _RIGHT = 62, 626
_RANK_TOP, _RANK_BOTTOM = 34, 170
_COUNT_TOP, _COUNT_BOTTOM = 196, 276


def profile_svg(tunnels: Tunnels) -> str:
    """An <svg> element."""
    profile = profile_of(tunnels)
    x = Scale(profile.low, profile.high, _LEFT, _RIGHT)
    parts = [*_thresholds(profile, x, tunnels), *_rank(profile, x), *_pieces(profile, x)]
    marks = ticks(profile.low, profile.high)
    parts.append(line(_LEFT, _COUNT_BOTTOM, _RIGHT, _COUNT_BOTTOM, "axis"))
    for value in marks:
        parts.append(line(x(value), _COUNT_BOTTOM, x(value), _COUNT_BOTTOM + 5, "axis"))
        parts.append(label(x(value), _COUNT_BOTTOM + 19, tick_text(value, marks)))
    name = text.axis_label(tunnels.field.kind, tunnels.field.unit)
    parts.append(label((_LEFT + _RIGHT) / 2, HEIGHT - 10, f"level: {name}", "name"))
    grows = "open region grows →" if tunnels.side is Side.BELOW else "← open region grows"
    at, anchor = (_RIGHT, "end") if tunnels.side is Side.BELOW else (_LEFT, "start")
    parts.append(label(at, HEIGHT - 10, grows, "hint", anchor))
    title = f"Rank of the network against the level of the {text.field_name(tunnels.field.kind)}"
    return drawing(WIDTH, HEIGHT, title, parts)


def _rank(profile: Profile, x: Scale) -> list[str]:
    y = Scale(0, 3, _RANK_BOTTOM, _RANK_TOP)
    parts = []
    for rank in range(4):
        parts.append(line(_LEFT, y(rank), _RIGHT, y(rank), "grid"))
        parts.append(label(_LEFT - 9, y(rank) + 4, str(rank), anchor="end"))
    parts.append(_upright("rank of the network", (_RANK_TOP + _RANK_BOTTOM) / 2))
    points = " ".join(
        f"{x(level):.1f},{y(float(rank)):.1f}"
        for level, rank in zip(profile.level, profile.rank, strict=True)
    )
    parts.append(f'<polyline class="rank" points="{points}"/>')
    return parts


def _pieces(profile: Profile, x: Scale) -> list[str]:
    most = max(1, int(profile.pieces.max()))
    y = Scale(0, most, _COUNT_BOTTOM, _COUNT_TOP)
    parts = []
    for count in sorted({0, most}):
        parts.append(line(_LEFT, y(count), _RIGHT, y(count), "grid"))
        parts.append(label(_LEFT - 9, y(count) + 4, str(count), anchor="end"))
    parts.append(_upright("pieces", (_COUNT_TOP + _COUNT_BOTTOM) / 2))
    points = " ".join(
        f"{x(level):.1f},{y(float(count)):.1f}"
        for level, count in zip(profile.level, profile.pieces, strict=True)
    )
    parts.append(f'<polyline class="pieces" points="{points}"/>')
    return parts


def _thresholds(profile: Profile, x: Scale, tunnels: Tunnels) -> list[str]:
    parts = []
    free_from = -1e9
    for level, error, ranks in sorted(profile.thresholds):
        at = x(level)
        width = max(0.0, x(level + error) - x(level - error))
        if width >= 1:
            low = max(_LEFT, at - width / 2)
            high = min(_RIGHT, at + width / 2)
            parts.append(
                f'<rect class="error" x="{low:.1f}" y="{_RANK_TOP}" width="{high - low:.1f}" '
                f'height="{_COUNT_BOTTOM - _RANK_TOP}"/>'
            )
        parts.append(line(at, _RANK_TOP - 6, at, _COUNT_BOTTOM, "threshold"))
        words = f"{', '.join(f'{r}D' for r in ranks)}: {text.number(level, tunnels.field.unit)}"
        half = 3.4 * len(words)
        middle = min(max(at, _LEFT + half), _RIGHT - half)
        row = 11 if middle - half > free_from else 25
        free_from = middle + half if row == 11 else free_from
        parts.append(label(middle, row, words, "value"))
    return parts


def _upright(words: str, y: float) -> str:
    return f'<text class="name" transform="translate(16 {y:.1f}) rotate(-90)">{words}</text>'
