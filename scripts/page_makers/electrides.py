"""Renew the numbers of docs/explanation/electrides.md out of the shipped tables.

The words of the page are written by hand, its numbers never.
"""

from __future__ import annotations

import csv
from pathlib import Path

from isotunnel.studies.electrides import ComputedElectride, computed_electrides, published
from isotunnel.studies.electrides.published import Published
from page_makers.markdown import renewed

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "electrides.md"
BADERKIT = ROOT / "src/isotunnel/studies/electrides/data/baderkit.csv"
SHAPES = ("0: cavities", "1: channels", "2: layers", "3: a network")


def render() -> str:
    """The whole page with fresh numbers."""
    rows = {r.crystal: r for r in computed_electrides()}
    return renewed(
        PAGE,
        {
            "answer": lambda: _answer(rows),
            "table": lambda: _table(rows),
            "levels": lambda: _levels(rows),
            "baderkit": lambda: _baderkit(rows),
        },
    )


def _answer(rows: dict[str, ComputedElectride]) -> str:
    asked = [p for p in published() if p.dimension is not None]
    done = [p for p in asked if p.crystal in rows]
    same = [p.crystal for p in done if rows[p.crystal].dimension == p.dimension]
    other = [p.crystal for p in done if p.crystal not in same]
    missing = [p.crystal for p in asked if p not in done]
    words = f"Of {len(done)} crystals with a published dimension {len(same)} come out with it"
    words += f" ({', '.join(same)})" if same else ""
    words += f", not {', '.join(other)}" if other else ""
    words += f"; not computed: {', '.join(missing)}" if missing else ""
    return f"**{words}.**"


def _table(rows: dict[str, ComputedElectride]) -> str:
    lines = [
        "| Crystal | Sites per cell | ELF | Electrons per site | Dimension | Margin | Published |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [_line(p, rows[p.crystal]) for p in published() if p.crystal in rows]
    return "\n".join(lines)


def _line(p: Published, row: ComputedElectride) -> str:
    said = p.says if p.dimension is None else f"{SHAPES[p.dimension]} ({p.source})"
    if not row.sites:
        return f"| {row.crystal} | none | | | | | {said} |"
    sites = f"{row.sites}, highest among {row.nearest} Å"
    charge = "unknown"
    if row.site_charge_e is not None:
        charge = f"{row.site_charge_e:.2f} ± {row.site_charge_error_e or 0.0:.2f}"
    shape = "cannot say" if row.dimension is None else SHAPES[row.dimension]
    margin = "" if row.margin is None else f"{row.margin:.3f}"
    cells = (row.crystal, sites, f"{row.site_elf:.3f}", charge, shape, margin, said)
    return f"| {' | '.join(cells)} |"


def _baderkit(rows: dict[str, ComputedElectride]) -> str:
    """Ours and BaderKit's of the same grids."""
    others = [*csv.DictReader(BADERKIT.read_text("utf-8").splitlines())]
    lines = [
        "| Crystal | Sites here | BaderKit | Electrons here | BaderKit | ELF here | BaderKit "
        "| Connect here at ELF | BaderKit | Dimension here | BaderKit |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for other in others:
        row = rows[other["crystal"]]
        charge = "unknown" if row.charge_e is None else f"{row.charge_e:.2f}"
        first = max(
            (v for v in (row.elf_1d, row.elf_2d, row.elf_3d) if v is not None), default=None
        )
        here = "never" if first is None else f"{first:.2f}"
        # Its list ends with the cavities, from the top down to where the first of them connect.
        there = other["dimensions"].rpartition("0 to ")[2] or "never"
        cells = (
            other["crystal"], str(row.sites), other["attractors"], charge,
            f"{float(other['charge_e']):.2f}", f"{row.site_elf:.3f}", f"{float(other['elf']):.3f}",
            here, there, str(row.dimension), other["dimension"],
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    versions = sorted({other["version"] for other in others})
    return "\n".join([*lines, "", f"BaderKit {', '.join(versions)}, basins with zero flux."])


def _levels(rows: dict[str, ComputedElectride]) -> str:
    lines = [
        "| Crystal | Connect in 1D at ELF | 2D | 3D | Touch an atom or bond at | "
        "Dimension if atoms reach 1.15; 1.45 radii |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows.values():
        if row.sites:
            levels = [_level(v) for v in (row.elf_1d, row.elf_2d, row.elf_3d, row.contact)]
            both = "; ".join(
                "none" if d is None else str(d) for d in (row.dimension_near, row.dimension_far)
            )
            lines.append(f"| {row.crystal} | {' | '.join(levels)} | {both} |")
    return "\n".join(lines)


def _level(value: float | None) -> str:
    return "never" if value is None else f"{value:.3f}"
