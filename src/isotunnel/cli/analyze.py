"""``isotunnel analyze``: everything about one crystal, with a report."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.engine_options import DEFAULT_ENGINE, ENGINE, EngineChosen
from isotunnel.cli.field_files import FIELD_FILES, NO_FIELD_FILES, FieldFiles, tell_written
from isotunnel.cli.kept import Kept
from isotunnel.cli.options import (
    AcceptFormulaMismatchOption,
    CellChoiceOption,
    CellOption,
    ConnectivityChoice,
    ConnectivityOption,
    CorrectQeElfOption,
    DeltaCOption,
    FermiOption,
    HDosOption,
    KeepQeElfOption,
    KindChoice,
    PressureOption,
    RefineOption,
    conducting_limits,
    corrected,
)
from isotunnel.cli.output import (
    NOTHING,
    Forms,
    Output,
    Product,
    csv_text,
    deliver,
    file_stem,
)
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from isotunnel.analysis.results import Analysis
    from isotunnel.fields.field import Field

EXAMPLES = """
Examples:

    isotunnel analyze H3S@200GPa

    isotunnel analyze POSCAR --engine procrystal --no-files

    isotunnel analyze crystal.cif --cell primitive

    isotunnel analyze A.cif B.cif cifs/ -o reports/

    isotunnel analyze ELFCAR --json > result.json

    isotunnel analyze elf_from_qe_7.2.cube --kind elf --correct-qe-elf

    isotunnel analyze vasp_run/ --dos vasp_run/dos

    isotunnel analyze qe_run/ --pressure 200

    isotunnel analyze ELFCAR --h-dos 0.59

    isotunnel analyze NaCl --save-fields nacl.cube --save-surface nacl.glb --field density

    isotunnel analyze NaCl --delta-c ks=1.5 -o nacl.html --figures pictures
"""


def analyze(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="CRYSTAL...",
            help="Names (`isotunnel crystals`), crystal files (CIF, POSCAR, ...), grid files, "
            "output folders of VASP or Quantum ESPRESSO runs, or folders of such.",
        ),
    ],
    engine: Annotated[EngineChosen, ENGINE] = DEFAULT_ENGINE,
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
        bool,
        typer.Option(
            "--pairing",
            help="Also coupling and Tc by rigid muffin tins (GPAW, wherever the fields are from).",
        ),
    ] = False,
    files: Annotated[FieldFiles, FIELD_FILES] = NO_FIELD_FILES,
    output: Annotated[Output, Forms(("html",), default=("html",), figures=True)] = NOTHING,
) -> None:
    """Compute a crystal's tunnels, lifting gaps, electrical state and, for a hydride, Tc.

    For the output folder of a finished run everything is read from its files, and each number says
    from which one.
    Writes one HTML report that works offline, with the crystal in 3D, and prints a summary. Of
    several inputs, each gets its report, and one table tells of all; a bad one does not stop the
    others.
    """
    from isotunnel.cli.analyze_many import analyze_many, inputs_in
    from isotunnel.cli.first_run import prepare_kernels
    from isotunnel.cli.progress import progress_bar

    common: dict[str, Any] = {
        "engine": engine.name,
        "engine_settings": engine.settings,
        "cell": cell.value,
        "accept_formula_mismatch": accept_formula_mismatch,
        "connectivity": connectivity.number,
        "refine": refine,
        "delta_c": conducting_limits(delta_c),
        "h_dos": h_dos,
        "fermi_ev": fermi,
        "pressure_gpa": pressure,
    }

    def run(crystal: str) -> tuple[Analysis, Product]:
        subject, options = _subject(crystal, kind, dos, correct_qe_elf, keep_qe_elf)
        asked = {**common, **options}
        # What a correction has consumed of the options still tells one entry from another.
        kept = Kept.of(crystal, {**asked, "kind": kind and str(kind)}, corrected=correct_qe_elf)
        result = kept.analysis()
        if result is None:
            from isotunnel.analysis import analyze as analysis_of

            prepare_kernels()
            with progress_bar() as tell:
                result = analysis_of(subject, progress=tell, **asked)
            kept.keep(result)
        if pairing:
            result = _with_pairing(result, crystal, engine, accept_formula_mismatch)
            kept = Kept.nothing()
        return result, _product(result, crystal, kept)

    every = inputs_in(inputs)
    if len(every) == 1:
        result, product = run(every[0])
        deliver(output, product)
        tell_written(files.write(result.tunnels[result.structure.engine]))
    elif files.fields is not None or files.surface is not None:
        raise InputError("--save-fields and --save-surface are for one input, not for several")
    else:
        analyze_many(every, run, output)


def _subject(
    crystal: str, kind: KindChoice | None, dos: Path | None, correct: bool, keep: bool
) -> tuple[Any, dict[str, Any]]:
    """What is analysed, and how it is read.

    Raises:
        InputError: an option that does not go with it.
    """
    from isotunnel.analysis.inputs import is_folder

    options: dict[str, Any] = {"kind": str(kind)} if kind else {}
    if is_folder(crystal):
        return crystal, options | _folder_options(dos, correct, keep)
    if dos is not None or keep:
        if os.sep in crystal and not Path(crystal).exists():
            raise InputError(f"{crystal}: no such file or folder")
        raise InputError(
            f"--dos and --keep-qe-elf are for the output folder of a run; {crystal} is no folder"
        )
    if correct:
        return _corrected(crystal, options), {}
    return crystal, options


def _product(result: Analysis, crystal: str, kept: Kept) -> Product:
    """The analysis in every form."""
    from isotunnel.analysis.table import analysis_table

    def page(path: Path) -> None:
        if kept.write_page(path):
            return
        from isotunnel.cli.progress import progress_bar
        from isotunnel.report import write_report

        with progress_bar() as tell:
            tell("writing the report", None)
            kept.keep_page(write_report(result, path).html)

    def figures(folder: Path) -> None:
        from isotunnel.report.figures.draw import draw_figures

        draw_figures(result, folder / file_stem(result.name))

    return Product(
        name=f"{file_stem(result.name)}-report",
        show=lambda: _show(result),
        json=result.as_dict,
        csv=lambda: csv_text(*analysis_table((result,))),
        files={"html": page},
        figures=figures,
        source=crystal,
    )


def _show(result: Analysis) -> None:
    from isotunnel.cli.show import console, show_warnings
    from isotunnel.cli.summary import show_analysis

    show_analysis(console(), result)
    if result.pairing is not None:
        from isotunnel.cli.pairing_tables import show_pairing

        show_pairing(console(), result.pairing)
    show_warnings(result.warnings)


def _folder_options(dos: Path | None, correct: bool, keep: bool) -> dict[str, Any]:
    """How a run's folder is read; None for the correction where its files decide it."""
    if correct and keep:
        raise InputError("--correct-qe-elf and --keep-qe-elf contradict each other; give one")
    decided = True if correct else False if keep else None
    return {"dos": dos, "correct_qe_elf": decided}


def _with_pairing(
    result: Analysis, crystal: str, engine: EngineChosen, accept_formula_mismatch: bool
) -> Analysis:
    """The analysis with coupling and Tc, or with a warning that says why there are none."""
    from isotunnel.analysis.pairing import PairingSettings, pairing
    from isotunnel.cli.progress import progress_bar
    from isotunnel.errors import CannotSay, EngineError
    from isotunnel.processors import usable_cores

    try:
        with progress_bar() as tell:
            found = pairing(
                crystal,
                settings=PairingSettings(gpaw=engine.settings.gpaw()),
                accept_formula_mismatch=accept_formula_mismatch,
                progress=tell,
                workers=usable_cores(),
            )
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
