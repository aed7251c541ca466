"""C11: does dense packing give high thermal conductivity, or do the electrons?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from isotunnel.claims.c10 import Packed, correlation, packed_by
from isotunnel.claims.shared.elements import METAL_BELOW_UOHM_CM, Value, room_resistivities
from isotunnel.claims.shared.lustre import reflectivities
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, median, rank_correlation
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import CORRELATION, MEDIAN, Measurement, Values
from isotunnel.units import BOLTZMANN_EV_K

SOMMERFELD = math.pi**2 / 3 * BOLTZMANN_EV_K**2
"""Lorenz number of free electrons, pi^2/3 (k/e)^2, W ohm/K^2."""
SOLID_BELOW = 298.0


@dataclass(frozen=True)
class ThermalConductor:
    """A metal's two conductivities."""

    element: str
    kappa_w_m_k: float
    rho_uohm_cm: float
    temperature_k: float
    rows: tuple[RowUsed, RowUsed]

    @property
    def lorenz(self) -> float:
        """kappa rho / T, W ohm/K^2."""
        return self.kappa_w_m_k * self.rho_uohm_cm * 1e-8 / self.temperature_k


@dataclass(frozen=True)
class Mirror:
    """An element's reflectivity of visible light and its resistivity."""

    element: str
    reflectivity: float
    rho_uohm_cm: float
    rows: tuple[RowUsed, ...]


@dataclass(frozen=True)
class ThermalTests:
    """Packing against thermal conductivity, and metals with both conductivities.

    ``shining`` are elements with packing and reflectivity, ``mirrors`` such with reflectivity and
    resistivity; then what was left out of either.
    """

    packed: tuple[Packed, ...]
    conductors: tuple[ThermalConductor, ...]
    dropped: tuple[RowDropped, ...]
    shining: tuple[Packed, ...] = ()
    not_packed: tuple[RowDropped, ...] = ()
    mirrors: tuple[Mirror, ...] = ()
    no_current: tuple[RowDropped, ...] = ()


def gather(sources: Sources) -> ThermalTests:
    """Solid elements at room temperature."""
    resistivities = room_resistivities(sources)
    conductivities, conductors = {}, []
    molten = _molten(sources)
    for row in sources.table("thermal"):
        if row["quantity"] != "thermal_conductivity":
            continue
        try:
            at, value = row.number("temperature_k"), row.number("value")
        except CannotSay:
            continue
        element = row.text("element")
        if element in molten:
            continue
        used = RowUsed.of(row, f"{element}, thermal conductivity at {at:g} K")
        conductivities[element] = Value(element, value, used)
        rho = resistivities.get(element)
        if rho is not None and rho.value < METAL_BELOW_UOHM_CM:
            conductors.append(ThermalConductor(element, value, rho.value, at, (used, rho.row)))
    packed, dropped = packed_by(conductivities)
    light, sets = reflectivities(sources)
    solid = {e: v for e, v in light.items() if e not in molten}
    shining, not_packed = packed_by(solid)
    mirrors, no_current = _mirrors(solid, sets, resistivities)
    return ThermalTests(
        packed, tuple(conductors), dropped, shining, not_packed, mirrors, no_current
    )


def measure(rows: ThermalTests) -> tuple[Measurement, ...]:
    """Packing for the paper; Wiedemann and Franz, and mirrors that conduct, for the rival."""
    return (
        correlation("packing", rows.packed, rows.dropped),
        correlation("lustre", rows.shining, rows.not_packed),
        _mirror(rows.mirrors, rows.no_current),
        _conduction(rows.conductors),
        _lorenz(rows.conductors),
    )


def figure_data(rows: ThermalTests) -> FigureData:
    """Thermal against electrical conductivity."""
    low = min((c.rho_uohm_cm for c in rows.conductors), default=1.0)
    high = max((c.rho_uohm_cm for c in rows.conductors), default=100.0)
    law = tuple((1e2 / r, SOMMERFELD * 298.0 / (r * 1e-8)) for r in (high, low))
    return FigureData(
        title="Metals that carry current carry heat",
        x_axis="Electrical conductivity (1e6 / ohm m)",
        y_axis="Thermal conductivity (W/(m K))",
        marks=tuple(
            Mark(c.element, c.kappa_w_m_k, None, None, 1e2 / c.rho_uohm_cm) for c in rows.conductors
        ),
        lines=(Line("Wiedemann and Franz, Sommerfeld's number", points=law),),
        log_x=True,
        log_y=True,
    )


def _molten(sources: Sources) -> set[str]:
    """Elements that are liquid or gas at room temperature."""
    return {
        r.text("element")
        for r in sources.table("thermal")
        if r["quantity"] == "melting_point" and r.number("value") < SOLID_BELOW
    }


def _mirrors(
    light: dict[str, Value],
    sets: dict[str, tuple[RowUsed, ...]],
    resistivities: dict[str, Value],
) -> tuple[tuple[Mirror, ...], tuple[RowDropped, ...]]:
    """Solid elements of which both are known; the others are dropped."""
    found, dropped = [], []
    for element, value in light.items():
        rho = resistivities.get(element)
        if rho is None:
            reason = "no resistivity at room temperature is tabulated"
            dropped += [RowDropped(r.table, r.row, r.label, reason) for r in sets[element]]
        else:
            found.append(Mirror(element, value.value, rho.value, (*sets[element], rho.row)))
    return tuple(found), tuple(dropped)


def _mirror(mirrors: tuple[Mirror, ...], dropped: tuple[RowDropped, ...]) -> Measurement:
    if len(mirrors) < 3:
        reason = f"{len(mirrors)} elements give no correlation"
        return Measurement.refused("mirror", RIVAL, reason, dropped)
    sigma = [1 / m.rho_uohm_cm for m in mirrors]
    found = bootstrap([sigma, [m.reflectivity for m in mirrors]], rank_correlation)
    used = tuple(r for m in mirrors for r in m.rows)
    values = tuple(
        (m.element, {"reflectivity": m.reflectivity, "rho (microohm cm)": m.rho_uohm_cm})
        for m in mirrors
    )
    rest = (used, dropped, len(mirrors))
    return Measurement("mirror", RIVAL, *found, *rest, method=CORRELATION, values=values)


def _conduction(conductors: tuple[ThermalConductor, ...]) -> Measurement:
    if len(conductors) < 3:
        reason = f"{len(conductors)} metals give no correlation"
        return Measurement.refused("conduction", RIVAL, reason)
    sigma = [1 / c.rho_uohm_cm for c in conductors]
    found = bootstrap([sigma, [c.kappa_w_m_k for c in conductors]], rank_correlation)
    rest = (_used(conductors), (), len(conductors))
    return Measurement(
        "conduction", RIVAL, *found, *rest, method=CORRELATION, values=_values(conductors)
    )


def _lorenz(conductors: tuple[ThermalConductor, ...]) -> Measurement:
    if not conductors:
        return Measurement.refused("lorenz", RIVAL, "no metal has both conductivities")
    off = [abs(math.log(c.lorenz / SOMMERFELD)) for c in conductors]
    found = bootstrap([off], median)
    rest = (_used(conductors), (), len(conductors))
    return Measurement("lorenz", RIVAL, *found, *rest, method=MEDIAN, values=_values(conductors))


def _values(conductors: tuple[ThermalConductor, ...]) -> Values:
    return tuple(
        (
            c.element,
            {"kappa (W/(m K))": c.kappa_w_m_k, "rho (microohm cm)": c.rho_uohm_cm, "L": c.lorenz},
        )
        for c in conductors
    )


def _used(conductors: tuple[ThermalConductor, ...]) -> tuple[RowUsed, ...]:
    return tuple(r for c in conductors for r in c.rows)
