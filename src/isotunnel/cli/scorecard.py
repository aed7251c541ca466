"""``isotunnel scorecard``: the paper's claims, each judged by a rule against measured data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.errors import InputError

if TYPE_CHECKING:
    from isotunnel.scorecard import Claim, Scorecard

EXAMPLES = """
Examples:

    isotunnel scorecard

    isotunnel scorecard --claim A4 --claim C3

    isotunnel scorecard --claim A4 --trace

    isotunnel scorecard --html scorecard.html --json > scorecard.json

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
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the page with figures and rows.")
    ] = None,
    figures: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write one figure per claim there, PNG and SVG."),
    ] = None,
    csv: Annotated[
        bool, typer.Option("--csv", help="CSV on stdout, a row per claim, side and number.")
    ] = False,
    trace: Annotated[
        bool,
        typer.Option("--trace", help="Print the chain from rows with sources to verdict."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Judge the paper's claims and the standard theory's by rules fixed beforehand.

    Verdicts: supported, contradicted, mixed, undecided (too few data), and necessary, not telling,
    where others predict too all that is met. Each comes from numbers with their 95 % intervals (of
    few values: their range) and the rule in the register; claims not computed yet are counted as
    such. From tables and the atlas only: no DFT, no network.
    """
    from isotunnel.cli.show import console, console_for_problems, print_json

    if csv + json + trace > 1:
        raise InputError("give either --csv or --json or --trace, one of the three")
    for option, path in (("--html", html), ("--figures", figures)):
        _check_target(option, path)
    found = _judged(claim or [], theory)
    if json:
        print_json(found.as_dict())
    elif csv:
        from isotunnel.scorecard.table import csv_text

        sys.stdout.write(csv_text(found))
    elif trace:
        from isotunnel.scorecard.trace import trace as lines_of

        for result in found.results:
            sys.stdout.writelines(f"{line}\n" for line in lines_of(result))
    else:
        from isotunnel.cli.scorecard_tables import show_scorecard

        show_scorecard(console(), found, details=bool(claim))
    err = console_for_problems()
    if figures is not None:
        from isotunnel.report.figures.claim.figure import draw_claims

        written = draw_claims(found.results, figures)
        err.print(f"figures: {len(written)} as PNG and SVG in {figures}", soft_wrap=True)
    if html is not None:
        from isotunnel.report import write_scorecard

        err.print(f"page: {write_scorecard(found, html)}", soft_wrap=True, markup=False)


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


def _check_target(option: str, path: Path | None) -> None:
    """Refuse what cannot be written before half a minute is spent."""
    if path is None:
        return
    if str(path).startswith("-"):
        raise InputError(f"{option} {path}: the name is missing (./{path} for a file of that name)")
    if option == "--html" and path.is_dir():
        raise InputError(f"--html {path} is a folder; give a file")
    if option == "--figures" and path.exists() and not path.is_dir():
        raise InputError(f"--figures {path} is a file; give a folder")
    folder = path if option == "--figures" else path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{option} {path}: {error.strerror or error}") from None
