"""Renew the numbers of docs/explanation/design.md out of the shipped ranking.

The words of the page are written by hand, its numbers and verdicts never.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from isotunnel.design import Design, design
from isotunnel.design.judge import Area
from isotunnel.evidence.statistics import Interval
from page_makers.markdown import renewed

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "design.md"
FIRST = 20


def render() -> str:
    """The whole page with fresh numbers."""
    found = design()
    return renewed(
        PAGE,
        {
            "answer": lambda: _answer(found),
            "areas": lambda: _areas(found),
            "made": lambda: _made(found),
            "first": lambda: _first(found),
            "verified": lambda: _verified(found),
            "prototypes": lambda: _prototypes(found),
        },
    )


def _answer(found: Design) -> str:
    within = next(a for a in found.judged.areas if a.name == "found" and a.within)
    over = next(a for a in found.judged.areas if a.name == "found" and not a.within)
    return (
        f"**Does the tunnel gap bring hydrides that were made to the top? Within prototypes: "
        f"{within.verdict} (area {_interval(within.tunnel)}; composition only "
        f"{_interval(within.composition)}; a random order 0.50). Over all: {over.verdict} "
        f"({_interval(over.tunnel)}; composition only {_interval(over.composition)}).**"
    )


def _areas(found: Design) -> str:
    lines = [
        "| Successes against | Compared | Tunnel gap | Composition only | Numbers | Verdict |",
        "|---|---|---|---|---|---|",
        *(_line(a) for a in found.judged.areas),
        "",
        "| First | Successes by tunnel gap | By composition only | By chance |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {count} | {tunnel:.0%} | {composition:.0%} | {chance:.0%} |"
        for count, tunnel, composition, chance in found.judged.precision
    ]
    return "\n".join(lines)


def _line(a: Area) -> str:
    against = "all other candidates" if a.name == "found" else "failures"
    return (
        f"| {against} | {'within prototypes' if a.within else 'over all'} | "
        f"{_interval(a.tunnel)} | {_interval(a.composition)} | {a.successes}, {a.others} | "
        f"{a.verdict} |"
    )


def _interval(found: Interval | None) -> str:
    return "–" if found is None else f"{found[0]:.2f} ({found[1]:.2f} to {found[2]:.2f})"


def _made(found: Design) -> str:
    gaps = {(r.formula, r.prototype): r for r in found.candidates}
    lines = [
        f"| Hydride | Measured Tc (K) | at (GPa) | Place of {found.judged.candidates} | Gap (eV) |",
        "|---|---|---|---|---|",
    ]
    for m, place in sorted(found.judged.made, key=lambda pair: pair[1]):
        gap = gaps[m.formula, m.prototype].gap_ev
        shown = "none" if gap is None else f"{gap:+.2f}"
        lines.append(f"| {m.formula} | {m.tc_k:g} | {m.pressure_gpa:g} | {place} | {shown} |")
    lost = ", ".join(m.formula for m in found.judged.lost)
    return "\n".join([*lines, "", f"Lost to the filters: {lost or 'none'}."])


def _verified(found: Design) -> str:
    lines = [
        "| Candidate | Prototype | Cell under (GPa) | Softest mode (meV) | Stability | λ "
        "| ω_log (K) | Tc (K) |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for v in found.verified:
        shown = (v.pressure_gpa, v.lowest_mode_mev, v.coupling, v.omega_log_k, v.tc_k)
        pressure, mode, coupling, omega, tc = (
            "" if x is None else f"{x:.{d}f}" for x, d in zip(shown, (0, 1, 2, 0, 1), strict=True)
        )
        words = v.stability.partition(";")[0]
        lines.append(
            f"| {v.formula} | `{v.prototype}` | {pressure} | {mode} | {words} | {coupling} | "
            f"{omega} | {tc} |"
        )
    stable = sum(v.stable is True for v in found.verified)
    return "\n".join(
        [*lines, "", f"{stable} of {len(found.verified)} have no imaginary mode there."]
    )


def _first(found: Design) -> str:
    lines = [
        "| Candidate | Prototype | Gap (eV) | Denser; wider cell | Cell of | Beyond sizes | Says |",
        "|---|---|---|---|---|---|---|",
    ]
    for r in found.candidates[:FIRST]:
        others = (r.gap_denser_ev, r.gap_wider_ev)
        sides = "; ".join("–" if g is None else f"{g:+.2f}" for g in others)
        gap = "none" if r.gap_ev is None else f"{r.gap_ev:+.2f}"
        lines.append(
            f"| {r.formula} | {r.prototype} | {gap} | {sides} | {r.cell_of.rpartition(':')[2]} | "
            f"{r.beyond_size:.0%} | {r.predicted} |"
        )
    return "\n".join(lines)


def _prototypes(found: Design) -> str:
    count = Counter(r.prototype for r in found.candidates)
    below = Counter(r.prototype for r in found.candidates if (r.gap_ev or 1.0) <= 0)
    lines = [
        "| Prototype | Structure | Known members | Candidates | Gap not positive |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| `{p.name}` | {p.title} | {len(p.members)} | {count[p.name]} | {below[p.name]} |"
        for p in found.prototypes
    ]
    spread = f"Volumes of scaled cells on known members: off by {found.spread:.0%} (r.m.s.)."
    return "\n".join([*lines, "", spread])
