"""Networking values computed with GPAW beside the published ones.

Reads docs/data/published_phi.csv, computes each crystal with the default settings (cached) and
prints a Markdown table; with --write it goes to docs/explanation/published-phi.md between the
marks. Nothing is fitted or tuned: the table is what comes out.

    python scripts/compare_published_phi.py [--write]
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from isotunnel import analyze

ROOT = Path(__file__).parents[1]
DATA = ROOT / "docs" / "data" / "published_phi.csv"
PAGE = ROOT / "docs" / "explanation" / "published-phi.md"
BEGIN, END = "<!-- table begins -->", "<!-- table ends -->"


def main() -> None:
    """Compute every row and print or write the table."""
    with DATA.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    lines = [
        "| crystal | P (GPa) | phi | published | phi* | published | H share | published | remark |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        found = analyze(row["crystal"], engine="gpaw", progress=_tell)
        remark = "" if row["correction"] == "none" else f"corrected from {row['raw_phi']}"
        cells = (
            row["crystal"],
            f"{found.structure.pressure_gpa:.1f}",
            f"{found.phi:.3f}",
            row["published_phi"],
            f"{found.phi_star:.3f}",
            row["published_phi_star"],
            f"{found.h_dos:.3f}",
            row["published_h_dos"],
            remark,
        )
        lines.append("| " + " | ".join(cells) + " |")
    table = "\n".join(lines)
    print(table)
    if "--write" in sys.argv[1:]:
        text = PAGE.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN)
        after = rest.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")


def _tell(message: str, _fraction: float | None) -> None:
    print(f"... {message}", file=sys.stderr)


if __name__ == "__main__":
    main()
