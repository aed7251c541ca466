"""Tables and lines of ``isotunnel pairing`` for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.number_text import critical_temperature, tc_without_unit
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import MU_STAR

if TYPE_CHECKING:
    from rich.console import Console

    from isotunnel.analysis.pairing import PairingAlongPressure, PairingResult
    from isotunnel.analysis.pairing.result import PairingRange
    from isotunnel.analysis.pairing.stored import StoredPairing


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
        f"; by Eliashberg's equations it is stored for mu* {MU_STAR:g} alone (--mu-star)"
        if found.tc_eliashberg_k is None
        else f", {critical_temperature(found.tc_eliashberg_k)} (Eliashberg)"
    )
    allen_dynes = critical_temperature(found.tc_allen_dynes_k)
    out.print(f"  Tc [bold]{allen_dynes}[/bold] (Allen-Dynes){eliashberg}")
    if found.range is not None:
        _show_range(out, found.range)
    out.print(f"  {found.source}", soft_wrap=True, markup=False)


def show_pairing(out: Console, result: PairingResult) -> None:
    """Print the coupling, Tc and a table of the atoms."""
    from rich.markup import escape

    pressure = f"{result.pressure_gpa:.1f} GPa by PBE"
    out.print(f"[bold]{escape(result.name)}[/bold]  rigid muffin tins, {pressure}")
    if result.magnetism is not None:
        tried = ", ".join(start.name for start in result.magnetism.tried)
        out.print(f"  {result.magnetism.order}; tried: {tried}")
    density = _plus_minus(result.density_per_ev_spin, result.density_error)
    out.print(f"  N(E_F) {density} per eV, spin and cell")
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
        f"  Tc [bold]{critical_temperature(result.tc_allen_dynes_k)}[/bold] (Allen-Dynes), "
        f"[bold]{critical_temperature(result.tc_eliashberg_k)}[/bold] (Eliashberg)"
    )
    if result.range is not None:
        _show_range(out, result.range)
    if result.isotope_exponent is not None:
        out.print(f"  isotope exponent {_isotopes(result)}")
    if result.flat is not None:
        flat = result.flat
        out.print(
            f"  with a constant alpha2 per atom: lambda {flat.coupling:.3f}, omega_log "
            f"{flat.omega_log_k:.0f} K, Tc {critical_temperature(flat.tc_k)}"
        )


def _isotopes(result: PairingResult) -> str:
    """That of all masses, and of a compound those of each element alone."""
    words = f"{result.isotope_exponent:.3f}, all masses alike"
    single = result.isotope_exponents
    if len(single) < 2:
        return words
    return f"{words}; " + ", ".join(f"{name} alone {value:.3f}" for name, value in single.items())


def _show_range(out: Console, known: PairingRange) -> None:
    hydrides = (
        "" if known.tc_hydrides is None else f", that of Tc from {known.tc_hydrides} hydrides"
    )
    out.print(
        f"  linear response's lambda is to be expected from {known.lambda_low:.2f} to "
        f"{known.lambda_high:.2f}, with Tc {tc_without_unit(known.tc_low_k)} to "
        f"{critical_temperature(known.tc_high_k)} "
        f"({known.share:.0%}; learnt from {known.crystals} crystals{hydrides})"
    )


def _atoms(out: Console, result: PairingResult) -> None:
    from rich.table import Table

    table = Table(title="Hopfield parameters, eV/angstrom^2", title_justify="left")
    names = [c.name for c in result.members[0].scattering.channels]
    for header in ("atom", "radius (bohr)", *names, "eta", "M/<w^-2>", "lambda"):
        table.add_column(header, justify="left" if header == "atom" else "right")
    for member in result.members:
        own = member.scattering
        table.add_row(
            member.symbol,
            f"{own.radius_bohr:.2f}",
            *(f"{c.hopfield_ev_per_angstrom2:.3f}" for c in own.channels),
            _plus_minus(own.hopfield_ev_per_angstrom2, own.mesh_error),
            _or_dash(member.force_constant_ev_per_angstrom2),
            _or_dash(member.coupling),
        )
    out.print(table)


def _plus_minus(value: float, change: float | None) -> str:
    """With what every second k-point alone would change."""
    return f"{value:.3f}" if change is None else f"{value:.3f} ± {abs(change):.3f}"


def _or_dash(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
