"""Planets under two theories, beside what was measured: heat, resistivity, the life of a field."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured import table
from isotunnel.measured.rows import Row, Tables
from isotunnel.measured.rows_used import RowUsed
from isotunnel.planets.anchors import VolumeAnchor, anchors, solid_volume_a3
from isotunnel.planets.composition import HYDROGEN, IRON, SHELLS, WATER
from isotunnel.planets.decay import decay_time_years
from isotunnel.planets.hydrogen import fluid_hydrogen
from isotunnel.planets.profile import PlanetPoint, PlanetProfile, planet_profile
from isotunnel.planets.states import (
    SPACING,
    STANDARD,
    PlanetState,
    spacing_state,
    standard_state,
)
from isotunnel.planets.water import ionic_s_m
from isotunnel.theories.base import METAL

DIPOLE = ("g10_nt", "g11_nt", "h11_nt")
"""Gauss coefficients of a dipole, in nT."""


@dataclass(frozen=True)
class PointStates:
    """A depth with each theory's prediction, by name (``isotunnel.planets.states.THEORIES``)."""

    point: PlanetPoint
    states: dict[str, PlanetState]


@dataclass(frozen=True)
class HotLayer:
    """A conducting layer at its coolest, against the highest Tc known of its material.

    Attributes:
        body, layer, material: where.
        temperature_k: the lowest in the layer.
        tc_k: highest critical temperature measured, or predicted where none was.
        tc_kind: "measured" or "calculated".
        rows: of the temperature and of Tc.
    """

    body: str
    layer: str
    material: str
    temperature_k: float
    tc_k: float
    tc_kind: str
    rows: tuple[RowUsed, ...]


@dataclass(frozen=True)
class MeasuredConductor:
    """A measured conductivity of a planet's material, with the theories' beside it.

    Attributes:
        row_id, group, material, pressure_gpa, temperature_k: which; ``group`` is the experiment.
        volume_a3: per atom, of the equation of state there.
        measured_s_m: electrical conductivity.
        predicted: by theory.
        row: the row of data.
    """

    row_id: str
    group: str
    material: str
    pressure_gpa: float
    temperature_k: float
    volume_a3: float
    measured_s_m: float
    predicted: dict[str, PlanetState]
    row: RowUsed


@dataclass(frozen=True)
class FieldAge:
    """How long a field would live in an ordinary core, against the ages of Earth's field.

    Attributes:
        conductivity_s_m, core_radius_km, decay_years: free decay of the dipole.
        age_years: the oldest rocks that hold a field.
        reversal_years: since the last reversal.
        dipole_change: |m(last) - m(first)| / m(first).
        first_epoch, last_epoch: years of the two.
        rows: the rows behind it.
    """

    conductivity_s_m: float
    core_radius_km: float
    decay_years: float
    age_years: float
    reversal_years: float
    dipole_change: float
    first_epoch: int
    last_epoch: int
    rows: tuple[RowUsed, ...]


@dataclass(frozen=True)
class PlanetStudy:
    """A planet: profile, states, and what is measured of its materials.

    Attributes:
        profile: the planet.
        points: its depths with states.
        anchors: by material, the boundaries that the tunnel theory rests on.
        hot: conducting layers and how hot they are.
        measured: conductivities of these materials at such conditions.
        field: the age of the field; of Earth alone.
    """

    profile: PlanetProfile
    points: tuple[PointStates, ...]
    anchors: dict[str, tuple[VolumeAnchor, ...]]
    hot: tuple[HotLayer, ...]
    measured: tuple[MeasuredConductor, ...]
    field: FieldAge | None


def planet_study(name: str, tables: Tables | None = None) -> PlanetStudy:
    """Everything about one planet.

    Raises:
        InputError: a planet that is not known.
    """
    source = tables or table
    profile = planet_profile(name, source)
    points = _points(profile, source)
    materials = dict.fromkeys(p.shell.material for p in profile.points)
    lines = {m: anchors(m, source) for m in materials}
    conductors = tuple(c for c in measured_conductors(source) if c.material in materials)
    field = field_age(source) if profile.body == "Earth" else None
    hot = _hot(profile.body, points, source)
    return PlanetStudy(profile, points, lines, hot, conductors, field)


def at_depth(study: PlanetStudy, depth_km: float) -> PlanetStudy:
    """The study with one point alone: that of the profile nearest to a depth; none is made up.

    Raises:
        InputError: a depth outside the profile.
    """
    profile = study.profile
    known = [entry for entry in study.points if not math.isnan(entry.point.depth_km)]
    depths = [entry.point.depth_km for entry in known]
    if not depths or not min(depths) <= depth_km <= max(depths):
        range_ = f"{min(depths):.6g} to {max(depths):.6g} km" if depths else "no known depth"
        raise InputError(f"--depth {depth_km:g} km: the profile of {profile.body} has {range_}")
    nearest = min(known, key=lambda entry: abs(entry.point.depth_km - depth_km))
    return replace(study, profile=replace(profile, points=(nearest.point,)), points=(nearest,))


def hot_layers(tables: Tables | None = None) -> tuple[HotLayer, ...]:
    """Conducting layers of all planets with a profile."""
    source = tables or table
    return tuple(
        layer
        for body in SHELLS
        for layer in _hot(body, _points(planet_profile(body, source), source), source)
    )


def measured_conductors(tables: Tables | None = None) -> tuple[MeasuredConductor, ...]:
    """Metals with a measured conductivity and temperature, theories being given conditions only."""
    source = tables or table
    found = []
    for row in source("planets_conductivity").where(state="metal"):
        try:
            found.append(_conductor(row, source))
        except CannotSay:
            continue
    return tuple(found)


def field_age(tables: Tables | None = None) -> FieldAge:
    """Free decay in Earth's core by the measured conductivity of iron, and the field's ages.

    Raises:
        CannotSay: a row is missing.
    """
    source = tables or table
    irons = [c for c in measured_conductors(source) if c.material == IRON]
    if not irons:
        raise CannotSay("no measured conductivity of iron at core conditions")
    best = max(irons, key=lambda c: c.measured_s_m)
    core = max(
        r.number("radius_km") for r in source("planets_prem").rows if r.number("vs_m_s") == 0
    )
    age, age_row = _interior("age of the magnetic field", 1e9, source)
    reversal, reversal_row = _interior("time since the last reversal", 1e3, source)
    change, first, last = dipole_change(source)
    return FieldAge(
        conductivity_s_m=best.measured_s_m,
        core_radius_km=core,
        decay_years=decay_time_years(best.measured_s_m, core),
        age_years=age,
        reversal_years=reversal,
        dipole_change=change,
        first_epoch=int(first.number("epoch")),
        last_epoch=int(last.number("epoch")),
        rows=(best.row, age_row, reversal_row, RowUsed.of(last, "Earth")),
    )


def dipole_change(tables: Tables) -> tuple[float, Row, Row]:
    """How much of the dipole moment came or went between the first and last epoch.

    Raises:
        CannotSay: fewer than two epochs.
    """
    rows = sorted(tables("earth_dipole").rows, key=lambda r: r.number("epoch"))
    if len(rows) < 2:
        raise CannotSay("fewer than two epochs of Earth's dipole are known")
    strengths = [math.hypot(*(r.number(n) for n in DIPOLE)) for r in (rows[0], rows[-1])]
    return abs(strengths[1] - strengths[0]) / strengths[0], rows[0], rows[-1]


def _points(profile: PlanetProfile, source: Tables) -> tuple[PointStates, ...]:
    lines = {m: anchors(m, source) for m in {p.shell.material for p in profile.points}}
    fluid = _fluid_metal_gpa(source)
    return tuple(
        PointStates(p, _states(p, lines[p.shell.material], fluid, source)) for p in profile.points
    )


def _states(
    point: PlanetPoint, lines: tuple[VolumeAnchor, ...], fluid_metal_gpa: float, source: Tables
) -> dict[str, PlanetState]:
    shell, volume = point.shell, point.volume_a3
    ionic = ionic_s_m(point.pressure_gpa, source) if shell.material == WATER else math.nan
    conditions = (point.pressure_gpa, point.temperature_k)
    return {
        SPACING: spacing_state(shell.material, volume, lines, shell.note, shell.structure),
        STANDARD: standard_state(shell.material, volume, *conditions, fluid_metal_gpa, ionic),
    }


def _fluid_metal_gpa(source: Tables) -> float:
    rows = source("planets_conductivity").where(material=HYDROGEN, state="metal")
    return min((r.number("pressure_gpa") for r in rows), default=math.inf)


def _hot(body: str, points: tuple[PointStates, ...], source: Tables) -> tuple[HotLayer, ...]:
    coolest: dict[tuple[str, str], PlanetPoint] = {}
    for entry in points:
        point = entry.point
        if entry.states[STANDARD].state != METAL:
            continue
        # Hydrogen's metal is one layer, however the model divides it.
        name = "metallic hydrogen" if point.shell.material == HYDROGEN else point.shell.name
        key = (name, point.shell.material)
        if key not in coolest or point.temperature_k < coolest[key].temperature_k:
            coolest[key] = point
    layers = []
    for (layer, material), point in coolest.items():
        tc = _highest_tc(material, source)
        if tc is not None:
            value, kind, row = tc
            rows = (point.row, row)
            layers.append(HotLayer(body, layer, material, point.temperature_k, value, kind, rows))
    return tuple(layers)


def _highest_tc(material: str, source: Tables) -> tuple[float, str, RowUsed] | None:
    if material == IRON:
        rows = [(r.number("tc_max_k"), r) for r in source("elements_pressure").where(element="Fe")]
        kind = "measured"
    elif material == HYDROGEN:
        table = source("hydrogen").where(category="superconductivity", unit="K")
        rows = [(r.number("value"), r) for r in table if r["value"] is not None]
        kind = "calculated"
    else:
        return None
    if not rows:
        return None
    value, row = max(rows, key=lambda pair: pair[0])
    return value, kind, RowUsed.of(row, material)


def _conductor(row: Row, source: Tables) -> MeasuredConductor:
    material = row.text("material")
    p, t = row.number("pressure_gpa"), row.number("temperature_k")
    measured = row.number("conductivity_s_m")
    volume = _volume(material, p, t, source)
    return MeasuredConductor(
        row_id=row.id,
        group=row.text("group"),
        material=material,
        pressure_gpa=p,
        temperature_k=t,
        volume_a3=volume,
        measured_s_m=measured,
        predicted={
            SPACING: spacing_state(
                material, volume, anchors(material, source), "", row.text("structure")
            ),
            STANDARD: standard_state(material, volume, p, t, _fluid_metal_gpa(source)),
        },
        row=RowUsed.of(row, row.text("label")),
    )


def _volume(material: str, pressure_gpa: float, temperature_k: float, source: Tables) -> float:
    if material == HYDROGEN:
        return fluid_hydrogen(source).volume_a3(pressure_gpa, temperature_k)
    if material == IRON:
        return solid_volume_a3("Fe", "hcp", pressure_gpa, temperature_k)
    raise CannotSay(f"no volume of {material} is known at {pressure_gpa:g} GPa")


def _interior(quantity: str, years: float, source: Tables) -> tuple[float, RowUsed]:
    rows = source("planets_interiors").where(body="Earth", quantity=quantity)
    if not rows:
        raise CannotSay(f"no row on the {quantity}")
    return rows[0].number("value") * years, RowUsed.of(rows[0], "Earth")
