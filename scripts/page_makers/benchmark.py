"""Renew the numbers of docs/explanation/classification.md.

The words of the page are written by hand; what stands between ``<!-- made: NAME -->`` and
``<!-- end -->`` is made from the table ``state_benchmark``, the gaps and the atlas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from page_makers.markdown import renewed

if TYPE_CHECKING:
    from isotunnel.studies.benchmark import Benchmark, ClassifierScore

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "classification.md"
FAILURES_OF_A_KIND = 3


def render() -> str:
    """The whole page with fresh numbers."""
    from isotunnel.studies.benchmark import run_benchmark

    found = run_benchmark()
    return renewed(PAGE, {name: partial(part, found) for name, part in _PARTS.items()})


def _answer(found: Benchmark) -> str:
    contest = found.contest
    paper, rival = contest.score("paper"), contest.score("rival")
    chosen = Counter(contest.chosen.values()).most_common()
    listed = ", ".join(f"{name} {count}" for name, count in chosen)
    return (
        f"**{len(contest.materials)} crystals of {len({m.formula for m in contest.materials})} "
        f"formulas in {len(contest.chosen)} families.** The tunnel theory reaches a balanced "
        f"accuracy of {_interval(paper)}, the standard theory {_interval(rival)}; the difference "
        f"is {_gain(found, 'paper', 'rival')}. Against composition only, the tunnel theory gains "
        f"{_gain(found, 'paper', 'composition')}, the standard theory "
        f"{_gain(found, 'rival', 'composition')}. Reading chosen, by number of families left out: "
        f"{listed}.\n"
    )


def _benchmark(found: Benchmark) -> str:
    states = Counter(m.state for m in found.materials)
    families = Counter(m.family for m in found.materials)
    squeezed = sum(m.pressure_gpa > 0 for m in found.materials)
    listed = ", ".join(f"{name} ({count})" for name, count in sorted(families.items()))
    return (
        f"{len(found.materials)} crystals: "
        f"{', '.join(f'{n} {state}s' for state, n in sorted(states.items()))}; {squeezed} of them "
        f"under pressure. Families: {listed}.\n"
    )


def _readings(found: Benchmark) -> str:
    lines = ["| Reading | Balanced accuracy | Both limits fitted | Rows | Without an answer |"]
    lines.append("|---|---|---|---|---|")
    for own, freer in zip(found.readings, found.freer, strict=True):
        lines.append(
            f"| `{own.name}` | {_interval(own)} | {_interval(freer)} | {own.rows} | "
            f"{len(own.dropped)} |"
        )
    return "\n".join(lines) + "\n"


def _contest(found: Benchmark) -> str:
    lines = ["| Side | What | Balanced accuracy | Right | Gain over composition |"]
    lines.append("|---|---|---|---|---|")
    for side in found.contest.predictions:
        score = found.contest.score(side)
        gain = "" if side == "composition" else _gain(found, side, "composition")
        lines.append(
            f"| {side} | {score.title} | {_interval(score)} | {score.accuracy:.0%} | {gain} |"
        )
    return (
        "\n".join(lines)
        + "\n\n"
        + _coupled(found)
        + "\n"
        + _by_formula(found)
        + "\n"
        + _left_out(found)
    )


def _coupled(found: Benchmark) -> str:
    """The standard theory where it has all that it needs."""
    from isotunnel.studies.benchmark.rivals import predicted_tc

    pairs = zip(found.contest.materials, found.contest.predictions["rival"], strict=True)
    known = [
        (m.state, said.state)
        for m, said in pairs
        if m.band_gap_ev == 0 and predicted_tc(m)[0] is not None
    ]
    parts = []
    for state in ("superconductor", "metal"):
        said = [s for t, s in known if t == state]
        parts.append(f"{sum(s == state for s in said)} of {len(said)} {state}s")
    return (
        "Where no gap is open and a coupling is known, the standard theory has "
        f"{' and '.join(parts)} right.\n"
    )


def _by_formula(found: Benchmark) -> str:
    """The easier split: only crystals of the same formula are left out together."""
    from isotunnel.studies.benchmark.composition import composition_rule
    from isotunnel.studies.benchmark.materials import TUNNEL_READINGS
    from isotunnel.studies.benchmark.rules import chosen_reading, leave_one_family_out
    from isotunnel.studies.benchmark.scores import score

    materials = [replace(m, family=m.formula) for m in found.contest.materials]
    shown = [
        _interval(score("", "", materials, leave_one_family_out(materials, rule)))
        for rule in (chosen_reading(TUNNEL_READINGS), composition_rule)
    ]
    return (
        "With only the crystals of the same formula left out at a time, an easier split, the paper "
        f"reaches {shown[0]}, the composition {shown[1]}.\n"
    )


def _left_out(found: Benchmark) -> str:
    reasons = Counter(reason for _, _, reason in found.contest.dropped)
    if not reasons:
        return "No row was left out.\n"
    count = sum(reasons.values())
    names = ", ".join(name for _, name, _ in found.contest.dropped)
    return f"{count} rows were left out, for want of a calculation: {names}.\n"


def _matrices(found: Benchmark) -> str:
    from isotunnel.studies.benchmark.materials import STATES

    parts = []
    for side in found.contest.predictions:
        matrix = found.contest.score(side).matrix
        parts.append(f"| {side} | {' | '.join(STATES)} |\n|---|---|---|---|\n")
        for state in STATES:
            cells = " | ".join(str(matrix[state, said]) for said in STATES)
            parts.append(f"| {state} | {cells} |\n")
        parts.append("\n")
    return "".join(parts).rstrip() + "\n"


def _failures(found: Benchmark) -> str:
    scores = [("elf", found.score("elf")), ("ks", found.score("ks"))]
    scores += [(s, found.contest.score(s)) for s in ("paper", "rival", "composition")]
    lines = ["| Rule | Material | Measured | Said | Because | Note |", "|---|---|---|---|---|---|"]
    for name, score in scores:
        kinds: Counter[tuple[str, str]] = Counter()
        for failure in score.failures:
            kinds[failure.measured, failure.predicted] += 1
            if kinds[failure.measured, failure.predicted] <= FAILURES_OF_A_KIND:
                lines.append(
                    f"| {name} | {failure.material} | {failure.measured} | {failure.predicted} | "
                    f"{failure.why} | {failure.note.replace('|', '/')} |"
                )
    return "\n".join(lines) + "\n"


def _interval(score: ClassifierScore) -> str:
    value, low, high = score.balanced_accuracy
    return f"{value:.2f} ({low:.2f} to {high:.2f})"


def _gain(found: Benchmark, one: str, other: str) -> str:
    value, low, high = found.contest.gain(one, other)
    return f"{value:+.2f} ({low:+.2f} to {high:+.2f})"


_PARTS: dict[str, Callable[[Benchmark], str]] = {
    "answer": _answer,
    "benchmark": _benchmark,
    "readings": _readings,
    "contest": _contest,
    "matrices": _matrices,
    "failures": _failures,
}
