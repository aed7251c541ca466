"""``isotunnel design``: other elements in known structure types, ranked beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.output import NOTHING, CsvTable, Forms, Output, Product, csv_text, deliver

if TYPE_CHECKING:
    from rich.console import Console

    from isotunnel.design.judge import Area
    from isotunnel.design.search import Design

EXAMPLES = """
Examples:

    isotunnel design

    isotunnel design XH6 XH10 --with La

    isotunnel design X2MH6 --csv > candidates.csv

    isotunnel design ABH8 --with La --verify 1
"""


def design(
    prototype: Annotated[
        list[str] | None,
        typer.Argument(help="Prototypes such as XH6 or X2MH6; all by default."),
    ] = None,
    holding: Annotated[
        list[str] | None,
        typer.Option("--with", help="An element that candidates must hold; may be repeated."),
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="Lines on the terminal.")] = 20,
    verify: Annotated[
        int,
        typer.Option(
            min=0,
            metavar="N",
            help="Compute the first N by GPAW: pressure, phonons, coupling, Tc (minutes each).",
        ),
    ] = 0,
    output: Annotated[Output, Forms()] = NOTHING,
) -> None:
    """Rank other elements in known structure types by their tunnel gap.

    Clathrate and perovskite hydrides, X2MH6, A15, diborides, antiperovskites. Ranked beforehand
    with superposed free atoms; nothing is relaxed, and stability is unknown but for what GPAW was
    asked of. With how well the same ranking finds hydrides that were made.
    """
    from isotunnel.cli.progress import progress_bar
    from isotunnel.design.search import design as searched

    with progress_bar() as tell:
        found = searched(prototype or (), holding or (), verify=verify, progress=tell)
    product = Product(
        name="-".join(["design", *(prototype or ()), *(holding or ())]),
        show=lambda: _show(found, most),
        json=lambda: _document(found),
        csv=lambda: csv_text(*_rows(found)),
        source=" ".join([*(prototype or ()), *(holding or ())]) or "all prototypes",
    )
    deliver(output, product)


def _document(found: Design) -> dict[str, Any]:
    from isotunnel.schemas import Design as Shape
    from isotunnel.schemas import document

    return document(Shape, found)


def _rows(found: Design) -> CsvTable:
    """A row per candidate."""
    from isotunnel.design.rank import COLUMNS

    header = (*COLUMNS, "predicted", "stability", "outside")
    return header, [tuple(getattr(r, n) for n in header) for r in found.candidates]


def _show(found: Design, most: int) -> None:
    from rich.table import Table

    from isotunnel.cli.show import console, number

    out = console()
    table = Table(title="Candidates, lowest gap first", title_justify="left")
    for head in ("candidate", "prototype", "gap (eV)", "denser, wider cell", "cell", "known"):
        table.add_column(head, overflow="fold")
    for r in found.candidates[:most]:
        sides = ", ".join(
            f"{g:+.2f}" if g is not None else "?" for g in (r.gap_denser_ev, r.gap_wider_ev)
        )
        beyond = f", {r.beyond_size:.0%} beyond known sizes" if r.beyond_size else ""
        gap = "none" if r.gap_ev is None else number(r.gap_ev, r.gap_error_ev)
        cell = f"{r.cell_of.rpartition(':')[2]} x {r.volume_ratio:.2f}{beyond}"
        table.add_row(r.formula, r.prototype, gap, sides, cell, "yes" if r.known else "")
    out.print(table)
    shown = min(most, len(found.candidates))
    words = (
        f"{shown} of {len(found.candidates)} candidates asked for, of {found.searched} in all. "
        f"Predicted by {found.predicted_by}. Stability {found.stability}. Volumes of cells scaled "
        f"like these are off by {found.spread:.0%} on known crystals; the gaps at both ends stand "
        "beside."
    )
    out.print(words, soft_wrap=True, markup=False)
    _show_verified(out, found)
    _show_areas(out, found)


def _show_verified(out: Console, found: Design) -> None:
    from rich.table import Table

    if not found.verified:
        out.print("None of these was computed by DFT (--verify N).", markup=False)
        return
    table = Table(title="By DFT, in the scaled cell as it is", title_justify="left")
    for head in ("candidate", "prototype", "stability", "lambda", "Tc (K)"):
        table.add_column(head, overflow="fold")
    for v in found.verified:
        coupling = "" if v.coupling is None else f"{v.coupling:.2f}"
        tc = "" if v.tc_k is None else f"{v.tc_k:.0f}"
        table.add_row(v.formula, v.prototype, v.stability, coupling, tc)
    out.print(table)


def _show_areas(out: Console, found: Design) -> None:
    judged = found.judged
    places = ", ".join(f"{m.formula} {place}" for m, place in judged.made if m.success)
    out.print(
        f"Of {judged.candidates} candidates of hydride prototypes, those that were made and have "
        f"a Tc of 77 K or more stand at: {places}.",
        soft_wrap=True,
        markup=False,
    )
    for area in judged.areas:
        out.print(_words(area), soft_wrap=True, markup=False)


def _words(area: Area) -> str:
    where = "within prototypes" if area.within else "over all"
    return (
        f"{area.name}, {where}: area under the curve {_interval(area.tunnel)}, by composition only "
        f"{_interval(area.composition)}, {area.successes} against {area.others}: {area.verdict}"
    )


def _interval(found: tuple[float, float, float] | None) -> str:
    return "unknown" if found is None else f"{found[0]:.2f} ({found[1]:.2f} to {found[2]:.2f})"
