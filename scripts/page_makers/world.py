"""Renew the numbers of docs/explanation/world-study.md out of the shipped table and predictions.

The words of the page are written by hand, its numbers and verdicts never.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from isotunnel.studies.world.shipped import shipped_answers
from isotunnel.studies.world.study import Gain, WorldAnswer
from isotunnel.studies.world.table import NOT_YET, world_table
from page_makers.markdown import renewed

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "world-study.md"
TITLES = {"recorded": "Is a Tc recorded?", "tc": "How high is Tc?"}
UNITS = {"recorded": ("nats", "Area under the curve"), "tc": ("decades", "Rank correlation")}


def render() -> str:
    """The whole page with fresh numbers."""
    return renewed(PAGE, {"answer": _answer, "scores": _all_scores, "rows": _rows})


def _answer() -> str:
    rows = world_table()
    there = sum(r.status != NOT_YET for r in rows)
    lines = [f"**{there:,} of the {len(rows):,} crystals are screened so far.**", ""]
    if there == len(rows):
        lines = [f"**All {len(rows):,} crystals are screened.**", ""]
    for question, answer in shipped_answers().items():
        lines.append(f"- **{TITLES[question]}** {_verdict(answer)}")
    return "\n".join(lines)


def _verdict(answer: WorldAnswer | str) -> str:
    if isinstance(answer, str):
        return f"Cannot say yet: {answer}."
    main, beyond = answer.gains[0], answer.gains[2]
    return (
        f"Beyond the composition: {_words(answer.verdict)} ({_gain(main)}). Beyond composition and "
        f"cell: {_words(answer.verdict_beyond_cell)} ({_gain(beyond)}). {answer.compositions:,} "
        f"compositions ({answer.recorded:,} with a Tc) of {answer.families:,} families, "
        f"{answer.crystals:,} crystals."
    )


def _words(verdict: str) -> str:
    return {"help": "tunnels help"}.get(verdict, verdict)


def _gain(gain: Gain) -> str:
    value, low, high = gain.gain
    return f"gain {value:+.4f}, {low:+.4f} to {high:+.4f}; {gain.share:+.1%} of the loss"


def _all_scores() -> str:
    parts = []
    for question, answer in shipped_answers().items():
        if not isinstance(answer, str):
            parts.append(_scores(question, answer))
    return "\n\n".join(parts)


def _scores(question: str, answer: WorldAnswer) -> str:
    unit, ranking = UNITS[question]
    lines = [
        f"## {TITLES[question]}",
        "",
        f"| Model | Loss ({unit}) | {ranking} |",
        "|---|---|---|",
    ]
    for score in answer.scores:
        value, low, high = score.loss
        rank = "–" if np.isnan(score.ranking) else f"{score.ranking:.3f}"
        lines.append(f"| {score.name} | {value:.4f} ({low:.4f} to {high:.4f}) | {rank} |")
    lines += ["", "| Gain of | over | 95 % interval over families |", "|---|---|---|"]
    lines += [f"| {g.better} | {g.than} | {_gain(g)} |" for g in answer.gains]
    return "\n".join(lines)


def _rows() -> str:
    found = Counter((r.doping, r.reason or r.status) for r in world_table())
    lines = ["| Crystals | Row | Number |", "|---|---|---|"]
    lines += [f"| {doping} | {what} | {n:,} |" for (doping, what), n in sorted(found.items())]
    for question, answer in shipped_answers().items():
        if not isinstance(answer, str):
            dropped = ", ".join(f"{n:,} {why}" for why, n in sorted(answer.dropped.items()))
            lines += ["", f"*{TITLES[question]}* Not used: {dropped}."]
    return "\n".join(lines)
