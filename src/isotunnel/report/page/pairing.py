"""The block of coupling and Tc by rigid muffin tins, where they were asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from isotunnel.report import text
from isotunnel.report.page.settings import settings_in_words
from isotunnel.report.page.templates import fill

if TYPE_CHECKING:
    from isotunnel.analysis.pairing import PairedAtom, PairingResult
    from isotunnel.analysis.pairing.result import PairingRange

HOPFIELD_UNIT = "eV/\N{LATIN CAPITAL LETTER A WITH RING ABOVE}\N{SUPERSCRIPT TWO}"


def pairing_section(result: PairingResult | None) -> str:
    """Main numbers, atoms and figure; nothing where no pairing was asked for."""
    if result is None:
        return ""
    return fill(
        "pairing.html",
        result=result,
        facts=list(_facts(result)),
        unit=HOPFIELD_UNIT,
        rows=_rows(result),
        drawing=_drawing(result),
        settings=settings_in_words(result.settings),
        versions=", ".join(f"{name} {version}" for name, version in result.versions.items()),
    )


def _facts(result: PairingResult) -> Iterator[tuple[str, str]]:
    """Name and value of the numbers of the whole crystal."""
    spectrum, tc = result.spectrum, text.critical_temperature
    if spectrum is not None:
        yield "\u03bb, coupling to phonons", text.number(spectrum.coupling, digits=3)
        yield "Critical temperature by Allen and Dynes", tc(result.tc_allen_dynes_k)
        yield "Critical temperature by Eliashberg's equations", tc(result.tc_eliashberg_k)
    if result.range is not None:
        yield from _expected(result.range)
    if spectrum is not None:
        log = Markup("\u03c9<sub>log</sub>, logarithmic mean of the phonons")
        yield log, _kelvin(spectrum.omega_log_k)
        yield Markup("\u03c9<sub>2</sub>, root of their mean square"), _kelvin(spectrum.omega_2_k)
    if result.isotope_exponent is not None:
        yield "Isotope exponent, all masses alike", text.number(result.isotope_exponent, digits=3)
        if len(result.isotope_exponents) > 1:
            for symbol, value in result.isotope_exponents.items():
                yield f"Isotope exponent, {symbol} alone", text.number(value, digits=3)
    if result.flat is not None:
        words = f"\u03bb {text.number(result.flat.coupling, digits=3)}"
        yield "With a constant \u03b1\u00b2 for each atom", f"{words}; {tc(result.flat.tc_k)}"
    yield "\u03bc*, Coulomb pseudopotential", f"{result.mu_star:.3f} ({result.mu_star_source})"
    yield (
        "States at the Fermi level",
        text.with_error(result.density_per_ev_spin, result.density_error, "per eV, spin and cell"),
    )
    yield "Pressure of the cell", text.number(result.pressure_gpa, "GPa", digits=3)
    if result.magnetism is not None:
        tried = ", ".join(start.name for start in result.magnetism.tried)
        yield "Magnetic states tried", tried


def _expected(known: PairingRange) -> Iterator[tuple[str, str]]:
    """Where linear response's lambda and Tc are to be expected."""
    low, high = (text.number(v, digits=2) for v in (known.lambda_low, known.lambda_high))
    where = f"{100 * known.share:.0f} % of crystals; learnt from {known.crystals}"
    yield "\u03bb by linear response is to be expected", f"from {low} to {high} ({where})"
    low, high = (text.critical_temperature(v, digits=2) for v in (known.tc_low_k, known.tc_high_k))
    learnt = "" if known.tc_hydrides is None else f" (learnt from {known.tc_hydrides} hydrides)"
    yield (
        "Critical temperature by linear response is to be expected",
        (low if low == high else f"from {low} to {high}") + learnt,
    )


def _kelvin(value: float) -> str:
    return text.number(value, "K", digits=3)


def _rows(result: PairingResult) -> list[tuple[str, tuple[str, ...]]]:
    """A row for all atoms that are alike, with how many they are."""
    alike = Counter((m.symbol, _cells(m)) for m in result.members)
    return [
        (symbol if count == 1 else f"{symbol} ({count} alike)", cells)
        for (symbol, cells), count in alike.items()
    ]


def _cells(atom: PairedAtom) -> tuple[str, ...]:
    own = atom.scattering
    return (
        text.number(atom.coupling, digits=3, missing="\u2013"),
        text.with_error(own.hopfield_ev_per_angstrom2, own.mesh_error),
        ", ".join(f"{name} {text.number(v, digits=2)}" for name, v in atom.channels.items()),
        text.number(atom.force_constant_ev_per_angstrom2, digits=3, missing="\u2013"),
        text.number(own.radius_bohr, digits=3),
    )


def _drawing(result: PairingResult) -> str:
    from isotunnel.report.figures.inline import inline_svg
    from isotunnel.report.figures.pairing_spectrum import pairing_figure

    title = "alpha2F, and the phonon density of states by element, against the phonon energy"
    return inline_svg(lambda: pairing_figure(result), "pairing", title)
