"""``isotunnel pairing``: electron-phonon coupling and Tc of a crystal, with nothing put in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.engine_options import DEFAULT_ENGINE, EngineChosen, EngineGroup
from isotunnel.cli.options import AcceptFormulaMismatchOption
from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_of, deliver, file_stem
from isotunnel.errors import EngineError, InputError

if TYPE_CHECKING:
    from isotunnel.analysis.pairing import PairingAlongPressure, PairingResult
    from isotunnel.analysis.pairing.stored import StoredPairing

EXAMPLES = """
Examples:

    isotunnel pairing Nb

    isotunnel pairing Nb --stored

    isotunnel pairing H3S@200GPa --json > h3s.json

    isotunnel pairing POSCAR --pressure 100 --figures pictures

    isotunnel pairing Nb --pressure 0:40:20

    isotunnel pairing Nb --forces chgnet
"""

# All electrons are PBE's, and no field is put on a grid.
ENGINE = EngineGroup(None, without=("grid", "xc"))


class ForcesChoice(StrEnum):
    """What gives the forces on displaced atoms."""

    GPAW = "gpaw"
    CHGNET = "chgnet"


COMPUTES = (
    *("pressure", "forces", "supercell_atoms", "dense_spacing"),
    *(parameter.name for parameter in ENGINE.parameters()),
    *("accept_formula_mismatch", "fresh"),
)
"""Options of a calculation, which would change nothing of a stored result."""


def pairing(
    context: typer.Context,
    crystal: Annotated[
        str,
        typer.Argument(help="A name (`isotunnel crystals`) or a crystal file (CIF, POSCAR, ...)."),
    ],
    pressure: Annotated[
        str | None,
        typer.Option(
            metavar="RANGE",
            help="GPa: one, start:stop:step or a,b,c. Cells are relaxed; default: as given.",
        ),
    ] = None,
    mu_star: Annotated[
        str, typer.Option(metavar="NUMBER", help="Coulomb pseudopotential, or bennemann-garland.")
    ] = "0.12",
    forces: Annotated[
        ForcesChoice,
        typer.Option(help="On displaced atoms: GPAW, or a potential of extra `mlip`."),
    ] = ForcesChoice.GPAW,
    supercell_atoms: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Atoms at most in the cells that phonons come from.",
            show_default="8 by GPAW, 64 by a potential",
        ),
    ] = None,
    dense_spacing: Annotated[
        float,
        typer.Option(
            metavar="1/ANGSTROM", help="Largest distance of k-points for N(E_F) and couplings."
        ),
    ] = 0.2,
    stored: Annotated[
        bool, typer.Option("--stored", help="Show a result computed beforehand; no DFT.")
    ] = False,
    engine: Annotated[EngineChosen, ENGINE] = DEFAULT_ENGINE,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; default: one per core.")
    ] = None,
    accept_formula_mismatch: AcceptFormulaMismatchOption = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Compute all pieces again.")] = False,
    output: Annotated[Output, Forms(figures=True)] = NOTHING,
) -> None:
    """From a crystal to lambda, alpha2F and Tc by rigid muffin tins; extra `dft`.

    Nothing measured is put in but mu*. Electrons and phonons come from GPAW, minutes for small
    cells. Pieces are kept as they are done: the same command goes on after an interruption.
    """
    from isotunnel.analysis.pairing import PairingSettings
    from isotunnel.analysis.pairing import pairing as run
    from isotunnel.analysis.pairing.store import PieceStore
    from isotunnel.analysis.pairing.table import plain_values
    from isotunnel.cli.progress import progress_bar
    from isotunnel.processors import usable_cores

    if stored:
        _refuse_to_compute(context)
        _stored(crystal, mu_star_of(mu_star), output)
        return
    settings = PairingSettings(
        mu_star=mu_star_of(mu_star),
        forces=forces.value,
        supercell_atoms=supercell_atoms,
        dense_spacing=dense_spacing,
        gpaw=engine.settings.gpaw(),
    )
    pressures = _pressures(pressure)
    store = PieceStore(fresh=fresh)
    processes = workers or usable_cores()
    if len(pressures) > 1:
        given: dict[str, Any] = {"settings": settings, "store": store}
        given |= {"accept_formula_mismatch": accept_formula_mismatch, "workers": processes}
        _along_pressure(crystal, pressures, given, output)
        return
    with progress_bar() as tell:
        result = run(
            crystal,
            pressure_gpa=pressures[0] if pressures else None,
            settings=settings,
            store=store,
            accept_formula_mismatch=accept_formula_mismatch,
            progress=tell,
            workers=processes,
        )
    product = Product(
        name=f"{file_stem(result.name)}-pairing",
        show=lambda: _show(result),
        json=result.as_dict,
        csv=lambda: csv_of([plain_values(result.as_dict())]),
        figures=lambda folder: _draw(result, folder),
        source=crystal,
    )
    deliver(output, product)


def _show(result: PairingResult) -> None:
    from isotunnel.cli.pairing_tables import show_pairing
    from isotunnel.cli.show import console, show_warnings

    show_pairing(console(), result)
    show_warnings(result.warnings)


def _draw(result: PairingResult, folder: Path, name: str = "") -> None:
    from isotunnel.report.figures.pairing import draw_pairing

    draw_pairing(result, folder, name)


def _pressures(text: str | None) -> tuple[float, ...]:
    from isotunnel.scan.ranges import parse_values

    return () if text is None else tuple(parse_values(text, "--pressure"))


def _along_pressure(
    crystal: str, pressures: tuple[float, ...], given: dict[str, Any], output: Output
) -> None:
    from isotunnel.analysis.pairing import pairing_along_pressure
    from isotunnel.analysis.pairing.table import pressure_records
    from isotunnel.cli.progress import progress_bar

    with progress_bar() as tell:
        found = pairing_along_pressure(crystal, pressures, progress=tell, **given)
    results = {p.asked_gpa: p.result for p in found.points if p.result is not None}

    def figures(folder: Path) -> None:
        from isotunnel.report.figures.pairing_scan import draw_along_pressure

        draw_along_pressure(found, folder)
        for asked, result in results.items():
            _draw(result, folder, f"{found.name}@{asked:g}GPa")

    product = Product(
        name=f"{file_stem(found.name)}-pairing",
        show=lambda: _show_along(found),
        json=found.as_dict,
        csv=lambda: csv_of(pressure_records(found.as_dict())),
        figures=figures,
        source=crystal,
    )
    deliver(output, product)
    if not results:
        raise EngineError(f"no pressure has a result; the first: {found.points[0].cannot_say}")


def _show_along(found: PairingAlongPressure) -> None:
    from isotunnel.cli.pairing_tables import show_along_pressure
    from isotunnel.cli.show import console, show_warnings

    show_along_pressure(console(), found)
    results = [p.result for p in found.points if p.result is not None]
    show_warnings(tuple(dict.fromkeys(w for r in results for w in r.warnings)))


def mu_star_of(text: str) -> float | None:
    """A number, or None for the formula of Bennemann and Garland.

    Raises:
        InputError: neither.
    """
    from isotunnel.analysis.pairing.compute import BENNEMANN_GARLAND

    if text.strip().lower() == BENNEMANN_GARLAND:
        return None
    try:
        return float(text)
    except ValueError:
        raise InputError(
            f"--mu-star: {text!r} is neither a number nor {BENNEMANN_GARLAND}"
        ) from None


def _refuse_to_compute(context: typer.Context) -> None:
    """Raise InputError where an option of a calculation is given beside ``--stored``."""
    sources = {name: context.get_parameter_source(name) for name in COMPUTES}
    given = [n for n, s in sources.items() if s is not None and s.name == "COMMANDLINE"]
    if given:
        options = ", ".join("--" + name.replace("_", "-") for name in given)
        raise InputError(
            f"--stored shows what was computed beforehand: leave {options} out, or --stored"
        )


def _stored(name: str, mu_star: float | None, output: Output) -> None:
    from isotunnel.analysis.pairing.stored import stored_pairing
    from isotunnel.analysis.pairing.table import plain_values

    if mu_star is None:
        raise InputError("--stored needs a number for --mu-star")
    if output.figures is not None:
        raise InputError("--stored has no spectrum to draw; leave --figures out")
    found = stored_pairing(name, mu_star)
    product = Product(
        name=f"{file_stem(found.name)}-pairing",
        show=lambda: _show_stored(found),
        json=found.as_dict,
        csv=lambda: csv_of([plain_values(found.as_dict())]),
        source=name,
    )
    deliver(output, product)


def _show_stored(found: StoredPairing) -> None:
    from isotunnel.cli.pairing_tables import show_stored
    from isotunnel.cli.show import console, show_warnings

    show_stored(console(), found)
    show_warnings(found.warnings)
