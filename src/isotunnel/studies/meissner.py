"""Flux in a superconductor that is cooled, by theory and history, with measured depths."""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.electrodynamics.growing_conductivity import trapped_share
from isotunnel.electrodynamics.london import CoolingCurve, cool
from isotunnel.electrodynamics.slab import OBSERVED, History, Medium
from isotunnel.errors import CannotSay
from isotunnel.materials.names import index_names, look_up
from isotunnel.measured import table
from isotunnel.measured.agreed import agreed
from isotunnel.measured.rows import Tables
from isotunnel.measured.rows_used import RowUsed

GROWTH_TIMES = (0.1, 1.0, 10.0)
"""How slowly the conductivity of the normal conductor grows, in units of mu_0 sigma_0 a^2."""


@dataclass(frozen=True)
class MeissnerTest:
    """One body of one metal.

    Attributes:
        material: symbol.
        tc_k, depth_nm: measured critical temperature and, by the best of its sources, penetration
            depth at T = 0.
        shape: of the body; radius_nm its radius or half thickness.
        radius_nm: see above.
        curves: flux against temperature, one for each medium and history.
        observed: the medium whose field-cooled curve experiment shows.
        trapped: by growth time, the share of flux that a normal conductor of growing conductivity
            keeps when the field is taken away; it expels none that it was cooled in.
        rows: the measured rows behind it.
    """

    material: str
    tc_k: float
    depth_nm: float
    shape: str
    radius_nm: float
    curves: tuple[CoolingCurve, ...]
    observed: Medium
    trapped: dict[float, float]
    rows: tuple[RowUsed, ...]

    def curve(self, medium: str, history: str) -> CoolingCurve:
        """One of the curves."""
        return next(c for c in self.curves if (c.medium, c.history) == (medium, history))


def materials(tables: Tables | None = None) -> tuple[str, ...]:
    """Elements with a measured critical temperature and penetration depth, in the table's order."""
    source = tables or table
    known = {row.text("element") for row in source("elements_ambient").rows}
    depths = source("critical_fields").where(quantity="penetration depth")
    return tuple(dict.fromkeys(m for r in depths if (m := r.text("material")) in known))


def material_called(name: str, tables: Tables | None = None) -> str:
    """The one of :func:`materials` that a user calls ``name``.

    Raises:
        InputError: there is none; the message lists them.
    """
    known = materials(tables)
    lists = f"there are {', '.join(known)}, with a measured penetration depth and Tc"
    return look_up(name, index_names(known, "metals"), str, "metal", lists, pressures="zero")


def meissner_test(
    name: str, shape: str = "cylinder", radius_nm: float = 1000.0, tables: Tables | None = None
) -> MeissnerTest:
    """Cool a body of a metal under every medium and history.

    Args:
        name: element symbol.
        shape: "slab", "cylinder" or "sphere".
        radius_nm: radius, or half thickness of the slab.
        tables: where measured tables come from.

    Raises:
        InputError: an unknown shape, a radius that is not positive, or no measured depth; the
            message lists the metals that have one.
    """
    source = tables or table
    element = material_called(name, source)
    rows = source("critical_fields").where(material=element, quantity="penetration depth")
    depth = agreed(rows, element)
    tc_row, tc = _tc(element, source)
    curves = tuple(cool(m, h, shape, radius_nm, depth.value, tc) for m in Medium for h in History)
    return MeissnerTest(
        material=element,
        tc_k=tc,
        depth_nm=depth.value,
        shape=shape,
        radius_nm=radius_nm,
        curves=curves,
        observed=OBSERVED,
        trapped={t: trapped_share(t) for t in GROWTH_TIMES},
        rows=(*depth.rows, tc_row),
    )


def _tc(element: str, source: Tables) -> tuple[RowUsed, float]:
    for row in source("elements_ambient").where(element=element):
        try:
            return RowUsed.of(row, element), row.number("tc_k")
        except CannotSay:
            continue
    raise CannotSay(f"no critical temperature of {element} in the table")
