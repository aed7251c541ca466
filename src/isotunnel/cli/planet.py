"""``isotunnel planet``: the inside of a planet and its electrical state under two theories."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_of, deliver
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from isotunnel.planets.states import PlanetState
    from isotunnel.studies.planets import FieldAge, PlanetStudy, PointStates

EXAMPLES = """
Examples:

    isotunnel planet Earth

    isotunnel planet Jupiter --figures figures

    isotunnel planet Earth --depth 2900

    isotunnel planet Uranus --json
"""


def planet(
    name: Annotated[
        str, typer.Argument(metavar="PLANET", help="Earth, Jupiter, Saturn, Uranus or Neptune.")
    ] = "Earth",
    depth: Annotated[
        float | None,
        typer.Option(metavar="KM", help="The point of the profile nearest to this depth alone."),
    ] = None,
    output: Annotated[Output, Forms(figures=True)] = NOTHING,
) -> None:
    """The inside of a planet: pressure, heat, spacing, and the state there under two theories.

    The tunnel theory by isochores through measured transitions, the standard theory by volume and
    heat, and what is measured at such conditions.
    """
    from isotunnel.cli.show import console
    from isotunnel.report.figures.planet import draw_planet
    from isotunnel.schemas import Planet, document
    from isotunnel.studies.planets import at_depth, planet_study

    if depth is not None and output.figures is not None:
        raise InputError("--figures draws the whole planet: leave --depth out")
    study = planet_study(name)
    if depth is not None:
        study = at_depth(study, depth)
    product = Product(
        name=f"{study.profile.body}-planet",
        show=lambda: _show(console(), study),
        json=lambda: document(Planet, study),
        csv=lambda: csv_of(document(Planet, study)["points"]),
        figures=lambda folder: draw_planet(study, folder),
    )
    deliver(output, product)


def _show(out: Console, study: PlanetStudy) -> None:
    from rich.table import Table

    from isotunnel.planets.states import THEORIES

    table = Table(
        title=f"{study.profile.body}: outermost and innermost point of every layer and state",
        title_justify="left",
        caption="state and conductivity in S/m; liquids have the state of their volume",
        caption_justify="left",
    )
    table.add_column("layer")
    for header in ("depth (km)", "P (GPa)", "T (K)", "volume (Å³/atom)"):
        table.add_column(header, justify="right")
    for title in THEORIES.values():
        table.add_column(f"{title} (S/m)")
    for entry in _ends(study.points):
        p = entry.point
        numbers = (p.depth_km, p.pressure_gpa, p.temperature_k, p.volume_a3)
        cells = ["not known" if math.isnan(x) else f"{x:.4g}" for x in numbers]
        said = (_state(entry.states[theory]) for theory in THEORIES)
        table.add_row(f"{p.shell.name} ({p.shell.material})", *cells, *said)
    out.print(table)
    for line in _lines(study):
        out.print(line, soft_wrap=True, markup=False)


def _ends(points: tuple[PointStates, ...]) -> Iterator[PointStates]:
    """The first and last of every run of one layer and the same states."""

    def kind(i: int) -> tuple[str | None, ...]:
        entry = points[i]
        return (entry.point.shell.name, *(s.state for s in entry.states.values()))

    last = len(points) - 1
    for i, entry in enumerate(points):
        if i in (0, last) or kind(i) != kind(i - 1) or kind(i) != kind(i + 1):
            yield entry


def _state(state: PlanetState) -> str:
    if state.state is None:
        return "cannot say"
    sigma = state.conductivity_s_m
    return f"{state.state} {sigma:.2g}" if math.isfinite(sigma) and sigma > 0 else state.state


def _lines(study: PlanetStudy) -> Iterator[str]:
    for material, lines in study.anchors.items():
        for a in lines:
            note = " (predicted)" if a.kind == "calculated" else ""
            yield f"{material} is {a.boundary} at {a.volume_a3:.3g} Å³ per atom{note}: {a.source}"
    for h in study.hot:
        known = "measured" if h.tc_kind == "measured" else "predicted"
        yield (
            f"{h.layer}: {h.temperature_k:.0f} K at its coolest, {h.temperature_k / h.tc_k:.0f} "
            f"times the highest Tc {known} of {h.material}, {h.tc_k:g} K"
        )
    for c in study.measured:
        said = "; ".join(f"{name} {_state(s)}" for name, s in c.predicted.items())
        yield (
            f"measured: {c.material} at {c.pressure_gpa:g} GPa and {c.temperature_k:.0f} K "
            f"{c.measured_s_m:.3g} S/m ({said})"
        )
    if study.field is not None:
        yield from _field(study.field)
    yield from (f"  {source}" for source in study.profile.sources)


def _field(field: FieldAge) -> Iterator[str]:
    yield (
        f"A field left alone in an ordinary core ({field.conductivity_s_m:.3g} S/m, "
        f"{field.core_radius_km:.0f} km) dies within {field.decay_years:,.0f} years; the oldest "
        f"rocks that hold one are {field.age_years:.3g} years old: something keeps it up, a "
        "current without resistance or a dynamo."
    )
    yield (
        f"A superconductor would keep its flux. The dipole moment changed by "
        f"{100 * field.dipole_change:.1f} % from {field.first_epoch} to {field.last_epoch}, and "
        f"turned over {field.reversal_years:,.0f} years ago."
    )
