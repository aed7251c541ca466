"""``isotunnel analyze``: everything about one crystal, with a report."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.tunnels import ConnectivityChoice, KindChoice
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from isotunnel.fields.engines.base import Progress

EXAMPLES = """
Examples:

    isotunnel analyze H3S@200GPa

    isotunnel analyze POSCAR --engine procrystal --no-report

    isotunnel analyze ELFCAR --json > result.json

    isotunnel analyze NaCl --delta-c ks=1.5 --report nacl.html
"""


class EngineChoice(StrEnum):
    """What computes the fields."""

    AUTO = "auto"
    GPAW = "gpaw"
    PROCRYSTAL = "procrystal"


def analyze(
    crystal: Annotated[
        str,
        typer.Argument(
            help="A name (`isotunnel crystals`), a crystal file (CIF, POSCAR, ...) or a grid file."
        ),
    ],
    engine: Annotated[
        EngineChoice, typer.Option(help="auto takes GPAW where it is installed.")
    ] = EngineChoice.AUTO,
    connectivity: Annotated[
        ConnectivityChoice, typer.Option(help="Voxels touch by faces (6) or also edges, corners.")
    ] = ConnectivityChoice.ALL,
    refine: Annotated[
        bool, typer.Option(help="Find the thresholds between grid points, with an error.")
    ] = True,
    kind: Annotated[
        KindChoice | None, typer.Option(help="What a grid file's values are; guessed by default.")
    ] = None,
    delta_c: Annotated[
        list[str] | None,
        typer.Option(metavar="READING=VALUE", help="Gap up to which a reading says conducting."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Report file; default: NAME-report.html in this folder.")
    ] = None,
    no_report: Annotated[bool, typer.Option("--no-report", help="Write no files.")] = False,
    figures: Annotated[
        bool, typer.Option(help="Write PNG and SVG figures beside the report.")
    ] = True,
    json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Compute a crystal's tunnels, lifting gaps, electrical state and, for a hydride, Tc.

    Writes one HTML report that works offline, with the crystal in 3D, and prints a summary.
    """
    from isotunnel.analysis import analyze as run
    from isotunnel.cli.first_run import announce_compiling
    from isotunnel.cli.show import console, console_for_problems, print_json, show_warnings

    limits = _limits(delta_c or [])
    options = {"kind": str(kind)} if kind else {}
    if report is not None:
        _check_writable(report)
    announce_compiling()
    with progress_bar() as tell:
        result = run(
            crystal,
            engine=engine.value,
            connectivity=26 if connectivity == "26" else 6,
            refine=refine,
            delta_c=limits,
            progress=tell,
            **options,
        )
    # Results first: a report that fails to be written must not take them along.
    if json:
        print_json(result.as_dict())
    else:
        from isotunnel.cli.summary import show_analysis

        show_analysis(console(), result)
        show_warnings(result.warnings)
    if not no_report:
        from isotunnel.report import write_report

        path = report or Path(f"{_file_name(result.name)}-report.html")
        with progress_bar() as tell:
            tell("writing the report", None)
            written = write_report(result, path, figures=figures)
        console_for_problems().print(f"report: {written.html}", soft_wrap=True, markup=False)


def _check_writable(path: Path, option: str = "--report") -> None:
    """Refuse now a file that could not be written after minutes of computing."""
    if path.is_dir():
        raise InputError(f"{option}: {path} is a folder; name a file in it")
    # The folder may not exist yet; what it will be made in must.
    home = next(parent for parent in path.absolute().parents if parent.exists())
    if not home.is_dir():
        raise InputError(f"{option}: {home} is not a folder, so {path} cannot be written")
    if not os.access(home, os.W_OK):
        raise InputError(f"{option}: the folder {home} may not be written to")


def _limits(texts: list[str]) -> dict[str, float]:
    """Parse READING=VALUE pairs."""
    from isotunnel.levels import readings

    known = [r.name for r in readings()]
    limits = {}
    for text in texts:
        name, _, value = text.partition("=")
        if name not in known:
            raise InputError(f"--delta-c: unknown reading {name!r}; known: {', '.join(known)}")
        try:
            limits[name] = float(value)
        except ValueError:
            raise InputError(
                f"--delta-c: {text!r} is not READING=VALUE with a number, such as ks=1.0"
            ) from None
    return limits


def _file_name(name: str) -> str:
    """A name as part of a file name: letters, digits and a few marks."""
    return re.sub(r"[^A-Za-z0-9@._+-]+", "_", name).strip("._") or "crystal"


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress line on stderr: a bar on a terminal, one line per step otherwise."""
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from isotunnel.cli.show import console_for_problems

    err = console_for_problems()
    if not err.is_terminal:
        yield _steps(err)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def tell(message: str, fraction: float | None) -> None:
            total = None if fraction is None else 1.0
            bar.update(task, description=message, total=total, completed=fraction or 0.0)

        yield tell


def _steps(err) -> Progress:  # type: ignore[no-untyped-def]
    """Print a message when it differs from the last one but for its numbers."""
    last = ""

    def tell(message: str, _fraction: float | None) -> None:
        nonlocal last
        stem = re.sub(r"[\d.e+-]+", "#", message)
        if stem != last:
            err.print(f"... {message}", soft_wrap=True, markup=False)
        last = stem

    return tell
