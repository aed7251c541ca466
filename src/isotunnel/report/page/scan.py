"""The page of a scan: main numbers, figures, what failed, the whole table folded away."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from isotunnel.atlas.point import Cell, Column, ScanPoint
from isotunnel.atlas.scan import Scan
from isotunnel.number_text import LEAST_TC_K, tc_without_unit
from isotunnel.report import text
from isotunnel.report.figures.scan import (
    field_label,
    formula_status,
    gap_columns,
    pairing_columns,
    tc_columns,
    threshold_columns,
)
from isotunnel.report.page.layout import document
from isotunnel.report.page.overview import HYPOTHESIS
from isotunnel.report.page.scan_measured import asked_words, fact_rows
from isotunnel.report.page.settings import settings_in_words
from isotunnel.report.page.templates import fill
from isotunnel.scan.beside import beside_points

CROSS = "✗"
_MAIN = {
    "pressure_gpa": "P (GPa)",
    "volume_ratio": "V / V given",
    "volume_per_atom_angstrom3": "V per atom (Å³)",
    "phi": "φ",
    "phi_star": "φ*",
    "band_gap_ev": "band gap (eV)",
    "dos_fermi_per_ev_cell": "DOS at the Fermi level (1/eV/cell)",
    "h_dos": "H share of DOS",
}

_PAIRING = {
    "lambda_ep": "λ",
    "lambda_ep_low": "λ, low",
    "lambda_ep_high": "λ, high",
    "omega_log_k": "ω_log",
    "omega_2_k": "ω₂",
    "mu_star": "μ*",
    "tc_allen_dynes_k": "Tc, Allen-Dynes",
    "tc_allen_dynes_low_k": "Tc, low",
    "tc_allen_dynes_high_k": "Tc, high",
    "tc_eliashberg_k": "Tc, Eliashberg",
}

_QUANTITIES = {
    "gap": "lifting gaps by {}",
    "valence_level": "valence level by {}",
    "state": "state by {}",
    "tc": "Tc by {}",
    "pairing": "coupling and Tc by {}",
}


@dataclass(frozen=True)
class NumberTable:
    """A table of the page: headings, then a row per point."""

    title: str
    hint: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def scan_page(result: Scan, images: Mapping[str, tuple[str, bytes]]) -> str:
    """The HTML text. ``images``: by name, words and the PNG file."""
    title = result.title or result.name
    beside = beside_points(result)
    marks = [set() if facts is None else set(facts.contradicted) for facts in beside]
    body = fill(
        "scan.html",
        title=title,
        name=result.name,
        facts=_facts(result),
        warnings=result.warnings,
        hypothesis=HYPOTHESIS,
        tables=list(_tables(result, marks)),
        points=[asked_words(result, p) for p in result.points],
        figures=[(words, base64.b64encode(png).decode("ascii")) for words, png in images.values()],
        readings=result.readings,
        states=_states(result, marks),
        measured=fact_rows(result, beside),
        contradicted=any(marks),
        failed=[
            f"{asked_words(result, p)}: {p.reason}" for p in result.points if p.status == "failed"
        ],
        missing=list(_missing(result)),
        everything=_everything(result),
        relaxed=result.over == "pressure_gpa",
        settings=[*settings_in_words(result.settings), *result.versions.items()],
        sources=result.sources,
    )
    return document(title, body)


def _facts(result: Scan) -> list[str]:
    count = len(result.points)
    failed = count - len(result.done)
    what = "pressures" if result.over == "pressure_gpa" else "volumes"
    low, high = (f"{p.asked:g}" for p in (result.points[0], result.points[-1]))
    unit = "GPa" if result.over == "pressure_gpa" else "of the given volume"
    return [
        f"{count} {what}, {low} to {high} {unit}",
        text.engine_name(result.engine),
        f"{failed} without a result" if failed else "all with a result",
    ]


def _tables(result: Scan, marks: Sequence[set[str]]) -> Iterator[NumberTable]:
    """The main numbers, by what they are of; a table without a value is left out."""
    known = {c.name: c for c in result.columns}
    of_crystal = [
        (heading, known[name])
        for name, heading in _MAIN.items()
        if name in known and any(v is not None for v in result.cells(name))
    ]
    for title, hint, columns in (
        ("Crystal and network", "", of_crystal),
        (
            "Lifting gaps Δ₃ by reading",
            "For tunnels that span three dimensions, with grid errors; one and two dimensions "
            "stand under Everything. Zero or less: superconducting by the theory's rule.",
            [(f"{c.of}{_in_unit(c)}", c) for c in gap_columns(result)],
        ),
        (
            "Thresholds by field",
            "Levels at which one tunnel first spans three dimensions, with grid errors.",
            [(f"{field_label(c)}{_in_unit(c)}", c) for c in threshold_columns(result)],
        ),
        (
            "Tc by published fits",
            "From φ of the all-electron ELF; correlations with errors of tens of kelvin.",
            [(_formula_heading(c), c) for c in tc_columns(result)],
        ),
        (
            "Coupling and Tc by rigid muffin tins",
            "Nothing is put in but μ*. Low and high: where linear response is to be expected, by "
            "the benchmark.",
            [(f"{_PAIRING[c.name]}{_in_unit(c)}", c) for c in pairing_columns(result)],
        ),
    ):
        if columns:
            yield _table(result, title, hint, columns, marks)


def _table(
    result: Scan,
    title: str,
    hint: str,
    columns: Sequence[tuple[str, Column]],
    marks: Sequence[set[str]],
) -> NumberTable:
    errors = [result.error_column(column) for _, column in columns]
    rows = tuple(
        (
            asked_words(result, point),
            tuple(
                _value(point, column, error) + _mark(column, wrong)
                for (_, column), error in zip(columns, errors, strict=True)
            ),
        )
        for point, wrong in zip(result.points, marks, strict=True)
    )
    return NumberTable(title, hint, tuple(heading for heading, _ in columns), rows)


def _value(point: ScanPoint, column: Column, errors: Column | None) -> str:
    value = point.values.get(column.name)
    if not isinstance(value, int | float):
        return value or "–"
    if column.name.startswith("tc_") and value < LEAST_TC_K:
        return tc_without_unit(value)
    error = None if errors is None else point.values.get(errors.name)
    known = float(error) if isinstance(error, int | float) else None
    shown = text.with_error(float(value), known, missing="–")
    # The sign stays with its error where a cell is narrow.
    return shown.replace("± ", "±\N{NO-BREAK SPACE}")


def _mark(column: Column, wrong: set[str]) -> str:
    """A cross behind a Tc that measurement contradicts; behind a state it stands in its table."""
    return f" {CROSS}" if column.quantity == "tc" and column.of in wrong else ""


def _in_unit(column: Column) -> str:
    unit = text.unit_text(column.unit)
    return f" ({unit})" if unit else ""


def _formula_heading(column: Column) -> str:
    status = formula_status(column.of)
    return f"{column.of} (K){f', {status}' if status else ''}"


def _states(result: Scan, marks: Sequence[set[str]]) -> list[tuple[str, list[str]]]:
    """Per point the state by each reading, crossed where measurement contradicts it."""
    columns = result.about("state")
    return [
        (
            asked_words(result, point),
            [
                "–"
                if (value := point.values.get(c.name)) is None
                else f"{value} {CROSS}"
                if c.of in wrong
                else str(value)
                for c in columns
            ],
        )
        for point, wrong in zip(result.points, marks, strict=True)
        if point.status == "done"
    ]


def _missing(result: Scan) -> Iterator[str]:
    """One line per reason: which numbers, in words, at how many points."""
    known = {c.name: c for c in result.columns}
    places: dict[str, dict[str, set[float]]] = {}
    for point in result.points:
        for column, reason in point.reasons.items():
            places.setdefault(reason, {}).setdefault(column, set()).add(point.asked)
    for reason, columns in places.items():
        most = len(set().union(*columns.values()))
        where = "everywhere" if most == len(result.done) else f"at {most} points at most"
        words = dict.fromkeys(
            _column_words(known[name], known) if name in known else name for name in columns
        )
        yield f"{reason}: {', '.join(words)} ({where})"


def _column_words(column: Column, known: Mapping[str, Column]) -> str:
    """What a column holds; those of all dimensions, and a number and its error, alike."""
    column = known.get(column.error_of, column)
    if column.quantity == "threshold":
        return f"thresholds of {field_label(column)}"
    if column.quantity in _QUANTITIES:
        return _QUANTITIES[column.quantity].format(column.of)
    return _MAIN.get(column.name, "").partition(" (")[0] or column.meaning


def _everything(result: Scan) -> list[tuple[str, list[Cell], str]]:
    """Name, a value per point and meaning of every column of numbers or states."""
    return [
        (c.name, list(result.cells(c.name)), c.meaning)
        for c in result.columns
        if c.name not in ("reason", "warnings", "status")
    ]
