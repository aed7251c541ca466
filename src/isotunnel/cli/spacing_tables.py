"""Tables of the spacing tests on the terminal, and their rows as CSV."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from isotunnel.cli.show import number
from isotunnel.measured.parameter import Parameter
from isotunnel.studies.spacing import SpacingTest, Statistic

Cell = Callable[[Any], str]

_NUMBER = re.compile(r"[-+<>]?\d|–$")
_SIGN = {1: "rises", -1: "falls", 0: "flat", None: "–"}


def show_test(out: Console, test: SpacingTest[Any], *, sources: bool = False) -> None:
    """Print one test: its rows, its statistics, and how many rows of data it rests on."""
    table = Table(title=f"{test.id}: {escape(test.title)}", title_justify="left")
    columns = _COLUMNS[test.id]
    rows = [[cell(row) for cell in columns.values()] for row in test.rows]
    for i, head in enumerate(columns):
        numbers_in = all(_NUMBER.match(row[i]) for row in rows)
        table.add_column(head, justify="right" if numbers_in else "left")
    for cells in rows:
        table.add_row(*map(escape, cells))
    out.print(table)
    numbers = Table(show_edge=False, pad_edge=False)
    for head in ("over all rows", "value", "95 % interval", "rows", "p"):
        numbers.add_column(head, justify="left" if head.startswith("over") else "right")
    for s in test.statistics:
        numbers.add_row(*_statistic(s))
    out.print(numbers)
    reasons = Counter(d.reason for d in test.dropped)
    out.print(f"  {len(test.used)} rows of data used, {len(test.dropped)} dropped:", soft_wrap=True)
    for reason, count in reasons.most_common():
        out.print(f"    {count}: {escape(reason)}", soft_wrap=True)
    for note in test.notes:
        out.print(f"  note: {escape(note)}", soft_wrap=True)
    if sources:
        _show_sources(out, test)
    out.print()


def _show_sources(out: Console, test: SpacingTest[Any]) -> None:
    for ref in test.used:
        out.print(f"  used {ref.row} ({ref.label}): {ref.source}", soft_wrap=True, markup=False)
    for gone in test.dropped:
        line = f"  dropped {gone.row} ({gone.label}): {gone.reason}"
        out.print(line, soft_wrap=True, markup=False)


CsvRow = tuple[object, ...]


def csv_rows(tests: Sequence[SpacingTest[Any]]) -> tuple[CsvRow, list[CsvRow]]:
    """Header and rows in long form; nested values have dotted names, lists semicolons."""
    rows = [
        (test.id, row["name"], *cells)
        for test in tests
        for row in test.as_dict()["rows"]
        for key, value in row.items()
        if key != "name"
        for cells in _flat(key, value)
    ]
    return ("test", "row", "quantity", "value", "error", "source"), rows


def _flat(key: str, value: Any) -> list[tuple[object, ...]]:
    if isinstance(value, dict) and set(value) == {"value", "source", "error"}:
        return [(key, value["value"], value["error"], value["source"])]
    if isinstance(value, dict):
        return [cells for k, v in value.items() for cells in _flat(f"{key}.{k}", v)]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [cells for i, v in enumerate(value, 1) for cells in _flat(f"{key}.{i}", v)]
    if isinstance(value, list):
        return [(key, ";".join(str(v) for v in value), "", "")]
    return [(key, value, "", "")]


def _statistic(s: Statistic) -> tuple[str, ...]:
    title = escape(f"{s.title} ({s.unit})" if s.unit else s.title)
    if s.value is None:
        return title, "cannot say", escape(s.cannot_say or ""), str(s.rows), ""
    interval = "–" if s.low is None or s.high is None else f"{s.low:.3g} to {s.high:.3g}"
    p = "" if s.p_value is None else f"{s.p_value:.1e}" if s.p_value > 0 else "<1e-300"
    return title, f"{s.value:.3g}", interval, str(s.rows), p


def _of(name: str) -> Cell:
    return lambda row: _parameter(getattr(row, name))


def _parameter(p: Parameter | None) -> str:
    if p is None:
        return "–"
    if not p.error:
        return f"{p.value:.3g}"
    return number(p.value, p.error)


def _name(row: Any) -> str:
    return str(row.name)


def _sigma(name: str) -> Cell:
    return lambda row: "–" if getattr(row, name) is None else f"{getattr(row, name):+.1f}"


def _gpa(name: str) -> Cell:
    return lambda row: ", ".join(f"{p:g}" for p in getattr(row, name)) or "–"


def _seen(row: Any) -> str:
    return "not stated" if row.better else "–"


def _sign_of_resistance(row: Any) -> str:
    sign = row.squeezing_sign
    return _SIGN[None if sign is None else -sign]


def _rises(row: Any) -> str:
    return {True: "rises", False: "falls", None: "–"}[row.resistance_rises]


def _loss(index: int) -> Cell:
    def cell(row: Any) -> str:
        if index >= len(row.losses):
            return "–"
        return f"{row.losses[index].threshold_v_per_cm:.3g}"

    return cell


_COLUMNS: dict[str, dict[str, Cell]] = {
    "T1": {
        "metal": _name,
        "heating": _of("heating"),
        "squeezing": _of("squeezing"),
        "R squeezed": _sign_of_resistance,
        "ratio": _of("ratio"),
        "heating, B-G": _of("bloch_heating"),
        "squeezing, B-G": _of("bloch_squeezing"),
        "needed (1/GPa)": _of("predicted_squeeze_per_gpa"),
        "B-G (1/GPa)": _of("bloch_squeeze_per_gpa"),
        "measured (1/GPa)": _of("measured_squeeze_per_gpa"),
    },
    "T2": {
        "superconductor": _name,
        "family": lambda row: str(row.family),
        "Tc (K)": _of("tc_k"),
        "Tc": lambda row: _SIGN[row.sign],
        "dTc/dP (K/GPa)": _of("measured"),
        "isochore (K/GPa)": _of("predicted"),
        "ratio": _of("ratio"),
    },
    "T3": {
        "material": _name,
        "isotope": lambda row: f"{row.isotope}{' alone' if row.partial else ''}",
        "exponent": _of("alpha"),
        "errors from 0": _sigma("sigma_from_zero"),
        "errors from 0.5": _sigma("sigma_from_bcs"),
        "by volume": _of("volume_alpha"),
        "by isochore": _of("isochore_alpha"),
    },
    "T4": {
        "metal": _name,
        "rho (uohm cm)": _of("resistivity"),
        "hop (Å)": _of("hop"),
        "Ohm's field (V/cm)": lambda row: f"{row.ohmic_field_v_per_cm:.3g}",
        "heat per hop (eV)": _of("heat_per_hop_ev"),
        "at 1 meV (V/cm)": _loss(0),
        "at kT (V/cm)": _loss(1),
        "at 1 eV (V/cm)": _loss(2),
    },
    "T5": {
        "material": _name,
        "better (GPa)": lambda row: _gpa("better_gpa")(row) if row.better_gpa else _seen(row),
        "worse (GPa)": _gpa("worse_gpa"),
        "none to (GPa)": _gpa("searched_gpa"),
        "becomes": lambda row: (
            "insulator" if row.worse else "semimetal" if row.partly_worse else "–"
        ),
        "R squeezed": _rises,
    },
}
