"""Do the tables agree with each other? Superconductors that one knows and another leaves out, and
values of one quantity that lie farther apart than their errors.

Values that disagree are all kept. Their mean is weighted by the errors, and its error grows by

    S = [chi^2 / (N - 1)]^(1/2),   chi^2 = sum_i (x_i - mean)^2 / sigma_i^2,

where S is above 1: the scale factor of the Particle Data Group, R. L. Workman et al., Prog. Theor.
Exp. Phys. 2022, 083C01, introduction, section 5.2.2. Where an error is not known there is no S.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from isotunnel import measured
from isotunnel.crystal.formula import elements_in
from isotunnel.errors import CannotSay, InputError

APART = 0.1
"""Values without known errors that lie apart by more than this share of their mean disagree."""

AMBIENT_STATUS = "superconductor"


@dataclass(frozen=True)
class Value:
    """One value of a quantity; ``error`` is None where it is not known."""

    row: str
    value: float
    error: float | None


@dataclass(frozen=True)
class Comparison:
    """All values of one quantity of one material.

    Attributes:
        material, quantity, unit: of what.
        values: by row.
        mean: weighted by the errors; plain where one of them is not known.
        error: of the mean, the scale factor in it; None where an error is not known.
        scale: S of the module's docstring, at least 1; None where an error is not known.
    """

    material: str
    quantity: str
    unit: str
    values: tuple[Value, ...]
    mean: float
    error: float | None
    scale: float | None

    @property
    def spread(self) -> float:
        """Largest less smallest value, as a share of the mean's magnitude."""
        numbers = [v.value for v in self.values]
        return (max(numbers) - min(numbers)) / abs(self.mean)

    @property
    def disagrees(self) -> bool:
        """S above 1, or values without known errors apart by more than :data:`APART`."""
        return self.spread > APART if self.scale is None else self.scale > 1.0


def compare(material: str, quantity: str, unit: str, values: Sequence[Value]) -> Comparison:
    """Mean, error and scale factor of two or more values.

    Raises:
        CannotSay: fewer than two values.
        InputError: an error of zero or less.
    """
    if len(values) < 2:
        raise CannotSay(f"{quantity} of {material} has {len(values)} values: nothing to compare")
    errors = [v.error for v in values]
    if any(e is not None and e <= 0 for e in errors):
        raise InputError(f"{quantity} of {material}: an error of zero or less")
    known = [e for e in errors if e is not None]
    if len(known) < len(values):
        mean = sum(v.value for v in values) / len(values)
        return Comparison(material, quantity, unit, tuple(values), mean, None, None)
    weights = [1 / e**2 for e in known]
    mean = sum(w * v.value for w, v in zip(weights, values, strict=True)) / sum(weights)
    chi2 = sum(w * (v.value - mean) ** 2 for w, v in zip(weights, values, strict=True))
    scale = max(1.0, math.sqrt(chi2 / (len(values) - 1)))
    error = scale / math.sqrt(sum(weights))
    return Comparison(material, quantity, unit, tuple(values), mean, error, scale)


def comparisons() -> tuple[Comparison, ...]:
    """Quantities that have several values: bulk moduli, conductivities, Tc and slopes of Tc."""
    found: list[Comparison] = []
    for quantity, unit, values in _collected():
        for material, listed in sorted(values.items()):
            if len(listed) > 1:
                found.append(compare(material, quantity, unit, listed))
    return tuple(found)


def disagreements() -> tuple[Comparison, ...]:
    """Those that lie farther apart than their errors, the widest first."""
    apart = [c for c in comparisons() if c.disagrees]
    return tuple(sorted(apart, key=lambda c: -c.spread))


def superconducting_elements() -> dict[str, tuple[str, ...]]:
    """Elements that some row or the catalogue calls superconducting, with that source."""
    found: dict[str, list[str]] = {}
    for element, where in _named():
        found.setdefault(element, []).append(where)
    return {e: tuple(rows) for e, rows in sorted(found.items())}


def missing_superconductors() -> dict[str, tuple[str, ...]]:
    """Those that neither ``elements_ambient`` nor ``elements_pressure`` lists as such."""
    listed = {r.text("element") for r in measured.table("elements_pressure")}
    ambient = measured.table("elements_ambient")
    listed |= {r.text("element") for r in ambient if r["status"] == AMBIENT_STATUS}
    return {e: rows for e, rows in superconducting_elements().items() if e not in listed}


def _named() -> Iterator[tuple[str, str]]:
    """(element, row that calls it superconducting)."""
    from isotunnel.substances import names, substance

    for table in ("dtc_dp", "landmarks", "isotope_effect", "critical_fields", "elements_pressure"):
        for row in measured.table(table):
            element = row.text("element") if table == "elements_pressure" else row.text("material")
            if _is_element(element):
                yield element, row.id
    for name in names():
        for phase in substance(name).phases:
            tc = phase.tc_k
            if _is_element(name) and tc is not None and tc.value > 0:
                yield name, f"catalogue: {phase.name}"


def _is_element(name: str) -> bool:
    try:
        return elements_in(name) == {name}
    except InputError:
        return False


Collected = Iterable[tuple[str, str, dict[str, list[Value]]]]


def _collected() -> Collected:
    yield "bulk modulus", "GPa", _bulk_moduli()
    yield (
        "thermal conductivity",
        "W/(m K)",
        _column("thermal", "element", "value", quantity="thermal_conductivity"),
    )
    tc = _column("elements_ambient", "element", "tc_k", status=AMBIENT_STATUS, phase="")
    for row in measured.table("dtc_dp"):
        name = row.text("material")
        if name in tc and row["tc_k"] and row["from_ambient"] is True:
            tc[name].append(_value(row, "tc_k"))
    yield "Tc at room pressure", "K", tc
    slopes = _column("dtc_dp", "material", "dtc_dp_k_per_gpa", kind="slope", from_ambient=True)
    yield "dTc/dP", "K/GPa", slopes


def _bulk_moduli() -> dict[str, list[Value]]:
    """Of single crystals and polycrystals, and of the equations of state used, at room pressure."""
    from isotunnel.matter.library import materials

    found = _column("elastic", "material", "bulk_modulus_gpa")
    for known in materials():
        solid = known.phases[0]
        if solid.eos.p_min_gpa > 0 or known.name not in found:
            continue
        row = f"matter: {known.name} ({solid.name})"
        found[known.name].append(Value(row, solid.eos.isotherm.k0_gpa, solid.k0_error_gpa))
    return found


def _column(table: str, key: str, column: str, **fixed: object) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for row in measured.table(table):
        if row[column] is not None and all((row[k] or "") == v for k, v in fixed.items()):
            found.setdefault(row.text(key), []).append(_value(row, column))
    return found


def _value(row: measured.Row, column: str) -> Value:
    given = row.parameter(column)
    return Value(row.id, given.value, given.error or None)
