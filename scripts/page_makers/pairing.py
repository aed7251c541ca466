"""Renew the benchmark of docs/explanation/rigid-muffin-tins.md from the shipped table.

The table is written by scripts/benchmark_pairing.py (hours of DFT) and shipped with the theory;
errors, ranks and baselines are those of isotunnel.studies.pairing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from isotunnel.crystal.formula import elements_in
from isotunnel.studies.pairing.groups import error_by_group, error_in_proportion
from isotunnel.studies.pairing.judged import FEWEST, Judged, judged_lambda, judged_tc
from isotunnel.studies.pairing.measured_tc import (
    LEAST_TC_K,
    MOST_OFF,
    BesideMeasured,
    compounds_measured,
    measured_elsewhere,
    measured_scores,
    metals_measured,
)
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import (
    DONE,
    GPAW_FORCES,
    MU_STAR,
    NAMED,
    PUBLISHED,
    TABLES,
    BenchmarkRow,
    benchmark_rows,
)
from isotunnel.theories.superconducting.rigid_muffin_tin.squeezed import squeezed_crystals
from page_makers.markdown import renewed
from page_makers.pairing_isotopes import isotope_lines

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "rigid-muffin-tins.md"

FROM_CACHE_S = 5.0
"""Less CPU time than this means that pieces came from an earlier run."""

POOL = {1: 11, 2: 320, 3: 381}
"""Elements, binaries and ternaries of at most four atoms in jarvis_supercon, soft ones left out."""

LOWEST_K = 1e-3
"""Tc below this is printed as 0."""

COLUMNS = (
    "| λ linear response | λ here | λ, constant α² | ω_log, K | Tc, K | Tc, constant α², K "
    "| Tc linear response, K | η by atom, eV/Å² | CPU, s |"
)

Rows = Sequence[BenchmarkRow]


def render() -> str:
    """The whole page with fresh numbers."""
    return renewed(PAGE, {"pairing": lambda: _section(benchmark_rows())})


def _section(rows: Rows) -> str:
    parts = (
        _elements, _metals, _named, _slopes, isotope_lines, _crystals, _hydrides,
        _beside_linear_response, _groups, _hydride_scores, _compounds, _range, _potentials, _time,
    )  # fmt: skip
    return "\n".join(line for part in parts for line in part(rows))


def _elements(rows: Rows) -> list[str]:
    lines = [
        "### Eight metals and a hydride beside linear response",
        "",
        "Second-hand λ of linear response (sources in the table, `data/benchmark.csv` of the",
        "theory); here with α² ∝ 1/ω and with a constant α². Tc by Allen and Dynes with μ* = 0.10;",
        "linear response's of H3S by Eliashberg with μ* = 0.16.",
        "",
    ]
    chosen = [r for r in rows if not r.is_drawn and r.reference is not None]
    return [*lines, *_crystal_table("Metal", [_line(r, r.id.partition("-")[2]) for r in chosen])]


def _crystal_table(first: str, lines: Sequence[str]) -> list[str]:
    return [f"| {first} {COLUMNS}", "|---|---|---|---|---|---|---|---|---|---|", *lines, ""]


def _metals(rows: Rows) -> list[str]:
    """Tc of metals in their measured cells, with nothing put in, beside the measured one."""
    measured = metals_measured(rows)
    lines = [
        "### Metals: Tc with nothing put in, beside the measured one",
        "",
        "Measured cells at zero pressure, μ* = 0.10; measured Tc of table `elements_ambient`, -",
        "where none was found. Nothing was fitted.",
        "",
        "| Metal | λ | ω_log, K | Tc, K | Tc, constant α², K | Tc measured, K |",
        "|---|---|---|---|---|---|",
    ]
    for pair in measured:
        row, known = pair.row, f"{pair.tc_measured_k:.3g}" if pair.tc_measured_k else "-"
        lines.append(
            f"| {row.formula} | {_number(row.coupling, '.2f')} | {_number(row.omega_log_k, '.0f')} "
            f"| {_kelvin(row.tc_k)} | {_kelvin(row.tc_flat_k)} | {known} |"
        )
    silent = [r for r in rows if r.is_metal and r.status != DONE]
    lines += [f"| {r.formula} | {r.status} | | | | |" for r in silent]
    return [*lines, "", *_scores(measured), *_false_alarms(measured), ""]


def _named(rows: Rows) -> list[str]:
    """Named crystals, at the pressure of their cells, beside the measured Tc."""
    found = [r for r in rows if r.structure == NAMED]
    if not found:
        return []
    measured = measured_elsewhere()
    lines = [
        "### Named superconductors, beside the measured Tc",
        "",
        f"Cells of the library at their pressures, μ* = {MU_STAR:.2f}; measured Tc with their",
        "pressure, of table `state_benchmark`. All hydrides here are computed in harmonic phonons.",
        "",
        "| Crystal | P, GPa | λ | ω_log, K | Tc, K | Tc Eliashberg, K | Tc, constant α², K "
        "| Tc measured, K |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in found:
        known = measured.get(row.formula)
        tc = "" if known is None else f"{known.tc_k:.3g} at {known.pressure_gpa:g} GPa"
        head = f"| {row.id.partition('-')[2]} | {row.pressure_gpa:.0f} "
        if row.status != DONE:
            lines.append(f"{head}| {row.reason.partition(', which')[0]} | | | | | {tc} |")
            continue
        lines.append(
            f"{head}| {_number(row.coupling, '.2f')} | {_number(row.omega_log_k, '.0f')} "
            f"| {_kelvin(row.tc_k)} | {_kelvin(row.tc_eliashberg_k)} | {_kelvin(row.tc_flat_k)} "
            f"| {tc} |"
        )
    return [*lines, ""]


def _slopes(_rows: Rows) -> list[str]:
    """dTc/dP of crystals squeezed by one per cent, beside the measured one."""
    from isotunnel.claims.a8 import UNAIDED, gather
    from isotunnel.evidence.sources import Sources
    from isotunnel.theories.superconducting.pairing import ASSUMED_MU_STAR

    mu_star = ASSUMED_MU_STAR.value
    known = {case.key: case for case in gather(Sources()).cases}
    lines = [
        "### dTc/dP with nothing put in, beside the measured one",
        "",
        "All lengths shrink by one per cent; pressures are GPAW's at both volumes, μ* = "
        f"{mu_star:.2f} at both.",
        "",
        "| Superconductor | λ | λ squeezed | Tc, K | dTc/dP, K/GPa | dTc/dP measured, K/GPa |",
        "|---|---|---|---|---|---|",
    ]
    for crystal in squeezed_crystals():
        case = known.get(crystal.material)
        measured = "" if case is None else case.measured or ("rises" if case.sign > 0 else "falls")
        if crystal.rest is None or crystal.squeezed is None:
            lines.append(
                f"| {crystal.material} | {crystal.reason.partition(', which')[0]} | | | | |"
            )
            continue
        slope = case and case.predicted.get(UNAIDED)
        lines.append(
            f"| {crystal.material} | {crystal.rest.coupling:.2f} | {crystal.squeezed.coupling:.2f} "
            f"| {_kelvin(crystal.rest.tc_k(mu_star))} | {_signed(slope)} | {_signed(measured)} |"
        )
    return [*lines, ""]


def _signed(value: float | str | None) -> str:
    return value if isinstance(value, str) else "" if value is None else f"{value:+.2g}"


def _scores(pairs: Sequence[BesideMeasured]) -> list[str]:
    return [
        f"Of {s.crystals} measured Tc of {LEAST_TC_K:g} K or more, {s.words} has half right within "
        f"a factor of {s.factor:.2g} (zero counts as {MOST_OFF:g}); in the median it predicts "
        f"{s.bias:.2g} times the measured one. Spearman's ρ is {_interval(s.rank)}."
        for s in measured_scores(pairs)
    ]


def _false_alarms(pairs: Sequence[BesideMeasured]) -> list[str]:
    rest = [p.row for p in pairs if p.tc_measured_k == 0]
    wrong = [r.formula for r in rest if (r.tc_k or 0.0) > LEAST_TC_K]
    if not rest:
        return []
    return [
        f"Of {len(rest)} metals that were not seen to superconduct {len(wrong)} get a Tc above "
        f"{LEAST_TC_K:g} K{': ' + ', '.join(wrong) if wrong else ''}."
    ]


def _crystals(rows: Rows) -> list[str]:
    found = [r for r in rows if r.is_drawn]
    if not found:
        return []
    return [
        "### Crystals of JARVIS",
        "",
        "λ and Tc by linear response (JARVIS-DFT; their Tc is Allen and Dynes' short formula with",
        "μ* = 0.085) of crystals of at most four atoms, in an order drawn once, the cheapest of a",
        "kind first: so cubic and hexagonal ones are preferred (of the others one in five is",
        "taken), and elements known for magnetism come last. Soft crystals (λ above 4) are left",
        f"out. {_kinds(found)}; the collection has {', '.join(map(str, POOL.values()))} of this",
        "size.",
        "",
        *_crystal_table("Crystal", [_line(r, f"{r.formula} ({r.id})") for r in found]),
    ]


def _kinds(rows: Rows) -> str:
    counts = Counter(len(elements_in(r.formula)) for r in rows)
    names = ((1, "elements"), (2, "binaries"), (3, "ternaries"))
    return "There are " + ", ".join(f"{counts[n]} {name}" for n, name in names)


def _predicted_hydrides(rows: Rows) -> list[BenchmarkRow]:
    return [r for r in rows if r.structure == PUBLISHED]


def _hydrides(rows: Rows) -> list[str]:
    """Predicted hydrides, of which Tc alone is published."""
    found = _predicted_hydrides(rows)
    if not found:
        return []
    return [
        "### Hydrides of HTSC-2025",
        "",
        "Cells and Tc as printed (linear response, μ* = 0.10); no λ is printed.",
        "",
        *_crystal_table("Hydride", [_line(r, r.formula) for r in found]),
    ]


def _hydride_scores(rows: Rows) -> list[str]:
    """Rigid muffin tins and the published formulas on the same hydrides."""
    from isotunnel.studies.hydrides.study import study_hydrides
    from isotunnel.studies.pairing.hydrides import judged_hydrides

    known = _predicted_hydrides(rows)
    without = sum(r.status != DONE for r in known)
    found = judged_hydrides(rows, study_hydrides())
    if not found:
        return []
    left = len(known) - without - found[0].crystals
    return [
        "**Hydrides alone**, against the Tc that linear response predicts for them. Of "
        f"{len(known)} reached {without} have no λ here and {left} no value of some formula. The",
        "formulas are those of the [hydride study](hydride-study.md).",
        "",
        *_table("Tc of hydrides, K", found),
    ]


def _beside_linear_response(rows: Rows) -> list[str]:
    counts = {s: sum(r.status == s for r in rows) for s in (DONE, "unstable", "cannot say")}
    head = [
        "### How good it is",
        "",
        f"{len(rows)} crystals were reached: {counts[DONE]} with a λ, "
        f"{counts['unstable']} unstable, {counts['cannot say']} refused.",
    ]
    by_lambda, by_tc = judged_lambda(rows), judged_tc(rows)
    if not by_lambda:
        return [*head, "Too few for statistics.", ""]
    return [
        *head,
        "What is fitted is fitted without the family of the crystal that is judged (all whose",
        "elements stand in the same columns of the periodic table). ρ is Spearman's rank",
        "correlation with its 95 % interval, formulas drawn whole; bias the median of predicted",
        "over reference.",
        "",
        *_table("λ", by_lambda),
        *_table("Tc, K", by_tc),
    ]


def _groups(rows: Rows) -> list[str]:
    """Where lambda is off."""
    found = error_by_group(rows)
    if not found:
        return []
    return [
        "| λ of rigid muffin tins, α² ∝ 1/ω | crystals | mean absolute error | bias, factor "
        "| half within a factor of |",
        "|---|---|---|---|---|",
        *(
            f"| {g.words} | {g.crystals} | {g.error:.2f} | {g.bias:.2f} | {g.factor:.2f} |"
            for g in found
        ),
        "",
        *_in_proportion(rows),
    ]


def _in_proportion(rows: Rows) -> list[str]:
    error = error_in_proportion(rows, POOL)
    if error is None:
        return []
    return [
        "With binaries and ternaries weighted by their shares of the collection (of elements too "
        f"few have both λ) the mean absolute error is {error:.2f}.",
        "",
    ]


def _table(what: str, found: Sequence[Judged]) -> list[str]:
    if not found:
        return []
    biased = found[0].bias is not None
    bias, rule = ("| bias, factor ", "|---") if biased else ("", "")
    lines = [
        f"| Prediction of {what} | crystals | mean absolute error {bias}| ρ |",
        f"|---|---|---{rule}|---|",
    ]
    for one in found:
        factor = f"| {one.bias:.2f} " if one.bias is not None else ""
        rank = "" if one.rank is None else _interval(one.rank)
        lines.append(f"| {one.words} | {one.crystals} | {one.error:.2f} {factor}| {rank} |")
    return [*lines, ""]


def _compounds(rows: Rows) -> list[str]:
    """Crystals of JARVIS with a measured Tc."""
    pairs = compounds_measured(rows)
    if len(pairs) < FEWEST:
        return []
    lines = [
        "### Compounds: Tc with nothing put in, beside the measured one",
        "",
        "Crystals of JARVIS of which 3DSC has the composition in the same space group with a Tc in",
        "SuperCon. That the crystal which was measured had this space group is 3DSC's match.",
        "",
        "| Crystal | λ | Tc, K | Tc linear response, K | Tc measured, K |",
        "|---|---|---|---|---|",
    ]
    for pair in pairs:
        row = pair.row
        lines.append(
            f"| {row.formula} ({row.id}) | {_number(row.coupling, '.2f')} | {_kelvin(row.tc_k)} "
            f"| {_kelvin(row.tc_reference_k)} | {pair.tc_measured_k:.3g} |"
        )
    return [*lines, "", *_scores(pairs), ""]


def _range(rows: Rows) -> list[str]:
    """The error bar of lambda, and whether one half's holds for the other."""
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
    for half in coverage(ratios(rows)):
        lines.append(
            f"Learnt from {half.learnt.crystals} of them ({half.learnt.low:.2f} to "
            f"{half.learnt.high:.2f}), it holds for {half.inside} of the {half.crystals} others."
        )
    return [*lines, ""]


def _potentials(rows: Rows) -> list[str]:
    """lambda with a potential's phonons beside that with GPAW's."""
    from isotunnel.theories.superconducting.rigid_muffin_tin.calibration import forces_compared

    lines: list[str] = []
    for name in TABLES:
        found = None if name == GPAW_FORCES else forces_compared(name)
        if found is None:
            continue
        by_gpaw = {r.id: r for r in rows}
        lines += [
            f"### Forces by {name}",
            "",
            f"Electrons by GPAW, phonons by {name} (`--forces {name}`) in cells of up to 64 atoms:",
            "the first crystals that were drawn. "
            f"λ is {found.bias:.2f} times that with GPAW's phonons in the median of "
            f"{found.crystals} crystals, for half of them within a factor of {found.factor:.2f}; "
            f"{found.unlike} more are stable by one of the two alone.",
            "",
            f"| Crystal | λ linear response | λ | λ, {name} | ω_log, K | ω_log, K, {name} |",
            "|---|---|---|---|---|---|",
        ]
        for other in benchmark_rows(name):
            own = by_gpaw[other.id]
            cells = (
                f"{own.formula} ({own.id})",
                _number(own.reference, ".2f"),
                *(_number(r.coupling, ".2f") or r.status for r in (own, other)),
                *(_number(r.omega_log_k, ".0f") for r in (own, other)),
            )
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return lines


def _line(row: BenchmarkRow, name: str) -> str:
    reference = _number(row.reference, ".2f")
    if row.status != DONE:
        reason = row.reason.partition(", which")[0] or row.status
        return f"| {name} | {reference} | {reason} | | | | | {_kelvin(row.tc_reference_k)} | | |"
    cells = [
        name,
        reference,
        _number(row.coupling, ".2f"),
        _number(row.coupling_flat, ".2f"),
        _number(row.omega_log_k, ".0f"),
        _kelvin(row.tc_k),
        _kelvin(row.tc_flat_k),
        _kelvin(row.tc_reference_k),
        ", ".join(f"{eta:.2f}" for _, eta in row.hopfield),
        f"{row.cpu_s:.0f}" if row.cpu_s > FROM_CACHE_S else "",
    ]
    return "| " + " | ".join(cells) + " |"


def _number(value: float | None, style: str) -> str:
    return "" if value is None else format(value, style)


def _kelvin(tc: float | None) -> str:
    return "" if tc is None else f"{tc:.3g}" if tc > LOWEST_K else "0"


def _interval(found: tuple[float, float, float]) -> str:
    value, low, high = found
    return f"{value:.2f} ({low:.2f} to {high:.2f})"


def _time(rows: Rows) -> list[str]:
    seconds = [r.cpu_s for r in rows if r.cpu_s > FROM_CACHE_S]
    if not seconds:
        return []
    return [
        f"CPU time of one process, one thread: median {np.median(seconds):.0f} s a crystal, "
        f"from {min(seconds):.0f} to {max(seconds):.0f} s.",
        "",
    ]
