"""Renew the numbers of docs/reference/hydride-table.md from the table that is shipped.

The words of the page are written by hand.
"""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

from isotunnel.studies.hydrides.compare import comparisons
from isotunnel.studies.hydrides.table import HydrideRow, hydride_table
from page_makers.markdown import renewed

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "hydride-table.md"


def render() -> str:
    """The whole page with fresh numbers."""
    makers = {
        "counts": _counts,
        "rows": _rows,
        "others": _others,
        "comparison": _comparison,
        "pressures": _pressures,
        "convergence": _convergence,
        "settings": _settings,
        "columns": _columns,
    }
    return renewed(PAGE, makers)


def _counts() -> str:
    counts = hydride_table().counts()
    words = {
        "computed": "computed",
        "failed": "failed: the engine gives no result",
        "left out": "left out: not computed yet, or stopped at the time limit",
        "not built": "not built: cell not printed, no hydrogen, labels mixed up",
    }
    lines = [f"| {words[s]} | {counts.get(s, 0)} |" for s in words]
    return "\n".join(["| Rows | Number |", "|---|---|", *lines, ""])


def _rows() -> str:
    head = "| Id | Compound | P (GPa) | φ | φ* | H share | gap `ks` (eV) | Tc SR5 (K) | Tc (K) |"
    lines = [head, "|---|---|---|---|---|---|---|---|---|"]
    for row in hydride_table().computed:
        tc = row.get("tc_predicted_k")
        kind = "predicted" if tc is not None else "measured"
        tc = row.get("tc_measured_k") if tc is None else tc
        cells = (
            row.short_id,
            row.compound,
            _number(row, "pressure_gpa", ".1f"),
            _number(row, "phi", ".3f"),
            _number(row, "phi_star", ".3f"),
            _number(row, "h_dos", ".3f"),
            _number(row, "gap_ks_3d_ev", ".1f"),
            _number(row, "tc_sr5_k", ".0f"),
            "" if tc is None else f"{tc:g} {kind}",
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def _number(row: HydrideRow, name: str, form: str) -> str:
    value = row.get(name)
    return f"{value:{form}}" if isinstance(value, float) else "–"


def _others() -> str:
    reasons: dict[tuple[str, str], list[str]] = {}
    for row in hydride_table().rows:
        if not row.computed:
            reasons.setdefault((row.status, row.reason), []).append(
                f"{row.compound} ({row.short_id})"
            )
    lines = ["| Status | Reason | Rows |", "|---|---|---|"]
    lines += [f"| {s} | {r} | {', '.join(names)} |" for (s, r), names in sorted(reasons.items())]
    return "\n".join([*lines, ""])


def _comparison() -> str:
    head = "| Published | Compound | Grade | | printed | mended | ours | our row | same cell |"
    lines = [head, "|---|---|---|---|---|---|---|---|---|"]
    for c in comparisons():
        ours = "–" if c.reason else f"{c.value:.3f}"
        mended = "" if c.mended is None else f"{c.mended:g}"
        symbol = {"phi": "φ", "phi_star": "φ*"}[c.quantity]
        same = "yes" if c.same_cell else "no"
        cells = (
            c.published.partition(":")[2],
            *(c.compound, c.grade, symbol, f"{c.printed:g}", mended, ours),
            *(c.row or c.reason, same if c.row else ""),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def _pressures() -> str:
    off = []
    for row in hydride_table().computed:
        printed, found = row.get("pressure_printed_gpa"), row.number("pressure_gpa")
        if isinstance(printed, float) and abs(found - printed) > 10:
            off.append((abs(found - printed), row, printed, found))
    lines = ["| Id | stated (GPa) | computed (GPa) |", "|---|---|---|"]
    lines += [
        f"| {row.short_id} | {printed:g} | {found:.1f} |"
        for _, row, printed, found in sorted(off, key=lambda o: -o[0])
    ]
    return "\n".join([*lines, ""])


def _convergence() -> str:
    path = files("isotunnel.studies.hydrides").joinpath("data/convergence.csv")
    if not path.is_file():
        return "Not computed yet.\n"
    largest: dict[tuple[str, str], tuple[float, str]] = {}
    sample: dict[str, None] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        sample[row["compound"]] = None
        change = abs(float(row["fine"]) - float(row["table"]))
        key = (row["quantity"], row["finer"])
        largest[key] = max(largest.get(key, (0.0, "")), (change, row["compound"]))
    finer = list(dict.fromkeys(f for _, f in largest))
    lines = [f"Sample: {', '.join(sample)}.", ""]
    lines.append("| Quantity | " + " | ".join(f"finer {f}" for f in finer) + " |")
    lines.append("|---" * (len(finer) + 1) + "|")
    for quantity in dict.fromkeys(q for q, _ in largest):
        cells = [f"{v:.2g} ({c})" for v, c in (largest[quantity, f] for f in finer)]
        lines.append(f"| `{quantity}` | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def _settings() -> str:
    table = hydride_table()
    lines = ["| Setting | Value |", "|---|---|"]
    lines += [f"| `{name}` | {value} |" for name, value in table.settings.items()]
    lines += [f"| {name} | {', '.join(v)} |" for name, v in table.versions.items()]
    return "\n".join([*lines, ""])


def _columns() -> str:
    lines = ["| Column | Unit | Meaning |", "|---|---|---|"]
    for c in hydride_table().columns:
        lines.append(f"| `{c.name}` | {c.unit} | {c.meaning.replace('|', chr(92) + '|')} |")
    return "\n".join([*lines, ""])
