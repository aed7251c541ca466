"""Renew the numbers of docs/explanation/couplings-study.md out of the shipped table and fits.

The words of the page are written by hand, its numbers and verdicts never.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from isotunnel.evidence.statistics import Interval
from isotunnel.studies.couplings.plan import (
    BEYOND,
    BY_ITSELF,
    DFT,
    PROCRYSTAL,
    QUANTITIES,
    Screened,
)
from isotunnel.studies.couplings.shipped import shipped_pairings
from isotunnel.studies.couplings.study import Pairing, usable
from isotunnel.studies.couplings.table import couplings_table
from page_makers.markdown import renewed

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "couplings-study.md"
SYMBOLS = {"lambda_ep": "λ", "omega_log_k": "ω<sub>log</sub>", "tc_k": "Tc"}


def render() -> str:
    """The whole page with fresh numbers."""
    return renewed(
        PAGE,
        {
            "answer": lambda: _answer(PROCRYSTAL),
            "table": lambda: _table(PROCRYSTAL),
            "rows": lambda: _rows(PROCRYSTAL),
            "dft.answer": lambda: _answer(DFT),
            "dft.table": lambda: _table(DFT),
            "dft.rows": lambda: _rows(DFT),
        },
    )


def _answer(what: Screened) -> str:
    found = [p for p in shipped_pairings(what) if p.descriptor in what.tunnels]
    lines = []
    for quantity in QUANTITIES:
        mine = [p for p in found if p.quantity == quantity]
        if all(p.plain is None for p in mine):
            lines.append(f"- **{SYMBOLS[quantity]}** – cannot say: too few crystals.")
            continue
        parts = []
        for verdict in (BEYOND, BY_ITSELF):
            names = [p for p in mine if p.verdict == verdict]
            names.sort(
                key=lambda p: -abs((p.beyond if verdict == BEYOND else p.plain or p.beyond)[0])
            )  # type: ignore[index]
            listed = ", ".join(f"`{p.descriptor}`" for p in names) or "none"
            parts.append(f"{verdict}: {listed}")
        lines.append(f"- **{SYMBOLS[quantity]}** – {'; '.join(parts)}.")
    return "\n".join(lines)


def _table(what: Screened) -> str:
    lines = [
        "| Descriptor | Quantity | Crystals | Plain | Beyond composition | Verdict |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_line(p, what) for p in shipped_pairings(what)]
    return "\n".join(lines)


def _line(p: Pairing, what: Screened) -> str:
    told = p.verdict or "cannot say"
    verdict = told if p.descriptor in what.tunnels else f"(cell) {told}"
    return (
        f"| `{p.descriptor}` | {SYMBOLS[p.quantity]} | {p.rows:,} | {_interval(p.plain)} | "
        f"{_interval(p.beyond)} | {verdict} |"
    )


def _interval(found: Interval | None) -> str:
    return "–" if found is None else f"{found[0]:+.2f} ({found[1]:+.2f} to {found[2]:+.2f})"


def _rows(what: Screened) -> str:
    rows = couplings_table(what=what)
    kept, dropped = usable(rows)
    lines = [f"{len(rows):,} crystals, of which {len(kept):,} are used. Not used:", ""]
    lines += [f"- {why}: {n:,}" for why, n in sorted(Counter(dropped).items())] or ["- none"]
    return "\n".join(lines)
