"""``isotunnel scorecard``: the paper's claims, each judged by a rule against measured data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, deliver
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from isotunnel.scorecard import Claim, Scorecard

EXAMPLES = """
Examples:

    isotunnel scorecard

    isotunnel scorecard --claim A4 --claim C3

    isotunnel scorecard --claim A4 --trace

    isotunnel scorecard -o scorecard.html -o scorecard.json

    isotunnel scorecard --theory examples/my_theory.py:VolumeOnly
"""


def scorecard(
    claim: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A claim such as A4, with details; may be repeated."),
    ] = None,
    theory: Annotated[
        str | None,
        typer.Option(
            metavar="MODULE:CLASS", help="Also judge a theory of your own; FILE.py:CLASS works too."
        ),
    ] = None,
    trace: Annotated[
        bool,
        typer.Option("--trace", help="Print the chain from rows with sources to verdict."),
    ] = False,
    output: Annotated[Output, Forms(("html",), figures=True)] = NOTHING,
) -> None:
    """Judge the paper's claims and the standard theory's by rules fixed beforehand.

    Verdicts: supported, contradicted, mixed, undecided (too few data), and necessary, not telling,
    where others predict too all that is met. Each comes from numbers with their 95 % intervals (of
    few values: their range) and the rule in the register; claims not computed yet are counted as
    such. From tables and the atlas only: no DFT, no network.
    """
    from isotunnel.report import write_scorecard
    from isotunnel.report.figures.claim.figure import draw_claims
    from isotunnel.scorecard.table import csv_text

    if trace and (output.csv or output.json):
        raise InputError("give either --csv or --json or --trace, one of the three, for stdout")
    found = _judged(claim or [], theory)
    product = Product(
        name="-".join((*(claim or ()), "scorecard")),
        show=lambda: _show(found, trace=trace, details=bool(claim)),
        json=found.as_dict,
        csv=lambda: csv_text(found),
        files={"html": lambda path: write_scorecard(found, path)},
        figures=lambda folder: draw_claims(found.results, folder),
    )
    deliver(output, product)


def _show(found: Scorecard, *, trace: bool, details: bool) -> None:
    from isotunnel.cli.scorecard_tables import show_scorecard
    from isotunnel.cli.show import console
    from isotunnel.scorecard.trace import trace as lines_of

    if not trace:
        show_scorecard(console(), found, details=details)
        return
    for result in found.results:
        sys.stdout.writelines(f"{line}\n" for line in lines_of(result))


def _judged(ids: list[str], theory: str | None) -> Scorecard:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from isotunnel.claims import claim, register, scorecard
    from isotunnel.cli.show import console_for_problems
    from isotunnel.evidence.sources import Sources
    from isotunnel.scorecard.user_theory import load_theory

    entries = tuple({c.id: c for c in map(claim, ids)}.values()) if ids else register()
    own = load_theory(theory) if theory is not None else None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    err = console_for_problems()
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("judging", total=len(entries))

        def tell(entry: Claim, place: int, _: int) -> None:
            bar.update(task, description=f"judging {entry.id}", completed=place - 1)

        return scorecard(Sources(user_theory=own), entries, tell)
