"""Renew the benchmark of docs/explanation/rigid-muffin-tins.md from its table.

The table is written by scripts/benchmark_pairing.py (hours of DFT) and shipped with the theory;
errors, ranks and baselines are worked out here.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from page_makers.markdown import renewed

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "rigid-muffin-tins.md"
TABLE = ROOT / "src/isotunnel/theories/superconducting/rigid_muffin_tin/data" / "benchmark.csv"

FEWEST = 5
"""Fewer crystals than this give no statistics."""

FROM_CACHE_S = 5.0
"""Less CPU time than this means that pieces came from an earlier run."""

LOWEST_K = 1e-3
"""Tc below this is printed as 0."""

LEAST_TC_K = 0.1
"""Below, Tc hangs on mu* exponentially and says little (as in claim A7)."""

CHOSEN = ("element-", "hydride-")
"""Ids of the rows that were chosen; the others were drawn."""

COLUMNS = (
    "| λ linear response | λ here | λ, constant α² | ω_log, K | Tc, K | Tc, constant α², K "
    "| Tc measured, K | η by atom, eV/Å² | CPU, s |"
)

Row = dict[str, str]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Guess:
    """One way to predict lambda.

    Attributes:
        words: what it is.
        values: predictions, one per crystal; NaN where it has none.
    """

    words: str
    values: Floats


def render() -> str:
    """The whole page with fresh numbers."""
    return renewed(PAGE, {"pairing": lambda: _section(_rows())})


def _rows() -> list[Row]:
    with TABLE.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _section(rows: list[Row]) -> str:
    parts = (_elements, _metals, _compounds, _statistics, _range, _time)
    return "\n".join(line for part in parts for line in part(rows))


def _elements(rows: list[Row]) -> list[str]:
    lines = [
        "### Eight metals and a hydride beside linear response",
        "",
        "Second-hand λ of linear response (sources in the table, `data/benchmark.csv` of the",
        "theory); here with α² ∝ 1/ω and with a constant α². Tc by Allen and Dynes with μ* = 0.10.",
        "",
        f"| Metal {COLUMNS}",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        if row["id"].startswith(CHOSEN) and row["lambda_reference"]:
            lines.append(_line(row, row["id"].partition("-")[2]))
    return [*lines, ""]


def _metals(rows: list[Row]) -> list[str]:
    """Tc of metals in their measured cells, with nothing put in, beside the measured one."""
    from isotunnel.measured import table

    measured: dict[str, float] = {}
    for known in table("elements_ambient"):
        if known["tc_k"] is not None:
            measured.setdefault(known.text("element"), known.number("tc_k"))
    metals = [r for r in rows if r["id"].startswith("element-")]
    done = [r for r in metals if r["status"] == "done"]
    lines = [
        "### Metals: Tc with nothing put in, beside the measured one",
        "",
        "Measured cells at zero pressure, μ* = 0.10; measured Tc of table `elements_ambient`, -",
        "where none was found. Nothing was fitted.",
        "",
        "| Metal | λ | ω_log, K | Tc, K | Tc, constant α², K | Tc measured, K |",
        "|---|---|---|---|---|---|",
    ]
    for row in metals:
        name = row["formula"]
        known = f"{measured[name]:.3g}" if name in measured else "-"
        if row["status"] == "done":
            lines.append(
                f"| {name} | {float(row['lambda']):.2f} | {float(row['omega_log_k']):.0f} "
                f"| {_kelvin(float(row['tc_allen_dynes_k']))} | {_kelvin(float(row['tc_flat_k']))} "
                f"| {known} |"
            )
        else:
            lines.append(f"| {name} | {row['status']} | | | | {known} |")
    return [*lines, "", *_metals_judged(done, measured), ""]


def _metals_judged(done: list[Row], measured: dict[str, float]) -> list[str]:
    from scipy.stats import spearmanr

    def tc(row: Row) -> float:
        return float(row["tc_allen_dynes_k"])

    both = [r for r in done if measured.get(r["formula"], 0.0) >= LEAST_TC_K]
    if len(both) < FEWEST:
        return []
    seen = np.array([measured[r["formula"]] for r in both])
    here = np.array([tc(r) for r in both])
    off = np.median(np.abs(np.log(np.maximum(here, 1e-9) / seen)).clip(max=np.log(100.0)))
    rank = spearmanr(here, seen)[0]
    rest = [r for r in done if r["formula"] not in measured]
    wrong = [r["formula"] for r in rest if tc(r) > LEAST_TC_K]
    return [
        f"Of {len(both)} metals with a measured Tc of {LEAST_TC_K:g} K or more half are right "
        f"within a factor of {np.exp(off):.2g} (zero counts as 100); Spearman's ρ {rank:.2f}. "
        f"Of {len(rest)} metals that were not seen to superconduct {len(wrong)} get a Tc above "
        f"{LEAST_TC_K:g} K{': ' + ', '.join(wrong) if wrong else ''}."
    ]


def _range(_all: list[Row]) -> list[str]:
    """The error bar of lambda, and whether one half's holds for the other."""
    from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import benchmark_rows
    from isotunnel.theories.superconducting.rigid_muffin_tin.calibration import (
        coupling_range,
        coverage,
        ratios,
    )

    found = coupling_range()
    if found is None:
        return ["The crystals are too few for an error bar of λ.", ""]
    lines = [
        "### The error bar of λ",
        "",
        f"From {found.crystals} crystals, one per formula: linear response's λ is to be expected "
        f"from {found.low:.2f} to {found.high:.2f} times the λ here ({found.share:.0%}). The range "
        "is printed with every answer.",
    ]
    for half in coverage(ratios(benchmark_rows())):
        lines.append(
            f"Learnt from {half.learnt.crystals} of them ({half.learnt.low:.2f} to "
            f"{half.learnt.high:.2f}), it holds for {half.inside} of the {half.crystals} others."
        )
    return [*lines, ""]


def _line(row: Row, name: str) -> str:
    reference = f"{float(row['lambda_reference']):.2f}"
    if row["status"] != "done":
        reason = row["reason"].partition(", which")[0] or row["status"]
        return f"| {name} | {reference} | {reason} | | | | | | | |"
    etas = [float(part.split(":")[1]) for part in row["eta_by_atom"].split()]
    cells = [
        name,
        reference,
        f"{float(row['lambda']):.2f}",
        f"{float(row['lambda_flat']):.2f}",
        f"{float(row['omega_log_k']):.0f}",
        _kelvin(float(row["tc_allen_dynes_k"])),
        _kelvin(float(row["tc_flat_k"])),
        _measured(row["formula"]),
        ", ".join(f"{e:.2f}" for e in etas),
        f"{float(row['cpu_s']):.0f}" if float(row["cpu_s"]) > FROM_CACHE_S else "",
    ]
    return "| " + " | ".join(cells) + " |"


def _kelvin(tc: float) -> str:
    return f"{tc:.3g}" if tc > LOWEST_K else "0"


def _measured(formula: str) -> str:
    """Measured Tc in the catalogue of substances, "" where there is none."""
    from isotunnel.substances import in_catalogue, material_data

    if not in_catalogue(formula):
        return ""
    known = [m.tc_k for m in material_data(formula) if m.tc_k is not None]
    return f"{known[0].value:.3g}" if known else ""


def _compounds(rows: list[Row]) -> list[str]:
    found = [r for r in rows if not r["id"].startswith(CHOSEN)]
    if not found:
        return []
    return [
        "### Crystals of JARVIS",
        "",
        "λ by linear response (JARVIS-DFT) of crystals drawn once, smallest cells first.",
        "",
        f"| Crystal {COLUMNS}",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_line(r, f"{r['formula']} ({r['id']})") for r in found),
        "",
    ]


def _statistics(rows: list[Row]) -> list[str]:
    done = [r for r in rows if r["status"] == "done" and r["lambda_reference"]]
    counts = {s: sum(r["status"] == s for r in rows) for s in ("done", "unstable", "cannot say")}
    head = [
        "### How good it is",
        "",
        f"{len(rows)} crystals were reached: {counts['done']} with a λ, "
        f"{counts['unstable']} unstable, {counts['cannot say']} refused.",
    ]
    if len(done) < FEWEST:
        return [*head, "Too few for statistics.", ""]
    reference = np.array([float(r["lambda_reference"]) for r in done])
    lines = [
        *head,
        "Baselines are fitted on the other crystals each time one is judged. ρ is Spearman's rank",
        "correlation, bias the median of predicted over reference λ.",
        "",
        "| Prediction of λ | crystals | mean absolute error | bias, factor | ρ |",
        "|---|---|---|---|---|",
    ]
    for guess in _guesses(done, reference):
        lines.append(_judged(guess, reference))
    return [*lines, ""]


def _guesses(done: list[Row], reference: Floats) -> list[Guess]:
    density = np.array([float(r["dos_per_ev_spin_atom"]) for r in done])
    composition = np.array([float(r.get("lambda_composition") or "nan") for r in done])
    return [
        Guess("rigid muffin tins, α² ∝ 1/ω", np.array([float(r["lambda"]) for r in done])),
        Guess("rigid muffin tins, constant α²", np.array([float(r["lambda_flat"]) for r in done])),
        Guess("N(E_F) per atom, a straight line", _left_out(reference, density, _straight)),
        Guess("always the median", _left_out(reference, density, _median)),
        Guess("composition only (ridge on the other JARVIS rows)", composition),
    ]


def _left_out(
    reference: Floats, x: Floats, fit: Callable[[Floats, Floats, float], float]
) -> Floats:
    """Each crystal's prediction by a fit to all others."""
    keep = ~np.eye(len(reference), dtype=bool)
    return np.array(
        [fit(x[keep[i]], reference[keep[i]], float(x[i])) for i in range(len(reference))]
    )


def _straight(x: Floats, y: Floats, at: float) -> float:
    slope, offset = np.polyfit(x, y, 1)
    return float(slope * at + offset)


def _median(_x: Floats, y: Floats, _at: float) -> float:
    return float(np.median(y))


def _judged(guess: Guess, reference: Floats) -> str:
    from scipy.stats import spearmanr

    known = np.isfinite(guess.values)
    if known.sum() < FEWEST:
        return f"| {guess.words} | {known.sum()} | | | |"
    values, truth = guess.values[known], reference[known]
    error = float(np.abs(values - truth).mean())
    bias = float(np.median(values / truth))
    # A prediction that is the same for all, up to leaving one out, has no ranks.
    rank = "" if guess.words == "always the median" else f"{spearmanr(values, truth)[0]:.2f}"
    return f"| {guess.words} | {known.sum()} | {error:.2f} | {bias:.2f} | {rank} |"


def _time(rows: list[Row]) -> list[str]:
    seconds = [float(r["cpu_s"]) for r in rows if float(r["cpu_s"]) > FROM_CACHE_S]
    if not seconds:
        return []
    return [
        f"CPU time of one process, one thread: median {np.median(seconds):.0f} s a crystal, "
        f"from {min(seconds):.0f} to {max(seconds):.0f} s.",
        "",
    ]
