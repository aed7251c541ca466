"""``isotunnel hydrides``: the table of networking values, and what it says of Tc."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, deliver

if TYPE_CHECKING:
    from isotunnel.studies.hydrides.study import Gain, HydrideStudy, TcScore
    from isotunnel.studies.hydrides.table import HydrideRow, HydrideTable

EXAMPLES = """
Examples:

    isotunnel hydrides

    isotunnel hydrides S01

    isotunnel hydrides --csv > hydrides.csv

    isotunnel hydrides --study
"""

_SHOWN = (
    ("pressure_gpa", "P (GPa)", ".1f"),
    ("phi", "phi", ".3f"),
    ("phi_star", "phi*", ".3f"),
    ("h_fraction", "H fraction", ".3f"),
    ("h_dos", "H share", ".3f"),
    ("gap_ks_3d_ev", "gap ks (eV)", ".2f"),
    ("tc_sr5_k", "Tc SR5 (K)", ".0f"),
    ("tc_predicted_k", "predicted (K)", ".0f"),
    ("tc_measured_k", "measured (K)", ".0f"),
)


def hydrides(
    row: Annotated[
        str | None,
        typer.Argument(
            metavar="[COMPOUND]",
            help="Only a compound, as H3S, or one row by its id, as S01, with all columns.",
        ),
    ] = None,
    study: Annotated[
        bool, typer.Option("--study", help="What phi and the tunnels say of Tc, with intervals.")
    ] = False,
    output: Annotated[Output, Forms()] = NOTHING,
) -> None:
    """Show the networking values of hydrides, computed beforehand; no DFT is run."""
    from isotunnel.errors import InputError
    from isotunnel.studies.hydrides.document import hydrides_document
    from isotunnel.studies.hydrides.study import study_hydrides
    from isotunnel.studies.hydrides.table import hydride_table

    if output.csv and (study or row):
        raise InputError("--csv gives the whole table: leave out --study and the compound")
    table = hydride_table()
    rows = table.rows if row is None else table.rows_about(row)
    found = study_hydrides() if study else None

    def show() -> None:
        if found is not None:
            _show_study(found)
        elif len(rows) == 1:
            _show_row(table, rows[0])
        else:
            _show_rows(rows)

    product = Product(
        name="-".join(filter(None, (row, "hydrides", "study" if study else ""))),
        show=show,
        json=lambda: hydrides_document(table, rows, found),
        csv=lambda: table.text,
    )
    deliver(output, product)


def _show_rows(rows: tuple[HydrideRow, ...]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from isotunnel.cli.show import console

    shown = Table(title="Networking values of hydrides (GPAW, PBE)", title_justify="left")
    shown.add_column("id", no_wrap=True)
    shown.add_column("compound", no_wrap=True)
    for _, header, _ in _SHOWN:
        shown.add_column(header, justify="right")
    for row in (r for r in rows if r.computed):
        cells = [_cell(row.get(name), form) for name, _, form in _SHOWN]
        shown.add_row(escape(row.short_id), escape(row.compound), *cells)
    out = console()
    out.print(shown)
    counts = ", ".join(f"{n} {status}" for status, n in Counter(r.status for r in rows).items())
    out.print(f"{len(rows)} hydrides and controls: {counts}")
    out.print("isotunnel hydrides ID shows a row with its warnings, or why it has no values")


def _cell(value: float | str | None, form: str) -> str:
    return f"{value:{form}}" if isinstance(value, float) else "–"


def _show_row(table: HydrideTable, row: HydrideRow) -> None:
    from rich.markup import escape
    from rich.table import Table

    from isotunnel.cli.show import console

    shown = Table(title=escape(f"{row.compound}: {row.status}"), show_header=False)
    shown.add_column("column", no_wrap=True)
    shown.add_column("value")
    for column in table.columns:
        value = row.get(column.name)
        if value is None or column.name == "warnings":
            continue
        unit = "" if column.unit in ("", "1") else f" {column.unit}"
        text = f"{value:.6g}" if isinstance(value, float) else value
        shown.add_row(column.name, escape(text + unit))
    out = console()
    out.print(shown)
    for warning in row.warnings:
        out.print(escape(f"Mind: {warning}"), soft_wrap=True)


def _show_study(study: HydrideStudy) -> None:
    from rich.table import Table

    from isotunnel.cli.show import console

    out = console()
    table = Table(
        title=f"Tc of {len(study.rows)} hydrides predicted at ambient pressure",
        title_justify="left",
    )
    for header in ("estimate", "mean error (K)", "rms (K)", "bias (K)", "log error", "rank corr."):
        table.add_column(header, justify="left" if header == "estimate" else "right")
    for score in (*study.formulas, *study.fits):
        table.add_row(*_score_cells(score))
    out.print(table)
    gains = Table(title="How much smaller the mean error is", title_justify="left")
    for header in ("of", "than of", "gain (K)", "rows redrawn", "families redrawn"):
        gains.add_column(header, justify="left" if "of" in header else "right")
    for gain in study.gains:
        gains.add_row(*_gain_cells(gain))
    out.print(gains)
    out.print("Fits are judged on chemical families that they have not seen; intervals are 95 %.")
    out.print(f"{len(study.dropped)} hydrides could not be used; --json tells why.")


def _score_cells(score: TcScore) -> tuple[str, ...]:
    rank = score.rank
    known = rank[0] == rank[0]
    return (
        score.name,
        f"{score.mae_k[0]:.1f} [{score.mae_k[1]:.1f}, {score.mae_k[2]:.1f}]".replace("[", "\\["),
        f"{score.rmse_k:.1f}",
        f"{score.bias_k:+.1f}",
        f"{score.log_error:.2f}",
        f"{rank[0]:.2f} \\[{rank[1]:.2f}, {rank[2]:.2f}]" if known else "–",
    )


def _gain_cells(gain: Gain) -> tuple[str, ...]:
    value, *rows = gain.by_row
    families = gain.by_family[1:]
    return (
        gain.better,
        gain.than,
        f"{value:+.1f}",
        f"{rows[0]:+.1f} to {rows[1]:+.1f}",
        f"{families[0]:+.1f} to {families[1]:+.1f}",
    )
