"""Critical fields and currents: predicted, measured, and shapes over temperature."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

from isotunnel.errors import InputError
from isotunnel.materials.names import index_names, look_up
from isotunnel.measured import table
from isotunnel.measured.agreed import Agreed, agreed
from isotunnel.measured.rows import Row, Tables
from isotunnel.measured.rows_used import RowUsed
from isotunnel.studies.critical_curves import (
    HC,
    STANDARD,
    CriticalCurves,
    FieldCurve,
    curves_of,
    materials_with_curves,
)
from isotunnel.studies.critical_shapes import best_trained
from isotunnel.substances.records import Substance
from isotunnel.theories.base import Quantity
from isotunnel.theories.registry import TUNNEL_THEORIES, rival
from isotunnel.units import MU_0

Substances = Callable[[], Iterable[Substance]]

BCS = "bcs"
MEASURED = "measured"
WIRE_MM = 1.0
"""Radius of the wire of Silsbee's current."""


@dataclass(frozen=True)
class CriticalElement:
    """One element at zero temperature and pressure.

    Attributes:
        element: symbol.
        tc_k: measured; NaN where not.
        field_mt: measured thermodynamic critical field, by the best of its sources or by its
            curves; NaN where none is known.
        field_spread_mt: least and greatest of all sources; NaN likewise.
        depth_nm, depth_spread_nm: measured penetration depth, likewise.
        fields_t: predicted, by theory; those that cannot say are in ``silent``.
        currents_a_cm2: predicted depairing current densities, by theory.
        film_current_a_cm2: measured depairing current of thin strips; where none is known, Hc /
            lambda of the measured two, of type II with the lower critical field, the density that
            films thinner than lambda are reported to reach.
        film_current_from: which of them: "measured", "Hc / depth", "Hc1 / depth", or "".
        wire_currents_a: Silsbee's current of a wire of 1 mm radius, of the measured field
            ("measured") and by theory.
        silent: why a theory gives no field.
        curves: measured against temperature.
        rows: the rows behind it.
    """

    element: str
    tc_k: float
    field_mt: float
    field_spread_mt: tuple[float, float]
    depth_nm: float
    depth_spread_nm: tuple[float, float]
    fields_t: dict[str, float]
    currents_a_cm2: dict[str, float]
    film_current_a_cm2: float
    film_current_from: str
    wire_currents_a: dict[str, float]
    silent: dict[str, str]
    curves: tuple[FieldCurve, ...]
    rows: tuple[RowUsed, ...]

    def nearest_reading(self, measured: float, currents: bool = False) -> tuple[str, float] | None:
        """The tunnel theory nearest to a measured number, None where none gives one above zero."""
        values = self.currents_a_cm2 if currents else self.fields_t
        found = {n: v for n, v in values.items() if n != BCS and v > 0}
        if not found:
            return None
        name = min(found, key=lambda n: abs(math.log(found[n] / measured)))
        return name, found[name]


def elements(tables: Tables | None = None) -> tuple[str, ...]:
    """Elements with a measured field, curve or penetration depth, in alphabetical order."""
    source = tables or table
    known = {r.text("element") for r in source("elements_ambient").rows}
    rows = source("critical_fields").rows
    wanted = {r.text("material") for r in rows if _is(r, "Hc0") or _is(r, "penetration depth")}
    curves = set(materials_with_curves(source))
    return tuple(sorted((wanted | curves) & known))


def material_called(name: str, tables: Tables | None = None) -> str:
    """The element or compound with measured fields that a user calls ``name``.

    Raises:
        InputError: there is none; the message lists the elements and says how to see compounds.
    """
    known = elements(tables)
    compounds = set(materials_with_curves(tables)) - set(known)
    lists = (
        f"there are {', '.join(known)}, with a measured critical field or depth, and "
        f"{len(compounds)} compounds (isotunnel critical --all)"
    )
    names = index_names((*known, *sorted(compounds)), "materials")
    return look_up(name, names, str, "element or compound", lists, pressures="zero")


def critical_material(
    name: str, tables: Tables | None = None, substances: Substances | None = None
) -> CriticalElement | CriticalCurves:
    """What is measured of an element and predicted by theories, or the curves of a compound.

    Raises:
        InputError: no field or depth of it is measured.
    """
    material = material_called(name, tables)
    if material in elements(tables):
        return critical_element(material, tables, substances)
    return CriticalCurves(material, curves_of(material, tables))


def critical_element(
    name: str, tables: Tables | None = None, substances: Substances | None = None
) -> CriticalElement:
    """Measured and predicted critical field and current of an element.

    Raises:
        InputError: neither a critical field nor a depth of it is measured; the message lists
            those that have one.
    """
    source = tables or table
    element = material_called(name, source)
    if element not in elements(source):
        raise InputError(f"{element} is a compound: only its curves are known (critical_material)")
    curves = curves_of(element, source)
    field = _field(element, curves, source)
    depth = _agreed(element, "penetration depth", source)
    lower = _agreed(element, "Hc1(0)", source)
    strips = _agreed(element, "J depairing", source)
    fields, currents, silent = _predicted(element, substances or _catalogue)
    known = {MEASURED: field.value} if field.rows else {}
    wires = {n: wire_current_a(f, WIRE_MM) for n, f in (known | _in_mt(fields)).items()}
    tc, tc_rows = _tc(element, source)
    film = film_current_a_cm2((lower if lower.rows else field).value, depth.value)
    film_from = "Hc1 / depth" if lower.rows else "Hc / depth"
    if strips.rows:
        film, film_from = strips.value, "measured"
    return CriticalElement(
        element=element,
        tc_k=tc,
        field_mt=field.value,
        field_spread_mt=(field.low, field.high),
        depth_nm=depth.value,
        depth_spread_nm=(depth.low, depth.high),
        fields_t=fields,
        currents_a_cm2=currents,
        film_current_a_cm2=film,
        film_current_from="" if math.isnan(film) else film_from,
        wire_currents_a=wires,
        silent=silent,
        curves=curves,
        rows=(*tc_rows, *field.rows, *lower.rows, *depth.rows, *strips.rows),
    )


def film_current_a_cm2(field_mt: float, depth_nm: float) -> float:
    """Field / lambda in A/cm^2: what films thinner than lambda reach (Talantsev & Tallon 2015).

    The field is the critical one of type I, the lower critical one of type II; NaN where one of
    both is.

    Raises:
        InputError: a negative field, or a depth that is not positive.
    """
    if field_mt < 0 or depth_nm <= 0:
        raise InputError(f"field {field_mt:g} mT or depth {depth_nm:g} nm is impossible")
    return field_mt * 1e-3 / (MU_0 * depth_nm * 1e-9) / 1e4


def wire_current_a(field_mt: float, radius_mm: float) -> float:
    """Silsbee's current of a thick wire, 2 pi a Hc: where its own field at the surface is Hc.

    Raises:
        InputError: a negative field or radius.
    """
    if not (field_mt >= 0 and radius_mm > 0):
        raise InputError(f"field {field_mt:g} mT or radius {radius_mm:g} mm is impossible")
    return 2 * math.pi * radius_mm * 1e-3 * field_mt * 1e-3 / MU_0


def _field(element: str, curves: tuple[FieldCurve, ...], source: Tables) -> Agreed:
    """Measured at zero: printed values of grade A or B, else what curves have there, else any.

    A curve is carried on to zero by the parabola or BCS, whichever fits its own points better.
    """
    found = _agreed(element, "Hc0", source)
    own = [c for c in curves if c.quantity == HC]
    if not own or found.grade in ("A", "B"):
        return found
    zeros = [best_trained(c.fits, ("parabola", STANDARD[HC])).field_0_mt for c in own]
    rows = tuple(r for c in own for r in c.rows)
    every = [*zeros, *((found.low, found.high) if found.rows else ())]
    return Agreed(median(zeros), min(every), max(every), "", (*rows, *found.rows))


def _agreed(element: str, quantity: str, source: Tables) -> Agreed:
    rows = source("critical_fields").where(material=element, quantity=quantity)
    return agreed(rows, element)


def _is(row: Row, quantity: str) -> bool:
    return row.text("quantity") == quantity and row["value"] is not None


def _tc(element: str, source: Tables) -> tuple[float, tuple[RowUsed, ...]]:
    """Of the phase that is listed first, the stable one."""
    for row in source("elements_ambient").where(element=element):
        if row["tc_k"] is not None:
            return row.number("tc_k"), (RowUsed.of(row, element),)
    return math.nan, ()


def _predicted(
    element: str, substances: Substances
) -> tuple[dict[str, float], dict[str, float], dict[str, str]]:
    fields: dict[str, float] = {}
    currents: dict[str, float] = {}
    silent: dict[str, str] = {}
    phases = next((s.phases for s in substances() if s.name == element), ())
    phase = next((p for p in phases if p.stable_gpa[0] <= 0), None)
    if phase is None:
        return {}, {}, dict.fromkeys((BCS, "tunnel"), f"{element} is not in the catalogue")
    for theory in (rival(BCS), *TUNNEL_THEORIES):
        answer = theory.answer(phase, 0.0, 0.0)
        _keep(answer.jc_a_cm2, theory.name, currents, {})
        _keep(answer.hc_t, theory.name, fields, silent)
    return fields, currents, silent


def _keep(quantity: Quantity, name: str, values: dict[str, float], silent: dict[str, str]) -> None:
    if quantity.cannot_say is None:
        values[name] = quantity.value
    else:
        silent[name] = quantity.cannot_say


def _in_mt(fields_t: dict[str, float]) -> dict[str, float]:
    return {name: field * 1e3 for name, field in fields_t.items()}


def _catalogue() -> Iterable[Substance]:
    from isotunnel.substances import substances

    return substances()
