"""What ``isotunnel critical`` prints."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from rich.table import Table

from isotunnel.studies.critical_curves import HC, HC2

if TYPE_CHECKING:
    from rich.console import Console

    from isotunnel.studies.critical import CriticalElement
    from isotunnel.studies.critical_curves import CriticalCurves, FieldCurve, FieldSummary

CURVE_COLUMNS = ("quantity", "curve", "law", "field_0_mt", "tc_k", "held_out_mt")
LAWS = {HC: ("parabola", "BCS", "tunnel"), HC2: ("parabola", "WHH", "GL", "tunnel")}
SUMMARY_COLUMNS = (
    "material",
    "quantity",
    "curves",
    "points",
    *(f"held_out_{law.lower()}" for law in ("parabola", "BCS", "WHH", "GL", "tunnel")),
    *(f"lowest_over_measured_{law.lower()}" for law in LAWS[HC2]),
)
_FILMS = {
    "measured": "in thin strips",
    "Hc / depth": "Hc / depth, as thin films are reported to reach",
    "Hc1 / depth": "Hc1 / depth, as thin films of type II are reported to reach",
    "": "none known",
}
_OFF = "off: error at points left out of the fit, in % of the field at zero"
_LOW = "; low / seen: field at the lowest temperature, from points near Tc, over the measured"
_TITLES = {HC: "thermodynamic critical field", HC2: "upper critical field"}


def show_element(out: Console, element: CriticalElement) -> None:
    """Fields and currents by theory, curves, what cannot be said, sources."""
    table = Table(
        title=f"{element.element} at zero temperature and pressure, Tc {element.tc_k:g} K",
        title_justify="left",
        caption=f"currents: depairing; measured: {_FILMS[element.film_current_from]}; of a wire: "
        "Silsbee's, 2 pi radius Hc",
        caption_justify="left",
    )
    table.add_column("theory")
    table.add_column("critical field (mT)", justify="right")
    table.add_column("current density (A/cm²)", justify="right")
    table.add_column("wire of 1 mm radius (A)", justify="right")
    for theory, *numbers in theory_rows(element):
        table.add_row(theory, *map(_cell, numbers))
    out.print(table)
    for name, spread, unit in (
        ("critical field", element.field_spread_mt, "mT"),
        ("penetration depth", element.depth_spread_nm, "nm"),
    ):
        if spread[0] < spread[1]:
            out.print(f"measured {name}: {spread[0]:.4g} to {spread[1]:.4g} {unit}", markup=False)
    _show_curves(out, element.curves)
    for theory, reason in element.silent.items():
        out.print(f"{theory} cannot say: {reason}", soft_wrap=True, markup=False)
    curves = [r.source for c in element.curves for r in c.rows]
    _show_sources(out, [*(r.source for r in element.rows), *curves])


def show_compound(out: Console, compound: CriticalCurves) -> None:
    """Curves of a compound and their sources."""
    out.print(f"{compound.material}: measured critical fields against temperature", markup=False)
    _show_curves(out, compound.curves)
    _show_sources(out, [r.source for c in compound.curves for r in c.rows])


def show_all(out: Console, summaries: Sequence[FieldSummary]) -> None:
    """A table for each field, its medians last."""
    for quantity, laws in LAWS.items():
        own = [s for s in summaries if s.quantity == quantity]
        table = Table(
            title=f"{_TITLES[quantity].capitalize()} of {len(own)} materials against temperature",
            title_justify="left",
            caption=_OFF + (_LOW if quantity == HC2 else ""),
            caption_justify="left",
        )
        table.add_column("material")
        table.add_column("points", justify="right")
        for law in laws:
            table.add_column(f"{law} off (%)", justify="right")
        for law in laws if quantity == HC2 else ():
            table.add_column(f"{law} low / seen", justify="right")
        for s in own:
            table.add_row(s.material, str(s.points), *_summary_cells(s, laws))
        table.add_section()
        table.add_row("median", "", *_medians(own, laws))
        out.print(table)


def theory_rows(element: CriticalElement) -> Iterator[tuple[str, float, float, float]]:
    """What is measured, then every theory; what is not known is NaN."""
    wires = element.wire_currents_a
    measured = (element.field_mt, element.film_current_a_cm2)
    yield "measured", *measured, wires.get("measured", math.nan)
    for theory, field in element.fields_t.items():
        current = element.currents_a_cm2.get(theory, math.nan)
        yield theory, field * 1e3, current, wires.get(theory, math.nan)


def curve_rows(curves: Sequence[FieldCurve]) -> Iterator[tuple[str, str, str, float, float, float]]:
    """Every law of every curve."""
    for curve in curves:
        for law, fit in curve.fits.items():
            numbers = (fit.field_0_mt, fit.tc_k, fit.held_out_mt)
            yield curve.quantity, curve.method, law, *numbers


def summary_rows(summaries: Sequence[FieldSummary]) -> Iterator[tuple[str | int | float, ...]]:
    """A row a material; NaN where a law is not of its field."""
    for s in summaries:
        held = [s.held_out.get(law, math.nan) for law in ("parabola", "BCS", "WHH", "GL", "tunnel")]
        low = [s.lowest_over_measured.get(law, math.nan) for law in LAWS[HC2]]
        yield s.material, s.quantity, s.curves, s.points, *held, *low


def _show_curves(out: Console, curves: Sequence[FieldCurve]) -> None:
    for curve in curves:
        upper = curve.quantity == HC2
        unit, scale = ("T", 1e-3) if upper else ("mT", 1.0)
        kind = f"{_TITLES[curve.quantity]}, " if upper else ""
        head = f"{curve.method}: {kind}{curve.fields_mt.size} points, every other one fitted:"
        out.print(head, soft_wrap=True, markup=False)
        for law, fit in curve.fits.items():
            share = 100 * fit.held_out_mt / curve.fits["parabola"].field_0_mt
            out.print(
                f"  {law}: {fit.field_0_mt * scale:.4g} {unit}, Tc {fit.tc_k:.4g} K, "
                f"{fit.held_out_mt * scale:.2g} {unit} ({share:.1f} %) off between",
                soft_wrap=True,
                markup=False,
            )
        if curve.lowest_over_measured:
            low = ", ".join(f"{n} {r:.2f}" for n, r in curve.lowest_over_measured.items())
            coldest = f"{curve.temperatures_k[0]:.3g} K"
            line = f"  field at {coldest} from points near Tc, over the measured: {low}"
            out.print(line, soft_wrap=True, markup=False)


def _show_sources(out: Console, sources: Sequence[str]) -> None:
    for source in dict.fromkeys(sources):
        out.print(f"  {source}", soft_wrap=True, markup=False)


def _summary_cells(s: FieldSummary, laws: Sequence[str]) -> list[str]:
    cells = [f"{100 * s.held_out[law]:.1f}" for law in laws]
    if s.quantity == HC2:
        low = s.lowest_over_measured
        cells += [f"{low[law]:.2f}" if law in low else "–" for law in laws]
    return cells


def _medians(own: Sequence[FieldSummary], laws: Sequence[str]) -> list[str]:
    cells = [f"{100 * median(s.held_out[law] for s in own):.1f}" for law in laws]
    low = [s.lowest_over_measured for s in own if s.lowest_over_measured]
    return cells + [f"{median(x[law] for x in low):.2f}" for law in laws if low]


def _cell(value: float) -> str:
    return "no rows" if math.isnan(value) else f"{value:.4g}"
