"""Inputs of the tests on superconductors (T2, T3) from the measured tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from isotunnel.errors import CannotSay, IsotunnelError
from isotunnel.evidence.bookkeeping import Bookkeeping
from isotunnel.materials.names import plain_name
from isotunnel.matter.state import AVOGADRO_EV_TO_J_MOL
from isotunnel.measured import Row, table
from isotunnel.measured.parameter import Parameter
from isotunnel.measured.rows import Tables
from isotunnel.studies.spacing.isochore import IsochoreRow, Superconductor, isochores
from isotunnel.studies.spacing.isotope import (
    IsotopeRow,
    IsotopeShift,
    ZeroPoint,
    isotopes,
    zero_point_volume,
)
from isotunnel.studies.spacing.isotope_sites import Compound, SiteExponent, compounds
from isotunnel.studies.spacing.resistivity_rows import (
    RELATIVE_ERROR,
    solid_element,
)
from isotunnel.studies.spacing.result import SpacingTest, quadrature
from isotunnel.units import EV_PER_ANGSTROM3_GPA

ELECTRON_GRUENEISEN = Parameter(2 / 3, "free electrons", 1.0, kind="assumed")
"""gamma_e = d ln gamma_S / d ln V; real metals scatter about it by as much as the error."""

_SIGNS = {"rises": 1, "falls": -1, "flat": 0}
_KINDS = (
    "slope",
    "relative",
    "two_point_average",
    "average_to_extrapolated_Pc",
)
"""Kinds of rows with a number, the best first."""


def measured_isochores(tables: Tables = table) -> SpacingTest[IsochoreRow]:
    """T2 for every superconductor at ambient pressure with a known effect of first compression.

    One entry per group of the table; K beta at Tc from the Debye solid of ``isotunnel.matter``
    and, where the electronic heat capacity is tabulated, the electrons' share of the pressure.

    Args:
        tables: where measured tables come from.
    """
    book = Bookkeeping()
    groups: dict[str, list[Row]] = {}
    for row in tables("dtc_dp"):
        if row["use_in_bias_test"] is True and row["sign"] in _SIGNS and row.grade != "D":
            groups.setdefault(row.text("group"), []).append(row)
        else:
            why = "not a superconductor at ambient pressure, or not its first compression"
            book.drop([row], row.text("material"), why)
    found = [_superconductor(name, rows, tables, book) for name, rows in groups.items()]
    return isochores(found, tuple(book.used.values()), tuple(book.dropped.values()))


def measured_isotopes(tables: Tables = table) -> SpacingTest[IsotopeRow]:
    """T3: one exponent per set of elements, summed over all of them; elements with the volume
    effect of the isotope.

    Exponents of compounds whose sites were not all exchanged are shown as partial and judge
    nothing; their rows of data are dropped with that reason.
    """
    book = Bookkeeping()
    rows = {r.id: r for r in tables("isotope_effect")}
    slopes = {r.name: r for r in measured_isochores(tables).rows}
    elements = {r.text("element") for r in tables("elements_ambient")}
    shifts, partial = [], []
    for compound in measured_sites(tables, book):
        mine = [e for found in compound.sites.values() for e in found]
        if compound.missing:
            partial += [
                IsotopeShift(e.material, e.isotope, e.alpha, compound.group, partial=True)
                for e in mine
            ]
            reason = f"isotopes of {', '.join(compound.missing)} were not exchanged"
            for e in mine:
                book.drop([rows[e.row]], e.material, reason)
            continue
        book.use(*(rows[e.row] for e in mine), label=compound.name)
        simple = compound.name in elements
        slope = slopes.get(compound.name)
        zero = _zero_point(compound.name, tables, slope, book) if simple else None
        replaced = " + ".join(compound.sites)
        total = compound.total()
        shifts.append(IsotopeShift(compound.name, replaced, total, compound.group, simple, zero))
    return isotopes([*shifts, *partial], tuple(book.used.values()), tuple(book.dropped.values()))


def measured_sites(tables: Tables = table, book: Bookkeeping | None = None) -> tuple[Compound, ...]:
    """Measured exponents by the elements that were exchanged, of each set of elements."""
    return compounds(_exponents(tables, book or Bookkeeping()))


def _exponents(tables: Tables, book: Bookkeeping) -> list[SiteExponent]:
    """Measured exponents with a number; the other rows are dropped."""
    found = []
    for row in tables("isotope_effect"):
        name = row.text("material")
        if row["kind"] != "measured" or row.grade == "D":
            book.drop([row], name, f"{row['kind']}: no measured exponent".replace("_", " "))
            continue
        try:
            found.append(SiteExponent(row.id, name, row.text("isotope"), _alpha(row)))
        except CannotSay as why:
            book.drop([row], name, str(why))
    return found


def _superconductor(
    name: str, rows: Sequence[Row], tables: Tables, book: Bookkeeping
) -> Superconductor:
    book.use(*rows, label=name)
    signs = {_SIGNS[r.text("sign")] for r in rows}
    material = rows[0].text("material")
    tc = _tc(material, rows, tables, book)
    slope, initial = _slope(rows, tc)
    return Superconductor(
        name=name,
        family=rows[0].text("family"),
        tc_k=tc,
        slope=slope,
        sign=signs.pop() if len(signs) == 1 else None,
        initial=initial,
        thermal_pressure=_thermal_pressure(name, tc, tables, book),
    )


def _slope(rows: Sequence[Row], tc: Parameter | None) -> tuple[Parameter | None, bool]:
    """dTc/dP in K/GPa from the best kind of rows; spread between them enters the error.

    Without an error of any row there is none: two papers that agree prove no zero.
    """
    for kind in _KINDS:
        found = [p for r in rows if r["kind"] == kind and (p := _number(r, tc)) is not None]
        if not found:
            continue
        best = min(found, key=lambda p: math.inf if p.error is None else p.error)
        if len(found) == 1:
            return best, kind in ("slope", "relative")
        spread = (max(p.value for p in found) - min(p.value for p in found)) / 2
        return replace(best, error=quadrature(best.error, spread)), kind in ("slope", "relative")
    return None, False


def _number(row: Row, tc: Parameter | None) -> Parameter | None:
    if row["dtc_dp_k_per_gpa"] is not None:
        return row.parameter("dtc_dp_k_per_gpa")
    if row["dlntc_dp_per_gpa"] is None or tc is None:
        return None
    relative = row.parameter("dlntc_dp_per_gpa")
    error = None if relative.error is None else relative.error * tc.value
    return replace(relative, value=relative.value * tc.value, error=error, unit="K/GPa")


def _tc(name: str, rows: Sequence[Row], tables: Tables, book: Bookkeeping) -> Parameter | None:
    for row in rows:
        if row["tc_k"]:
            return row.parameter("tc_k")
    for row in tables("elements_ambient").where(element=name, status="superconductor"):
        if row["tc_k"] and row.grade != "D":
            book.use(row, label=name)
            return row.parameter("tc_k")
    return None


def _thermal_pressure(
    name: str, tc: Parameter | None, tables: Tables, book: Bookkeeping
) -> Parameter | None:
    """(dP/dT)_V = K beta at Tc and zero pressure in GPa/K, phonons and electrons.

    Phonons: gamma C_V / V of the Debye solid, with gamma and theta (which enters as its third
    power) each uncertain by ``RELATIVE_ERROR``. Electrons: gamma_e gamma_S Tc / V.
    """
    if tc is None:
        return None
    try:
        state, material = solid_element(plain_name(name), tc.value)
    except IsotunnelError:
        return None
    phonons = state.expansion_per_k * state.bulk_modulus_gpa
    error: float | None = phonons * RELATIVE_ERROR * math.sqrt(1 + 9)
    book.use_matter(material.name, state.phase, material.phase(state.phase).source)
    heat = _electronic_heat(name, tables, book)
    if heat is None:
        source = "Debye solid without electrons: too small, so its isochore too steep"
        return Parameter(phonons, source, error)
    capacity = heat * 1e-3 * tc.value / AVOGADRO_EV_TO_J_MOL
    each = capacity / state.volume * EV_PER_ANGSTROM3_GPA
    if ELECTRON_GRUENEISEN.error is None:
        error = None
    else:
        error = quadrature(error, each * ELECTRON_GRUENEISEN.error)
    total = phonons + each * ELECTRON_GRUENEISEN.value
    return Parameter(total, "Debye solid and electrons", error)


def _electronic_heat(name: str, tables: Tables, book: Bookkeeping) -> float | None:
    """Sommerfeld coefficient in mJ/(mol K^2), from either table that has it."""
    plain = plain_name(name)
    for row in tables("metals_transport").where(element=plain, quantity="electronic_heat_capacity"):
        if row["value"] is not None and row.grade != "D":
            book.use(row, label=name)
            return row.number("value")
    for row in tables("elements_ambient").where(element=plain):
        if row["gamma_mj_mol_k2"] is not None and row.grade != "D":
            book.use(row, label=name)
            return row.number("gamma_mj_mol_k2")
    return None


def _zero_point(
    name: str, tables: Tables, slope: IsochoreRow | None, book: Bookkeeping
) -> ZeroPoint | None:
    tc = _tc(name, (), tables, book)
    if tc is None:
        return None
    try:
        state, material = solid_element(plain_name(name), tc.value)
    except IsotunnelError:
        return None
    book.use_matter(material.name, state.phase, material.phase(state.phase).source)

    def known(value: float) -> Parameter:
        return Parameter(value, "equation of state", RELATIVE_ERROR * abs(value))

    k = known(state.bulk_modulus_gpa)
    shift = zero_point_volume(known(state.debye_k), known(state.gruneisen), k, state.volume)
    measured = expansion = None
    if slope is not None and slope.measured is not None:
        value = -k.value * slope.measured.value / tc.value
        error = slope.measured.error
        measured = Parameter(
            value, slope.measured.source, None if error is None else error * k.value / tc.value
        )
    thermal = _thermal_pressure(name, tc, tables, book)
    if thermal is not None:
        factor = tc.value / k.value
        expansion = Parameter(
            thermal.value * factor,
            "beta Tc",
            None if thermal.error is None else thermal.error * factor,
        )
    return ZeroPoint(shift, measured, expansion)


def _alpha(row: Row) -> Parameter:
    q = row.quantity("alpha")
    if q.value is None:
        return row.parameter("alpha_from_shift", "derived")
    known = row.parameter("alpha")
    if known.error is None and q.low is not None and q.high is not None:
        # A range is taken as an even distribution.
        return replace(known, error=(q.high - q.low) / math.sqrt(12))
    return known
