"""``isotunnel analyze``: everything about one crystal, with a report."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.options import (
    AcceptFormulaMismatchOption,
    CellChoiceOption,
    CellOption,
    ConnectivityChoice,
    ConnectivityOption,
    CorrectQeElfOption,
    DeltaCOption,
    EngineChoice,
    EngineOption,
    FermiOption,
    HDosOption,
    JsonOption,
    KeepQeElfOption,
    KindChoice,
    PressureOption,
    RefineOption,
    conducting_limits,
    corrected,
)
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from isotunnel.analysis.results import Analysis
    from isotunnel.fields.field import Field

EXAMPLES = """
Examples:

    isotunnel analyze H3S@200GPa

    isotunnel analyze POSCAR --engine procrystal --no-report

    isotunnel analyze crystal.cif --cell primitive

    isotunnel analyze ELFCAR --json > result.json

    isotunnel analyze elf_from_qe_7.2.cube --kind elf --correct-qe-elf

    isotunnel analyze vasp_run/ --dos vasp_run/dos

    isotunnel analyze qe_run/ --pressure 200

    isotunnel analyze ELFCAR --h-dos 0.59

    isotunnel analyze NaCl --delta-c ks=1.5 --report nacl.html
"""


def analyze(
    crystal: Annotated[
        str,
        typer.Argument(
            help="A name (`isotunnel crystals`), a crystal file (CIF, POSCAR, ...), a grid file, "
            "or the output folder of a VASP or Quantum ESPRESSO run."
        ),
    ],
    engine: EngineOption = EngineChoice.AUTO,
    cell: CellOption = CellChoiceOption.AS_GIVEN,
    accept_formula_mismatch: AcceptFormulaMismatchOption = False,
    connectivity: ConnectivityOption = ConnectivityChoice.ALL,
    refine: RefineOption = True,
    kind: Annotated[
        KindChoice | None, typer.Option(help="What a grid file's values are; guessed by default.")
    ] = None,
    correct_qe_elf: CorrectQeElfOption = False,
    keep_qe_elf: KeepQeElfOption = False,
    dos: Annotated[
        Path | None,
        typer.Option(help="Folder of a second run with the projected DOS, for an output folder."),
    ] = None,
    h_dos: HDosOption = None,
    fermi: FermiOption = None,
    pressure: PressureOption = None,
    delta_c: DeltaCOption = None,
    pairing: Annotated[
        bool, typer.Option("--pairing", help="Also coupling and Tc by rigid muffin tins (GPAW).")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(help="Report file; default: NAME-report.html in this folder.")
    ] = None,
    no_report: Annotated[bool, typer.Option("--no-report", help="Write no files.")] = False,
    figures: Annotated[
        bool, typer.Option(help="Write PNG and SVG figures beside the report.")
    ] = True,
    json: JsonOption = False,
) -> None:
    """Compute a crystal's tunnels, lifting gaps, electrical state and, for a hydride, Tc.

    For the output folder of a finished run everything is read from its files, and each number says
    from which one.
    Writes one HTML report that works offline, with the crystal in 3D, and prints a summary.
    """
    from isotunnel.analysis import analyze as run
    from isotunnel.analysis.inputs import is_folder
    from isotunnel.cli.first_run import announce_compiling
    from isotunnel.cli.progress import progress_bar
    from isotunnel.cli.show import console, console_for_problems, print_json, show_warnings

    limits = conducting_limits(delta_c)
    options: dict[str, Any] = {"kind": str(kind)} if kind else {}
    subject: Any = crystal
    if is_folder(crystal):
        options |= _folder_options(dos, correct_qe_elf, keep_qe_elf)
    elif dos is not None or keep_qe_elf:
        if os.sep in crystal and not Path(crystal).exists():
            raise InputError(f"{crystal}: no such file or folder")
        raise InputError(
            f"--dos and --keep-qe-elf are for the output folder of a run; {crystal} is no folder"
        )
    elif correct_qe_elf:
        subject, options = _corrected(crystal, options), {}
    if report is not None:
        if no_report:
            raise InputError("--report and --no-report contradict each other; give one of them")
        _check_page(report)
    announce_compiling()
    with progress_bar() as tell:
        result = run(
            subject,
            engine=engine.value,
            cell=cell.value,
            accept_formula_mismatch=accept_formula_mismatch,
            connectivity=connectivity.number,
            refine=refine,
            delta_c=limits,
            h_dos=h_dos,
            fermi_ev=fermi,
            pressure_gpa=pressure,
            progress=tell,
            **options,
        )
    if pairing:
        result = _with_pairing(result, crystal, accept_formula_mismatch)
    # Results first: a report that fails to be written must not take them along.
    if json:
        print_json(result.as_dict())
    else:
        from isotunnel.cli.summary import show_analysis

        show_analysis(console(), result)
        if result.pairing is not None:
            from isotunnel.cli.pairing import show_pairing

            show_pairing(console(), result.pairing)
        show_warnings(result.warnings)
    if not no_report:
        from isotunnel.report import write_report

        path = report or Path(f"{_file_name(result.name)}-report.html")
        with progress_bar() as tell:
            tell("writing the report", None)
            written = write_report(result, path, figures=figures)
        console_for_problems().print(f"report: {written.html}", soft_wrap=True, markup=False)


def _folder_options(dos: Path | None, correct: bool, keep: bool) -> dict[str, Any]:
    """How a run's folder is read; None for the correction where its files decide it."""
    if correct and keep:
        raise InputError("--correct-qe-elf and --keep-qe-elf contradict each other; give one")
    decided = True if correct else False if keep else None
    return {"dos": dos, "correct_qe_elf": decided}


def _with_pairing(result: Analysis, crystal: str, accept_formula_mismatch: bool) -> Analysis:
    """The analysis with coupling and Tc, or with a warning that says why there are none."""
    from isotunnel.analysis.pairing import pairing
    from isotunnel.cli.progress import progress_bar
    from isotunnel.errors import CannotSay, EngineError

    try:
        with progress_bar() as tell:
            found = pairing(crystal, accept_formula_mismatch=accept_formula_mismatch, progress=tell)
    except (CannotSay, EngineError) as error:
        return replace(result, warnings=(*result.warnings, f"no pairing: {error}"))
    return replace(result, pairing=found, warnings=(*result.warnings, *found.warnings))


def _corrected(crystal: str, options: dict[str, Any]) -> tuple[Field, ...]:
    """The fields of a grid file with their ELF corrected.

    Raises:
        InputError: a crystal, whose ELF is computed here and right.
    """
    from isotunnel.analysis.inputs import understand

    fields = understand(crystal, **options).fields
    if not fields:
        raise InputError(
            f"--correct-qe-elf is for an ELF that Quantum ESPRESSO wrote; {crystal} is no grid file"
        )
    return corrected(fields)


def _check_page(path: Path) -> None:
    if path.suffix.lower() not in ("", ".htm", ".html"):
        raise InputError(f"--report: {path} would hold a web page; name a file that ends in .html")
    _check_writable(path)


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


def _file_name(name: str) -> str:
    """A name as part of a file name: letters, digits and a few marks."""
    return re.sub(r"[^A-Za-z0-9@._+-]+", "_", name).strip("._") or "crystal"
