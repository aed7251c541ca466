"""Renew the numbers of docs/explanation/machine-learned.md out of the shipped comparison.

The words of the page are written by hand, its numbers never.
"""

from __future__ import annotations

from pathlib import Path

from isotunnel.engines.mlip.compared import Compared, by_crystal, compared, reach_of
from isotunnel.engines.mlip.plan import FEWEST_VOLUMES
from isotunnel.engines.mlip.trust import by_family
from page_makers.markdown import renewed

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "machine-learned.md"


def render() -> str:
    """The whole page with fresh numbers."""
    crystals = {n: own for n, own in by_crystal(compared()).items() if len(own) >= FEWEST_VOLUMES}
    return renewed(
        PAGE,
        {
            "answer": lambda: _answer(crystals),
            "table": lambda: _table(crystals),
            "families": _families,
        },
    )


def _answer(crystals: dict[str, list[Compared]]) -> str:
    reaches = [reach_of(own) for own in crystals.values()]
    believed = [r for r in reaches if r is not None]
    points = [p for own in crystals.values() for p in own]
    high = sum(r >= 99 for r in believed)
    met = sum(p.met for p in points)
    return (
        f"**Of {len(crystals)} crystals with three volumes or more {len(believed)} have a reach, "
        f"{high} of them one of 100 GPa; {met} of {len(points)} pressures are met.**"
    )


def _table(crystals: dict[str, list[Compared]]) -> str:
    lines = [
        "| Crystal | Family | GPAW (GPa) | CHGNet (GPa) | Met | Reach (GPa) |",
        "|---|---|---|---|---|---|",
    ]
    for name, own in sorted(crystals.items(), key=lambda pair: (pair[1][0].family, pair[0])):
        reach = reach_of(own)
        gpaw = ", ".join(f"{round(p.gpaw_gpa):d}" for p in own)
        potential = ", ".join(_pressure(p) for p in own)
        shown = "none" if reach is None else f"{reach:.0f}"
        lines.append(
            f"| {name} | {own[0].family} | {gpaw} | {potential} | "
            f"{sum(p.met for p in own)} of {len(own)} | {shown} |"
        )
    return "\n".join(lines)


def _pressure(p: Compared) -> str:
    if p.potential_gpa is None:
        return "none"
    text = f"{p.potential_gpa:.1f}" if abs(p.gpaw_gpa) < 20 else f"{p.potential_gpa:.0f}"
    return text if p.met else f"**{text}**"


def _families() -> str:
    families = sorted({p.family for p in compared()})
    return "\n".join(f"- {by_family(compared(), f).reason}." for f in families)
