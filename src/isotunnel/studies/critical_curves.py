"""Critical fields measured against temperature, by material, with the laws fitted to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

import numpy as np
from numpy.typing import NDArray

from isotunnel.measured import table
from isotunnel.measured.rows import Row, Tables
from isotunnel.measured.rows_used import RowUsed
from isotunnel.studies.critical_shapes import (
    SHAPES,
    TUNNEL_SHAPES,
    UPPER_SHAPES,
    FieldFit,
    best_trained,
    fit_shapes,
    lowest_from_near_tc,
)

Array = NDArray[np.float64]

TIN = "critical_field_tin"
THERMODYNAMIC = "critical_field_curves"
UPPER = "upper_critical_fields"
HC, HC2 = "Hc", "Hc2"
STANDARD = {HC: "BCS", HC2: "WHH"}
"""The standard theory's law of each field."""


@dataclass(frozen=True)
class FieldCurve:
    """Measured critical field against temperature, and the laws fitted to half of it.

    Attributes:
        method: how, or by whom, it was measured.
        temperatures_k, fields_mt: rising in temperature, shape (n,).
        fits: by name of ``isotunnel.studies.critical_shapes.SHAPES`` or ``UPPER_SHAPES``.
        rows: the rows behind it.
        quantity: "Hc", the thermodynamic field, or "Hc2", the upper one.
        lowest_over_measured: of upper fields, by law: the field at the lowest temperature by the
            law fitted near Tc alone, over the measured one.
    """

    method: str
    temperatures_k: Array
    fields_mt: Array
    fits: dict[str, FieldFit]
    rows: tuple[RowUsed, ...]
    quantity: str = HC
    lowest_over_measured: dict[str, float] = field(default_factory=dict)

    def held_out(self, *laws: str) -> float:
        """Error at points left out, over the parabola's field at zero; of several laws that of the
        one that fits its own points best."""
        return best_trained(self.fits, laws).held_out_mt / self.fits["parabola"].field_0_mt


@dataclass(frozen=True)
class MaterialCurves:
    """All curves of one material and one field.

    Attributes:
        material: symbol or formula.
        curves: of different samples, directions or authors; at least one.
    """

    material: str
    curves: tuple[FieldCurve, ...]

    @property
    def rows(self) -> tuple[RowUsed, ...]:
        """The rows behind it."""
        return tuple(r for c in self.curves for r in c.rows)

    def held_out(self, *laws: str) -> float:
        """Median over the curves of what a theory misses."""
        return median(c.held_out(*laws) for c in self.curves)

    def lowest_over_measured(self, law: str) -> float | None:
        """Median over the curves; None where none has enough points near Tc."""
        ratios = [c.lowest_over_measured[law] for c in self.curves if c.lowest_over_measured]
        return median(ratios) if ratios else None


@dataclass(frozen=True)
class CriticalCurves:
    """What was measured against temperature of a material that is no element of the tables.

    Attributes:
        material: symbol or formula.
        curves: thermodynamic, then upper fields.
    """

    material: str
    curves: tuple[FieldCurve, ...]


@dataclass(frozen=True)
class FieldSummary:
    """One material and field: how well each law does, as a median over its curves.

    Attributes:
        material: symbol or formula.
        quantity: "Hc" or "Hc2".
        curves, points: how many there are.
        held_out: by law, "tunnel" for the better of the tunnel theory's two: error at the points
            left out over the field at zero.
        lowest_over_measured: of upper fields, by law: field at the lowest temperature, from points
            near Tc, over the measured one; empty where too few points are near Tc.
    """

    material: str
    quantity: str
    curves: int
    points: int
    held_out: dict[str, float]
    lowest_over_measured: dict[str, float]


def field_summaries(tables: Tables | None = None) -> tuple[FieldSummary, ...]:
    """Every material with a field against temperature: thermodynamic fields, then upper ones."""
    source = tables or table
    both = ((HC, thermodynamic_curves(source)), (HC2, upper_curves(source)))
    return tuple(_summary(m, quantity) for quantity, found in both for m in found)


def _summary(of: MaterialCurves, quantity: str) -> FieldSummary:
    laws = [n for n in of.curves[0].fits if n not in TUNNEL_SHAPES]
    ratios = {n: of.lowest_over_measured(n) for n in (*laws, "tunnel")} if quantity == HC2 else {}
    return FieldSummary(
        of.material,
        quantity,
        len(of.curves),
        len(of.rows),
        {n: of.held_out(n) for n in laws} | {"tunnel": of.held_out(*TUNNEL_SHAPES)},
        {n: r for n, r in ratios.items() if r is not None},
    )


def thermodynamic_curves(tables: Tables | None = None) -> tuple[MaterialCurves, ...]:
    """Every material with a thermodynamic critical field against temperature, by name."""
    return _thermodynamic(tables or table)


def upper_curves(tables: Tables | None = None) -> tuple[MaterialCurves, ...]:
    """Every material with an upper critical field against temperature, by name."""
    return _upper(tables or table)


def curves_of(material: str, tables: Tables | None = None) -> tuple[FieldCurve, ...]:
    """Thermodynamic, then upper fields of one material; none where nothing was measured."""
    source = tables or table
    both = (*_thermodynamic(source, material), *_upper(source, material))
    return tuple(c for m in both for c in m.curves)


def materials_with_curves(tables: Tables | None = None) -> tuple[str, ...]:
    """Materials that :func:`curves_of` has curves of, by name."""
    source = tables or table
    names = (r.text("material") for t in (TIN, THERMODYNAMIC, UPPER) for r in source(t).rows)
    return tuple(sorted(set(names)))


def _method(row: Row) -> str:
    """Who published it, and which curve of which figure it is."""
    return f"{row.source.partition(';')[0]}, {row.text('curve')}"


def _thermodynamic(source: Tables, material: str | None = None) -> tuple[MaterialCurves, ...]:
    tin = [(r.text("method"), r) for r in _rows(source, TIN, material)]
    others = [(_method(r), r) for r in _rows(source, THERMODYNAMIC, material)]
    return _by_material([*tin, *others], HC, "field_mt", 1.0)


def _upper(source: Tables, material: str | None = None) -> tuple[MaterialCurves, ...]:
    rows = [(_method(r), r) for r in _rows(source, UPPER, material)]
    return _by_material(rows, HC2, "field_t", 1e3)


def _rows(source: Tables, name: str, material: str | None) -> Iterable[Row]:
    return source(name).rows if material is None else source(name).where(material=material)


def _by_material(
    rows: list[tuple[str, Row]], quantity: str, column: str, to_mt: float
) -> tuple[MaterialCurves, ...]:
    curves: dict[str, dict[str, list[Row]]] = {}
    for method, row in rows:
        curves.setdefault(row.text("material"), {}).setdefault(method, []).append(row)
    return tuple(
        MaterialCurves(
            material,
            tuple(_curve(m, own, quantity, column, to_mt) for m, own in parts.items()),
        )
        for material, parts in sorted(curves.items())
    )


def _curve(method: str, rows: list[Row], quantity: str, column: str, to_mt: float) -> FieldCurve:
    own = sorted(rows, key=lambda r: r.number("temperature_k"))
    t = np.array([r.number("temperature_k") for r in own])
    fields = np.array([r.number(column) for r in own]) * to_mt
    upper = quantity == HC2
    return FieldCurve(
        method,
        t,
        fields,
        fit_shapes(t, fields, UPPER_SHAPES if upper else SHAPES),
        tuple(RowUsed.of(r, r.text("material")) for r in own),
        quantity,
        lowest_from_near_tc(t, fields) if upper else {},
    )
