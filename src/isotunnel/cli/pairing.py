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
    from rich.console import Console

    from isotunnel.analysis.pairing import PairingAlongPressure, PairingResult
    from isotunnel.analysis.pairing.result import PairingRange
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


def pairing(
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
    from isotunnel.analysis.pairing.table import plain_values
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
        csv=lambda: csv_of(plain_values(r.as_dict()) for r in results.values()),
        figures=figures,
        source=crystal,
    )
    deliver(output, product)
    if not results:
        raise EngineError(f"no pressure has a result; the first: {found.points[0].cannot_say}")


def _show_along(found: PairingAlongPressure) -> None:
    from isotunnel.cli.show import console, show_warnings

    show_along_pressure(console(), found)
    results = [p.result for p in found.points if p.result is not None]
    show_warnings(tuple(dict.fromkeys(w for r in results for w in r.warnings)))


def show_along_pressure(out: Console, found: PairingAlongPressure) -> None:
    """Print a line per pressure, and the slope of Tc."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=f"{escape(found.name)}, rigid muffin tins", title_justify="left")
    for header in ("P (GPa)", *_SCAN_COLUMNS):
        table.add_column(header, justify="right")
    table.add_column("")
    for point in found.points:
        cells = map(_or_dash, _scan_values(point.result))
        table.add_row(f"{point.asked_gpa:g}", *cells, escape(point.cannot_say))
    out.print(table)
    if found.dtc_dp_k_per_gpa is not None:
        out.print(f"  dTc/dP {found.dtc_dp_k_per_gpa:+.3g} K/GPa, a straight line through all")


_SCAN_COLUMNS = (
    "eta (eV/Å²)",
    "lambda",
    "omega_log (K)",
    "Tc (K)",
    "Tc by Eliashberg (K)",
    "isotope exponent",
)


def _scan_values(result: PairingResult | None) -> tuple[float | None, ...]:
    if result is None:
        return (None,) * len(_SCAN_COLUMNS)
    return (
        sum(m.scattering.hopfield_ev_per_angstrom2 for m in result.members),
        result.coupling,
        result.omega_log_k,
        result.tc_allen_dynes_k,
        result.tc_eliashberg_k,
        result.isotope_exponent,
    )


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
    from isotunnel.cli.show import console, show_warnings

    show_stored(console(), found)
    show_warnings(found.warnings)


def show_stored(out: Console, found: StoredPairing) -> None:
    """Print what is stored of one crystal."""
    group = "" if found.space_group is None else f", space group {found.space_group}"
    out.print(
        f"[bold]{found.name}[/bold]  rigid muffin tins, stored: {found.structure}{group}, "
        f"{found.pressure_gpa:g} GPa; nothing put in but mu* {found.mu_star:g}"
    )
    etas = ", ".join(f"{a.symbol} {a.hopfield_ev_per_angstrom2:.2f}" for a in found.atoms)
    out.print(f"  Hopfield parameters {etas} eV/angstrom^2", soft_wrap=True)
    out.print(
        f"  lambda {found.coupling:.3f}, omega_log {found.omega_log_k:.0f} K, "
        f"omega_2 {found.omega_2_k:.0f} K"
    )
    eliashberg = (
        "" if found.tc_eliashberg_k is None else f", {found.tc_eliashberg_k:.3g} K (Eliashberg)"
    )
    out.print(f"  Tc [bold]{found.tc_allen_dynes_k:.3g} K[/bold] (Allen-Dynes){eliashberg}")
    if found.range is not None:
        _show_range(out, found.range)
    out.print(f"  {found.source}", soft_wrap=True, markup=False)


def show_pairing(out: Console, result: PairingResult) -> None:
    """Print the coupling, Tc and a table of the atoms."""
    from rich.markup import escape

    out.print(
        f"[bold]{escape(result.name)}[/bold]  rigid muffin tins, {result.pressure_gpa:.1f} GPa"
    )
    if result.magnetism is not None:
        tried = ", ".join(start.name for start in result.magnetism.tried)
        out.print(f"  {result.magnetism.order}; tried: {tried}")
    error = "" if result.density_error is None else f" (coarser mesh: {result.density_error:.3f})"
    out.print(f"  N(E_F) {result.density_per_ev_spin:.3f}{error} per eV, spin and cell")
    _atoms(out, result)
    spectrum = result.spectrum
    if spectrum is None:
        out.print(f"  [bold]no Tc[/bold]: {escape(result.unstable)}")
        return
    out.print(
        f"  lambda {spectrum.coupling:.3f}, omega_log {spectrum.omega_log_k:.0f} K, "
        f"omega_2 {spectrum.omega_2_k:.0f} K, mu* {result.mu_star:.3f}"
    )
    out.print(
        f"  Tc [bold]{result.tc_allen_dynes_k:.3g} K[/bold] (Allen-Dynes), "
        f"[bold]{result.tc_eliashberg_k:.3g} K[/bold] (Eliashberg)"
    )
    if result.range is not None:
        _show_range(out, result.range)
    if result.isotope_exponent is not None:
        out.print(f"  isotope exponent {result.isotope_exponent:.3f}, all masses alike")
    if result.flat is not None:
        flat = result.flat
        out.print(
            f"  with a constant alpha2 per atom: lambda {flat.coupling:.3f}, omega_log "
            f"{flat.omega_log_k:.0f} K, Tc {flat.tc_k:.3g} K"
        )


def _show_range(out: Console, known: PairingRange) -> None:
    hydrides = (
        "" if known.tc_hydrides is None else f", that of Tc from {known.tc_hydrides} hydrides"
    )
    out.print(
        f"  linear response's lambda is to be expected from {known.lambda_low:.2f} to "
        f"{known.lambda_high:.2f}, with Tc {known.tc_low_k:.2g} to {known.tc_high_k:.2g} K "
        f"({known.share:.0%}; learnt from {known.crystals} crystals{hydrides})"
    )


def _atoms(out: Console, result: PairingResult) -> None:
    from rich.table import Table

    table = Table(title="Hopfield parameters, eV/angstrom^2", title_justify="left")
    names = [c.name for c in result.members[0].scattering.channels]
    for header in ("atom", "radius (bohr)", *names, "eta", "coarser mesh", "M/<w^-2>", "lambda"):
        table.add_column(header, justify="left" if header == "atom" else "right")
    for member in result.members:
        own = member.scattering
        table.add_row(
            member.symbol,
            f"{own.radius_bohr:.2f}",
            *(f"{c.hopfield_ev_per_angstrom2:.3f}" for c in own.channels),
            f"{own.hopfield_ev_per_angstrom2:.3f}",
            _or_dash(own.mesh_error),
            _or_dash(member.force_constant_ev_per_angstrom2),
            _or_dash(member.coupling),
        )
    out.print(table)


def _or_dash(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
