"""Which measured resistivities of a metal are fitted, and why the others are not.

Rules, fixed before anything is fitted:

1. Solids only; rows of grade D and lone values (their temperature is inferred) are left out.
2. Nothing below 30 K: there a value belongs to the specimen's purity.
3. One phase: that of ``isotunnel.matter`` at 300 K, below the lowest transition (structure,
   Curie or Neel point) and below melting.
4. One source first: the one with most rows, tables and published curves of at least 8 rows before
   short lists. A further source only adds temperatures outside the range covered so far, and only
   if it agrees within 3 % (median) where the two overlap.
5. A row whose volume cannot be computed is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from isotunnel.errors import CannotSay, InputError
from isotunnel.materials.names import index_names, look_up
from isotunnel.matter import Material, solid_at, volume
from isotunnel.matter import material as find_material
from isotunnel.measured import Row, table
from isotunnel.measured.rows import Tables
from isotunnel.studies.fits.boundaries import MAGNETS, boundary
from isotunnel.studies.fits.points import BOUNDARY_K, REFERENCE_K, Points, make_points
from isotunnel.studies.fits.results import Dropped, UsedRow

LOWEST_K = 30.0
FEWEST_POINTS = 5
AGREEMENT = 0.03
_SHORT_LIST = 8
_RHO = "resistivity_microohm_cm"


@dataclass(frozen=True, eq=False)
class Selection:
    """The points of one metal with the rows they come from."""

    metal: str
    phase: str
    points: Points
    theta_source: str
    used: tuple[UsedRow, ...]
    dropped: tuple[Dropped, ...]
    remarks: tuple[str, ...]


def metals(source: Tables = table) -> tuple[str, ...]:
    """Elements of the table with a list of resistivities over temperature, by symbol."""
    rows = source("resistivity_vs_temperature").rows
    return tuple(sorted({r.text("element") for r in rows if r["kind"] != "single"}))


def metal_called(name: str, source: Tables = table) -> str:
    """The element of the table that a user calls ``name``.

    Raises:
        InputError: there is none; the message lists those with resistivities over temperature.
    """
    elements = (r.text("element") for r in source("resistivity_vs_temperature").rows)
    lists = f"there are {', '.join(metals(source))}, with resistivities over temperature"
    return look_up(name, index_names(elements, "metals"), str, "metal", lists, pressures="zero")


def select(metal: str, lowest_k: float = LOWEST_K, source: Tables = table) -> Selection:
    """The points of a metal.

    Raises:
        InputError: the table has no such metal.
        CannotSay: fewer than ``FEWEST_POINTS`` rows are left, or the phase has no equation of
            state; the message counts what was left out and why.
    """
    name = metal_called(metal, source)
    rows = source("resistivity_vs_temperature").about_material(name)
    try:
        substance = find_material(name)
    except InputError:
        raise CannotSay(f"{name}: no equation of state, so no volumes") from None
    phase = solid_at(substance, 0.0, BOUNDARY_K)
    dropped: list[Dropped] = []
    fit_for_use = _screened(name, rows, substance, phase, lowest_k, dropped)
    chosen, remarks = _one_curve(fit_for_use, dropped)
    if len(chosen) < FEWEST_POINTS:
        raise CannotSay(f"{name}: {_counted(len(chosen), dropped)}")
    if name in MAGNETS:
        remarks.append(MAGNETS[name])
    curves = sum(r["kind"] == "fit" for r in chosen)
    if curves:
        remarks.append(
            f"{curves} of {len(chosen)} rows are read off a published smooth curve: they are not "
            "independent measurements, so likelihoods overstate what is known"
        )
    theta, theta_source = _debye(name, substance, source)
    return Selection(
        metal=name,
        phase=phase,
        points=_points(chosen, substance, phase, theta),
        theta_source=theta_source,
        used=tuple(
            UsedRow(r.id, r.number("temperature_k"), r.source, r.grade, r["kind"] == "fit")
            for r in chosen
        ),
        dropped=tuple(sorted(dropped, key=lambda d: (d.temperature_k, d.row))),
        remarks=tuple(remarks),
    )


def _screened(
    name: str,
    rows: Iterable[Row],
    substance: Material,
    phase: str,
    lowest_k: float,
    dropped: list[Dropped],
) -> list[Row]:
    edge = boundary(name)
    kept = []
    for row in rows:
        t = row.number("temperature_k")
        reason = ""
        if row["state"] != "solid":
            reason = "liquid"
        elif row["kind"] == "single":
            reason = "a lone value, its temperature inferred"
        elif row.grade == "D":
            reason = "grade D: known to be weak"
        elif t < lowest_k:
            reason = f"below {lowest_k:g} K: purity of the specimen"
        elif substance.melting_k is not None and t >= substance.melting_k:
            reason = f"above the melting point, {substance.melting_k:g} K"
        elif edge is not None and t >= edge.temperature_k:
            reason = f"beyond {edge.change} at {edge.temperature_k:g} K"
        elif (other := solid_at(substance, 0.0, t)) != phase:
            reason = f"another phase ({other} instead of {phase})"
        if reason:
            dropped.append(Dropped(row.id, t, reason))
        else:
            kept.append(row)
    return _with_volume(kept, substance, phase, dropped)


def _with_volume(
    rows: list[Row], substance: Material, phase: str, dropped: list[Dropped]
) -> list[Row]:
    """Rows whose volume can be computed; all at once first, as that is the usual case."""
    if rows and not _no_volume(substance, phase, [r.number("temperature_k") for r in rows]):
        return rows
    kept = []
    for row in rows:
        t = row.number("temperature_k")
        reason = _no_volume(substance, phase, t)
        if reason:
            dropped.append(Dropped(row.id, t, reason))
        else:
            kept.append(row)
    return kept


def _no_volume(substance: Material, phase: str, temperature_k: ArrayLike) -> str:
    try:
        volume(substance, 0.0, temperature_k, phase=phase)
    except (InputError, CannotSay) as missing:
        return f"no volume: {missing}"
    return ""


def _one_curve(rows: list[Row], dropped: list[Dropped]) -> tuple[list[Row], list[str]]:
    """Rows of the first source, and of others where they go beyond it and agree with it."""
    by_source: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda r: r.number("temperature_k")):
        by_source.setdefault(row.source, []).append(row)
    order = sorted(
        by_source.values(), key=lambda g: (len(g) < _SHORT_LIST, g[0]["kind"] == "fit", -len(g))
    )
    chosen: list[Row] = []
    remarks: list[str] = []
    for group in order:
        if not chosen:
            chosen = list(group)
            continue
        low, high = chosen[0].number("temperature_k"), chosen[-1].number("temperature_k")
        inside = [r for r in group if low <= r.number("temperature_k") <= high]
        outside = [r for r in group if not low <= r.number("temperature_k") <= high]
        dropped += [_drop(r, "range covered by a fuller source") for r in inside]
        if not outside:
            continue
        away = _disagreement(chosen, inside)
        if away is None or away > AGREEMENT:
            reason = (
                "no overlap with the first source to compare by"
                if away is None
                else f"its source differs from the first by {away:.1%} (median) where they overlap"
            )
            dropped += [_drop(r, reason) for r in outside]
            continue
        chosen = sorted(chosen + outside, key=lambda r: r.number("temperature_k"))
        remarks.append(
            f"{len(outside)} row{'s' * (len(outside) != 1)} of a further source, which differs by "
            f"{away:.1%} (median) where they overlap"
        )
    return chosen, remarks


def _drop(row: Row, reason: str) -> Dropped:
    return Dropped(row.id, row.number("temperature_k"), reason)


def _disagreement(chosen: list[Row], other: list[Row]) -> float | None:
    """Median relative difference of ``other`` from the chosen curve, linear between its rows."""
    if not other:
        return None
    t, rho = (np.array([r.number(n) for r in chosen]) for n in ("temperature_k", _RHO))
    at, theirs = (np.array([r.number(n) for r in other]) for n in ("temperature_k", _RHO))
    return float(np.median(np.abs(theirs / np.interp(at, t, rho) - 1.0)))


def _counted(left: int, dropped: list[Dropped]) -> str:
    """A refusal's reasons: how many rows are left, and why the others are not."""
    counts: dict[str, int] = {}
    for d in dropped:
        counts[d.reason] = counts.get(d.reason, 0) + 1
    why = "; ".join(f"{n} {reason}" for reason, n in counts.items()) or "no others tabulated"
    return f"{left} usable rows, {FEWEST_POINTS} are needed ({why})"


def _debye(name: str, substance: Material, source: Tables) -> tuple[float | None, str]:
    """Debye temperature from heat capacity, and its source."""
    rows = source("metals_transport").where(element=name, quantity="debye_temperature")
    for row in rows:
        if row["value"] is not None:
            return row.number("value"), row.source
    vibrations = substance.phases[0].eos.vibrations
    if vibrations is None:
        return None, ""
    return vibrations.theta0_k, substance.phases[0].thermal_source


def _points(rows: list[Row], substance: Material, phase: str, theta_d_k: float | None) -> Points:
    t = np.array([r.number("temperature_k") for r in rows])
    v = volume(substance, 0.0, t, phase=phase)
    reference = float(volume(substance, 0.0, REFERENCE_K, phase=phase))
    vibrations = substance.phase(phase).eos.vibrations
    ratio = None
    if vibrations is not None:
        at_reference = float(vibrations.debye_temperature(reference))
        ratio = vibrations.debye_temperature(v) / at_reference
    rho = [r.number(_RHO) for r in rows]
    return make_points(t, v, rho, reference, theta_d_k, ratio)
