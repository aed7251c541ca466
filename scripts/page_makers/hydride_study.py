"""Renew the numbers of docs/explanation/hydride-study.md, and its figure.

The words of the page are written by hand, its numbers and verdicts never.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from isotunnel.errors import CannotSay
from isotunnel.studies.hydrides.known import measured_cases
from isotunnel.studies.hydrides.ordinary import ordinary_elements, ordinary_scores
from isotunnel.studies.hydrides.study import OFF_PRESSURE_GPA, Gain, HydrideStudy, study_hydrides
from isotunnel.theories.hydrides.formulas import FORMULAS
from page_makers.markdown import renewed

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "hydride-study.md"
IMAGE = ROOT / "docs" / "images" / "hydride-study.png"


def render() -> str:
    """The whole page with fresh numbers."""
    makers = {
        "answer": _answer,
        "scores": lambda: _scores(study_hydrides()),
        "gains": lambda: _gains(study_hydrides()),
        "dropped": lambda: _dropped(study_hydrides()),
        "pressure": lambda: _variant(within_gpa=OFF_PRESSURE_GPA),
        "single": lambda: _variant(one_by_one=True),
        "known": _known,
        "ordinary": _ordinary,
    }
    return renewed(PAGE, makers)


def _answer() -> str:
    study = study_hydrides()
    gain = study.gains[0]
    low, high = gain.by_family[1:]
    # With so few families the resampling of families is coarse: both tests must agree.
    least, most = min(low, gain.by_row[1]), max(high, gain.by_row[2])
    if least > 0:
        verdict = "smaller: the tunnels carry information that the composition lacks"
    elif most < 0:
        verdict = "larger: the tunnels mislead the fit on families it has not seen"
    else:
        verdict = "neither clearly smaller nor clearly larger: no gain is shown"
    best = min(study.formulas, key=lambda s: s.mae_k[0])
    against = {g.than: g for g in study.gains if g.better == best.name}
    return (
        f"**{len(study.rows)} of the {len(study.rows) + len(study.dropped)} hydrides of the "
        f"benchmark, of {gain.families} families.** With the tunnels' geometry "
        f"added to the composition, the mean error on families not seen changes by "
        f"{-gain.by_row[0]:+.1f} K (gain {gain.by_row[0]:+.1f} K, 95 % interval "
        f"{gain.by_row[1]:+.1f} to {gain.by_row[2]:+.1f} K over rows, {low:+.1f} to {high:+.1f} K "
        f"over families). By both tests together the error is {verdict}.\n\n"
        f"The best of the published formulas, {best.name} (picked after the fact), is off by "
        f"{best.mae_k[0]:.1f} K on average, always saying the mean of the other families by "
        f"{study.score('mean').mae_k[0]:.1f} K (gain of the formula {_interval(against['mean'])}), "
        f"always saying their median by {study.score('median').mae_k[0]:.1f} K (gain "
        f"{_interval(against['median'])}). Its rank correlation with Tc is {best.rank[0]:.2f} "
        f"({best.rank[1]:.2f} to {best.rank[2]:.2f}).\n"
    )


def _interval(gain: Gain) -> str:
    value, low, high = gain.by_row
    return f"{value:+.1f} K, {low:+.1f} to {high:+.1f} K"


def _scores(study: HydrideStudy) -> str:
    lines = [
        "| Estimate | Mean error (K) | RMS (K) | Bias (K) | Log error | Rank correlation | Rows |",
        "|---|---|---|---|---|---|---|",
    ]
    for s in (*study.formulas, *study.fits):
        mae = f"{s.mae_k[0]:.1f} ({s.mae_k[1]:.1f} to {s.mae_k[2]:.1f})"
        rank = f"{s.rank[0]:.2f} ({s.rank[1]:.2f} to {s.rank[2]:.2f})"
        rank = rank if s.rank[0] == s.rank[0] else "–"
        lines.append(
            f"| {s.name} | {mae} | {s.rmse_k:.1f} | {s.bias_k:+.1f} | {s.log_error:.2f} | {rank} "
            f"| {s.rows}, {s.seen} |"
        )
    return "\n".join([*lines, ""])


def _gains(study: HydrideStudy) -> str:
    lines = [
        "| Estimate | against | Gain (K) | rows redrawn | families redrawn |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_gain(g) for g in study.gains), ""])


def _gain(g: Gain) -> str:
    rows, families = g.by_row[1:], g.by_family[1:]
    return (
        f"| {g.better} | {g.than} | {g.by_row[0]:+.1f} | {rows[0]:+.1f} to {rows[1]:+.1f} "
        f"| {families[0]:+.1f} to {families[1]:+.1f} |"
    )


def _dropped(study: HydrideStudy) -> str:
    reasons: dict[str, list[str]] = {}
    for name, reason in study.dropped.items():
        # The same reason names each row's compound.
        short = re.sub(r"^\S+ \([^)]*\) has no (\w+): ", r"no \1: ", reason)
        reasons.setdefault(short, []).append(name.partition(":")[2])
    lines = ["| Reason | Rows |", "|---|---|"]
    lines += [f"| {reason} | {', '.join(names)} |" for reason, names in sorted(reasons.items())]
    return "\n".join([*lines, ""])


def _variant(within_gpa: float | None = None, one_by_one: bool = False) -> str:
    try:
        study = study_hydrides(within_gpa=within_gpa, one_by_one=one_by_one)
    except CannotSay as reason:
        return f"Cannot say: {reason}.\n"
    fits = "; ".join(f"{s.name} {s.mae_k[0]:.1f} K" for s in study.fits)
    return "\n".join(
        [
            f"{len(study.rows)} hydrides. Mean errors: {fits}.",
            "",
            "| Estimate | against | Gain (K) | rows redrawn | families redrawn |",
            "|---|---|---|---|---|",
            *(_gain(g) for g in study.gains[:6]),
            "",
        ]
    )


def _known() -> str:
    names = [f.id for f in FORMULAS]
    head = "| Compound | our row | P there (GPa) | φ | Tc measured (K) | at (GPa) | "
    lines = [head + " | ".join(names) + " |", "|---" * (6 + len(names)) + "|"]
    for c in measured_cases():
        estimates = " | ".join(f"{c.estimates_k[n]:.0f}" for n in names)
        lines.append(
            f"| {c.compound} | {c.row} | {c.computed_gpa:.0f} | {c.phi:.3f} | {c.tc_measured_k:g} "
            f"| {c.measured_gpa:g} | {estimates} |"
        )
    return "\n".join([*lines, ""])


def _ordinary() -> str:
    elements, dropped = ordinary_elements()
    used = sorted(e.element for e in elements if e.superconductor)
    lines = [
        f"Superconducting elements with a scan: {', '.join(used) or 'none'}; "
        f"{len(dropped)} elements of the table have no scan or no answer.",
        "",
        "| Quantity | Rank correlation with Tc | Elements |",
        "|---|---|---|",
    ]
    for s in ordinary_scores():
        value = s.reason or f"{s.rank[0]:.2f} ({s.rank[1]:.2f} to {s.rank[2]:.2f})"
        lines.append(f"| `{s.quantity}` | {value} | {len(s.elements)} |")
    return "\n".join([*lines, ""])


def draw() -> None:
    """The figure, with a small palette to stay small."""
    from PIL import Image

    from isotunnel.report.figures.hydride_study import draw_hydride_study

    with tempfile.TemporaryDirectory() as folder:
        forms = draw_hydride_study(study_hydrides(), Path(folder) / "figure")
        Image.open(forms["png"]).convert("RGB").quantize(64).save(IMAGE, optimize=True)
