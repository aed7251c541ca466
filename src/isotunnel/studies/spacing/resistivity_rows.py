"""Inputs of the tests on resistivity (T1, T4, T5) from the measured tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from isotunnel.errors import CannotSay, IsotunnelError
from isotunnel.evidence.bookkeeping import Bookkeeping
from isotunnel.materials.names import plain_name
from isotunnel.matter import Material, SolidState
from isotunnel.measured import Row, Table, table
from isotunnel.measured.parameter import Parameter
from isotunnel.measured.rows import Tables
from isotunnel.studies.spacing.compression import (
    CompressedMaterial,
    FirstCompression,
    Transition,
    reentrant,
)
from isotunnel.studies.spacing.ohms_law import (
    CURRENT_DENSITY_A_M2,
    LOSSES_EV,
    Conductor,
    OhmRow,
    ohm,
)
from isotunnel.studies.spacing.result import SpacingTest, quadrature, rounding_error
from isotunnel.studies.spacing.slope import WINDOW_K, temperature_coefficient
from isotunnel.studies.spacing.volume_collapse import ColdPoint, CollapsedMetal, Metal, collapse
from isotunnel.units import HANDBOOK_K

NEAR_HANDBOOK_K = 30.0
"""Pressure coefficients measured this near count as at room temperature: nickel's changes by
some 4 % over such a span (by its two rows), far less than what is tested."""

INFERRED_ERROR = 0.2
"""Relative error assumed of a coefficient of grade C without one: inferred from another quantity,
such as the thermal conductivity with a Lorenz number taken as constant."""

COLDEST_K = 70.0
"""Colder resistivities belong to the specimen's purity."""

RELATIVE_ERROR = 0.05
"""Assumed of expansion, Grueneisen parameter and Debye temperature of the equation of state, and
of a bulk modulus printed without an error: what handbooks differ by."""

_SIGNS = {"rises": 1, "falls": -1}


def measured_collapse(tables: Tables = table) -> SpacingTest[CollapsedMetal]:
    """T1 for every metal with resistivity near 293 K, an equation of state, and at least the sign
    of d ln R / dP at first compression.

    Args:
        tables: where measured tables come from.
    """
    book = Bookkeeping()
    resistivity = _by(tables("resistivity_vs_temperature"), "element")
    squeezed = _by(tables("pressure_coefficient"), "material")
    thetas = _thetas(tables)
    metals = []
    for name in sorted({*resistivity, *squeezed}):
        heat, press = resistivity.get(name, ()), squeezed.get(name, ())
        try:
            metals.append(_metal(name, heat, press, thetas.get(name), book))
        except IsotunnelError as why:
            book.drop([*heat, *press], name, str(why))
    return collapse(metals, tuple(book.used.values()), tuple(book.dropped.values()))


def measured_ohm(
    tables: Tables = table,
    current_density_a_m2: float = CURRENT_DENSITY_A_M2,
    losses_ev: Sequence[float] = LOSSES_EV,
) -> SpacingTest[OhmRow]:
    """T4 for every fcc, hcp or bcc metal with a resistivity at 293 K and an equation of state."""
    book = Bookkeeping()
    conductors = []
    for name, rows in sorted(_by(tables("resistivity_vs_temperature"), "element").items()):
        try:
            near = [r for r in rows if abs(r.number("temperature_k") - HANDBOOK_K) < 0.5]
            book.drop([r for r in rows if r not in near], name, "not at 293 K")
            if not near:
                raise CannotSay("no resistivity at 293 K")
            best = min(near, key=lambda r: (r["kind"] != "table", r.id))
            book.drop([r for r in near if r is not best], name, "another row at 293 K is used")
            rho = best.parameter("resistivity_microohm_cm")
            state, material = solid_element(name, HANDBOOK_K)
            hop = _spacing(state, material)
            book.use(best, label=name)
            book.use_matter(name, state.phase, material.phase(state.phase).source)
            conductors.append(Conductor(name, replace(rho, error=rounding_error(rho.value)), hop))
        except IsotunnelError as why:
            book.drop(rows, name, str(why))
    return ohm(
        conductors,
        current_density_a_m2,
        losses_ev,
        tuple(book.used.values()),
        tuple(book.dropped.values()),
    )


def measured_reentrant(tables: Tables = table) -> SpacingTest[CompressedMaterial]:
    """T5 from measured transitions and the signs of d ln R / dP of elements."""
    book = Bookkeeping()
    transitions = []
    for row in tables("insulator_metal_transitions"):
        name = row.text("material")
        if row["method"] != "experiment":
            book.drop([row], name, f"{row['method']}, not measured")
            continue
        if row.grade == "D":
            book.drop([row], name, "grade D: not for judging")
            continue
        at = row["pressure_gpa"]
        pressure = None if at is None else row.number("pressure_gpa")
        partial = row["semimetal"] is True
        transitions.append(Transition(plain_name(name), row.text("direction"), pressure, partial))
        book.use(row, label=name)
    metals = []
    for name, rows in sorted(_by(tables("pressure_coefficient"), "material").items()):
        first = [r for r in rows if _initial(r) and r["sign"] in _SIGNS]
        book.drop([r for r in rows if r not in first], name, "not a sign at first compression")
        chosen = [r for r in first if r["substance_class"] == "element"]
        book.drop([r for r in first if r not in chosen], name, "not an element")
        metals += [FirstCompression(plain_name(name), _SIGNS[r.text("sign")]) for r in chosen]
        book.use(*chosen, label=name)
    return reentrant(transitions, metals, tuple(book.used.values()), tuple(book.dropped.values()))


def _metal(
    name: str,
    heat: Sequence[Row],
    press: Sequence[Row],
    theta: Row | None,
    book: Bookkeeping,
) -> Metal:
    if not heat:
        raise CannotSay("no resistivity against temperature is tabulated")
    if not press:
        raise CannotSay("nothing is tabulated of its resistance under pressure")
    state, material = solid_element(name, HANDBOOK_K)
    squeeze, sign, pressed = _squeeze(press, state.bulk_modulus_gpa)
    alpha, heated = _alpha(heat, state)
    phase = material.phase(state.phase)
    error = phase.k0_error_gpa or RELATIVE_ERROR * state.bulk_modulus_gpa
    book.use(*heated, *pressed, label=name)
    book.use_matter(name, state.phase, phase.source)
    book.drop([r for r in heat if r not in heated], name, "another source gives the slope")
    book.drop([r for r in press if r not in pressed], name, "not at first compression")
    if theta is not None:
        book.use(theta, label=name)
    return Metal(
        name=name,
        temperature_k=HANDBOOK_K,
        alpha=alpha,
        beta=_assumed(state.expansion_per_k, phase.thermal_source),
        bulk_modulus=Parameter(state.bulk_modulus_gpa, phase.source, error),
        squeeze=squeeze,
        squeeze_sign=sign,
        theta=_theta(theta, state, phase.thermal_source),
        gamma=_assumed(state.gruneisen, phase.thermal_source),
        cold=_cold(heated, state, material),
    )


def _squeeze(
    press: Sequence[Row], bulk_modulus_gpa: float
) -> tuple[Parameter | None, int | None, list[Row]]:
    """d ln R / dP with its sign and rows; a number is preferred to a sign alone."""
    first = [r for r in press if _initial(r) and r["sign"] in _SIGNS]
    if not first:
        raise CannotSay("nothing is tabulated of its resistance at first compression")
    numbers = [r for r in first if r["dlnr_dp_per_gpa"] is not None and _at_room(r)]
    if numbers:
        best = min(numbers, key=lambda r: (r.grade, r["dlnr_dp_per_gpa_error"] is None))
        values = {r.id: _of_resistance(r, bulk_modulus_gpa) for r in numbers}
        printed = best["dlnr_dp_per_gpa_error"]
        size = abs(values[best.id])
        own = rounding_error(best.number("dlnr_dp_per_gpa")) if printed is None else float(printed)
        if printed is None and best.grade == "C":
            own = math.hypot(own, INFERRED_ERROR * size)
        between = (max(values.values()) - min(values.values())) / 2
        known = best.parameter("dlnr_dp_per_gpa")
        error = math.hypot(own, between)
        return replace(known, value=values[best.id], error=error), None, numbers
    signs = {_SIGNS[r.text("sign")] for r in first}
    if len(signs) > 1:
        raise CannotSay("sources disagree on the sign of its resistance's change under pressure")
    return None, signs.pop(), first


def _of_resistance(row: Row, bulk_modulus_gpa: float) -> float:
    """d ln R / dP, also where d ln rho / dP was printed: R = rho / length."""
    value = row.number("dlnr_dp_per_gpa")
    return value + 1 / (3 * bulk_modulus_gpa) if row["basis"] == "resistivity" else value


def _initial(row: Row) -> bool:
    return row["scope"] == "initial" and row.grade != "D"


def _at_room(row: Row) -> bool:
    q = row.quantity("temperature_k")
    inside = q.low is not None and q.high is not None and q.low <= HANDBOOK_K <= q.high
    return inside or (q.value is not None and abs(q.value - HANDBOOK_K) <= NEAR_HANDBOOK_K)


def _alpha(rows: Sequence[Row], state: SolidState) -> tuple[Parameter, list[Row]]:
    """Temperature coefficient from the source with the most points near; others give a spread."""
    by_source: dict[str, list[Row]] = {}
    for row in rows:
        if row["state"] == "solid" and row["kind"] != "single" and row.grade != "D":
            by_source.setdefault(row.source, []).append(row)
    found: list[tuple[bool, int, Parameter, list[Row]]] = []
    for source, mine in by_source.items():
        points = [(r.number("temperature_k"), r.number("resistivity_microohm_cm")) for r in mine]
        near = sum(abs(t - state.temperature_k) <= WINDOW_K for t, _ in points)
        try:
            slope = temperature_coefficient(points, state.temperature_k, source)
        except CannotSay:
            continue
        found.append((mine[0]["kind"] == "table", near, slope, mine))
    if not found:
        raise CannotSay("no source has two resistivities around 293 K")
    _, _, best, used = max(found, key=lambda f: f[:2])
    values = [f[2].value for f in found]
    spread = (max(values) - min(values)) / 2
    return Parameter(best.value, best.source, quadrature(best.error, spread)), used


def _cold(rows: Sequence[Row], state: SolidState, material: Material) -> ColdPoint | None:
    """The coldest tabulated resistivity, and the pressure of equal volume at room temperature."""
    from isotunnel.matter import volume

    points = sorted((r.number("temperature_k"), r.number("resistivity_microohm_cm")) for r in rows)
    cold = [p for p in points if COLDEST_K <= p[0] < state.temperature_k - 100]
    warm = min(points, key=lambda p: abs(p[0] - state.temperature_k))
    if not cold or abs(warm[0] - state.temperature_k) > 21:
        return None
    t, rho = cold[0]
    eos = material.phase(state.phase).eos
    try:
        small = float(volume(material, 0.0, t, phase=state.phase))
    except IsotunnelError:
        return None
    return ColdPoint(
        temperature_k=t,
        resistivity_ratio=rho / warm[1],
        volume_ratio=small / state.volume,
        pressure_gpa=float(eos.pressure(small, warm[0])),
    )


def _thetas(tables: Tables) -> dict[str, Row]:
    """Debye temperatures of the electrons' scattering, where tabulated."""
    rows = tables("metals_transport").where(quantity="resistive_debye_temperature")
    return {r.text("element"): r for r in rows if r.grade != "D"}


def _theta(row: Row | None, state: SolidState, source: str) -> Parameter:
    if row is None:
        return _assumed(state.debye_k, source)
    known = row.parameter("value")
    return replace(known, error=RELATIVE_ERROR * known.value)


def solid_element(name: str, temperature_k: float) -> tuple[SolidState, Material]:
    """A substance's stable solid at zero pressure.

    Raises:
        CannotSay: it has no equation of state, or is no solid there.
    """
    from isotunnel.matter import material, materials, solid_state

    if name not in {m.name for m in materials()}:
        raise CannotSay("no equation of state is tabulated")
    substance = material(name)
    return solid_state(substance, 0.0, temperature_k), substance


def _spacing(state: SolidState, material: Material) -> Parameter:
    """Distance of nearest neighbours from the volume, for structures where it follows from it."""
    structure = material.phase(state.phase).structure
    lengths = {
        "fcc": (math.sqrt(2) * state.volume) ** (1 / 3),
        "hcp": (math.sqrt(2) * state.volume) ** (1 / 3),
        "bcc": math.sqrt(3) / 2 * (2 * state.volume) ** (1 / 3),
    }
    if structure not in lengths:
        raise CannotSay(f"the distance of atoms in {structure} does not follow from the volume")
    # Ideal c/a of hcp: real ones move the shorter distance by up to 10 %.
    error = 0.1 if structure == "hcp" else 0.01
    value = lengths[structure]
    return Parameter(value, f"volume per atom, {structure}", error * value)


def _assumed(value: float, source: str) -> Parameter:
    return Parameter(value, f"{source}; 5 % error assumed", RELATIVE_ERROR * abs(value))


def _by(table: Table, column: str) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in table:
        found.setdefault(row.text(column), []).append(row)
    return {k: tuple(v) for k, v in found.items()}
