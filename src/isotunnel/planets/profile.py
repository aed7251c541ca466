"""Pressure, temperature, density and volume per atom of a planet, from its surface inwards."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial

from isotunnel.errors import CannotSay
from isotunnel.materials.names import index_names, look_up
from isotunnel.measured import table
from isotunnel.measured.rows import Row, Tables
from isotunnel.measured.rows_used import RowUsed
from isotunnel.planets.composition import HYDROGEN, PLANETS, SHELLS, Shell, shell_at
from isotunnel.planets.hydrogen import FluidHydrogen, fluid_hydrogen
from isotunnel.units import AMU_PER_ANGSTROM3_G_CM3

GEOTHERM = "Stacey 1977 continental"
"""The one model of Earth's temperature in the tables that runs from surface to centre."""


@dataclass(frozen=True)
class PlanetPoint:
    """One depth of a planet.

    Attributes:
        depth_km, radius_km: below the surface, from the centre.
        pressure_gpa, temperature_k, density_g_cm3: the conditions there, of the mixture.
        shell: the layer.
        volume_a3: per atom: in layers of hydrogen that of fluid hydrogen at this pressure and
            temperature, else from density and composition; NaN where neither is known.
        row: the row of data.
    """

    depth_km: float
    radius_km: float
    pressure_gpa: float
    temperature_k: float
    density_g_cm3: float
    shell: Shell
    volume_a3: float
    row: RowUsed


@dataclass(frozen=True)
class PlanetProfile:
    """A planet from its surface inwards.

    Attributes:
        body: its name.
        radius_km: of the surface.
        points: in order of pressure.
        sources: what they come from.
    """

    body: str
    radius_km: float
    points: tuple[PlanetPoint, ...]
    sources: tuple[str, ...]


def planet_profile(name: str, tables: Tables | None = None) -> PlanetProfile:
    """The profile of a planet.

    Raises:
        InputError: a planet that is not known; the message lists those that are.
    """
    source = tables or table
    lists = f"there are {', '.join(PLANETS)}"
    body = look_up(name, index_names(PLANETS, "planets"), str, "planet", lists, pressures="own")
    if body == "Earth":
        points = _earth(source)
    else:
        fluid = fluid_hydrogen(source)
        rows = source("planets_giant").where(body=body)
        points = [_giant(row, SHELLS[body], fluid) for row in rows]
    if not points:
        raise CannotSay(f"no rows on the interior of {body}")
    ordered = tuple(sorted(points, key=lambda p: p.pressure_gpa))
    radii = [p.radius_km for p in ordered if not math.isnan(p.radius_km)]
    sources = tuple(dict.fromkeys(p.row.source for p in ordered))
    if body == "Earth":
        sources += tuple(dict.fromkeys(r.source for r in _geotherm(source)))
    return PlanetProfile(body, max(radii, default=math.nan), ordered, sources)


def _point(
    row: Row, shell: Shell, radius: float, depth: float, t: float, rho: float
) -> PlanetPoint:
    pressure = row.number("pressure_gpa")
    volume = _by_density(shell, rho)
    return PlanetPoint(depth, radius, pressure, t, rho, shell, volume, RowUsed.of(row, shell.name))


def _by_density(shell: Shell, rho: float) -> float:
    mass = shell.mean_mass_amu
    return math.nan if mass is None else mass * AMU_PER_ANGSTROM3_G_CM3 / rho


def _giant(row: Row, shells: tuple[Shell, ...], fluid: FluidHydrogen) -> PlanetPoint:
    """A layer of hydrogen has hydrogen's own volume, whatever else is mixed in."""
    radius = row.number("radius_km")
    depth, t, rho = (row.number(n) for n in ("depth_km", "temperature_k", "density_g_cm3"))
    shell = shell_at(shells, radius)
    point = _point(row, shell, radius, depth, t, rho)
    if shell.material != HYDROGEN:
        return point
    try:
        return replace(point, volume_a3=fluid.volume_a3(point.pressure_gpa, t))
    except CannotSay:
        return point


def _geotherm(source: Tables) -> tuple[Row, ...]:
    return source("planets_geotherm").where(model=GEOTHERM)


def _earth(source: Tables) -> list[PlanetPoint]:
    import numpy as np

    rows = sorted(_geotherm(source), key=lambda r: r.number("depth_km"))
    depths = [r.number("depth_km") for r in rows]
    heat = [r.number("temperature_k") for r in rows]
    temperature = partial(np.interp, xp=depths, fp=heat)
    points = []
    for row in source("planets_prem").rows:
        depth, radius = row.number("depth_km"), row.number("radius_km")
        shell = shell_at(SHELLS["Earth"], radius, above=row["side"] == "above")
        rho = row.number("density_kg_m3") / 1000
        points.append(_point(row, shell, radius, depth, float(temperature(depth)), rho))
    return points
