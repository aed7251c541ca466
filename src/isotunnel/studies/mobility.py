"""How well charge moves through a metal, and how well its ions do.

Ions that carried the current by their own diffusion would conduct, by Nernst and Einstein,
sigma_ions = n e^2 D / (k T), n ions of one charge each. The measured conductivity over that is a
number that no model of the electrons enters; with one electron per ion it is the ratio of the two
mobilities.

Limits: tracer diffusion is taken for the diffusion of charge (a correlation factor of 0.5 to 1 is
left out), the density at room temperature for that at the temperature of diffusion.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from isotunnel.crystal.reference_crystals import reference_crystal
from isotunnel.errors import CannotSay
from isotunnel.measured import table
from isotunnel.measured.rows import Row, Tables
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.units import BOLTZMANN_EV_K, ELEMENTARY_CHARGE_C, KJ_PER_MOL_EV

KCAL_PER_MOL_EV = 4.184 * KJ_PER_MOL_EV
"""1 kcal/mol in eV per particle: the thermochemical calorie, 4.184 J."""
_EV = {"eV": 1.0, "kcal/mol": KCAL_PER_MOL_EV}
_STEP_K = 40.0
"""As far from a tabulated temperature as from its neighbour's range a resistivity is taken."""


@dataclass(frozen=True)
class IonMobility:
    """One law of self-diffusion, in the middle of the range in which it was measured.

    Attributes:
        element, state: which metal, solid or liquid.
        temperature_k: half-way in 1/T.
        diffusion_cm2_s: of the ions.
        ion_mobility_cm2_vs: e D / (k T).
        resistivity_uohm_cm: at the temperature.
        carried_on: whether it is the one of another temperature, in proportion to T.
        charge_mobility_cm2_vs: 1 / (n e rho), as if each ion had given one electron.
        rows: of diffusion and resistivity.
    """

    element: str
    state: str
    temperature_k: float
    diffusion_cm2_s: float
    ion_mobility_cm2_vs: float
    resistivity_uohm_cm: float
    carried_on: bool
    charge_mobility_cm2_vs: float
    rows: tuple[RowUsed, ...]

    @property
    def orders(self) -> float:
        """Base-10 logarithm of the measured conductivity over that of the ions."""
        return math.log10(self.charge_mobility_cm2_vs / self.ion_mobility_cm2_vs)


@dataclass(frozen=True)
class MobilityStudy:
    """All laws of the table, and rows that could not be used."""

    laws: tuple[IonMobility, ...]
    dropped: tuple[RowDropped, ...]

    @property
    def orders(self) -> dict[str, float]:
        """By element: the mean over its laws."""
        found: dict[str, list[float]] = {}
        for law in self.laws:
            found.setdefault(law.element, []).append(law.orders)
        return {element: sum(orders) / len(orders) for element, orders in found.items()}


def laws_of(elements: Iterable[str], tables: Tables | None = None) -> tuple[IonMobility, ...]:
    """The laws of some elements; none where none was measured."""
    wanted = set(elements)
    return tuple(law for law in mobility_study(tables).laws if law.element in wanted)


def mobility_study(tables: Tables | None = None) -> MobilityStudy:
    """Every law of the table ``self_diffusion``."""
    source = tables or table
    laws, dropped = [], []
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in source("self_diffusion").rows:
        groups.setdefault((row.text("element"), row.source), []).append(row)
    for (element, _), rows in groups.items():
        try:
            laws.append(_law(rows, source))
        except CannotSay as reason:
            dropped += [RowDropped.of(row, element, str(reason)) for row in rows]
    return MobilityStudy(tuple(laws), tuple(dropped))


def diffusion_cm2_s(terms: tuple[tuple[float, float], ...], temperature_k: float) -> float:
    """Sum of D0 exp(-Q / kT) over (D0 in cm^2/s, Q in eV)."""
    kt = BOLTZMANN_EV_K * temperature_k
    return sum(d0 * math.exp(-q / kt) for d0, q in terms)


def _law(rows: list[Row], source: Tables) -> IonMobility:
    first = rows[0]
    element, state = first.text("element"), first.text("state")
    low, high = first.number("from_k"), first.number("to_k")
    t = 2 / (1 / low + 1 / high)
    terms = tuple(
        (r.number("d0_cm2_s"), r.number("activation") * _EV[r.text("unit")]) for r in rows
    )
    d = diffusion_cm2_s(terms, t)
    rho, carried, of_rho = _resistivity(element, state, t, source)
    per_cm3 = 1e24 / _volume_a3(element)
    return IonMobility(
        element=element,
        state=state,
        temperature_k=t,
        diffusion_cm2_s=d,
        ion_mobility_cm2_vs=d / (BOLTZMANN_EV_K * t),
        resistivity_uohm_cm=rho,
        carried_on=carried,
        charge_mobility_cm2_vs=1 / (per_cm3 * ELEMENTARY_CHARGE_C * rho * 1e-6),
        rows=(*(RowUsed.of(r, f"{element}, self-diffusion") for r in rows), *of_rho),
    )


def _resistivity(
    element: str, state: str, t: float, source: Tables
) -> tuple[float, bool, tuple[RowUsed, ...]]:
    """At a temperature: between two rows of the table, else in proportion to T from the nearest."""
    rows = sorted(
        source("resistivity_vs_temperature").where(element=element, state=state),
        key=lambda r: (r.number("temperature_k"), r.id),
    )
    if not rows:
        raise CannotSay(f"no resistivity of {state} {element} is in the table")
    at = np.array([r.number("temperature_k") for r in rows])
    rho = np.array([r.number("resistivity_microohm_cm") for r in rows])
    near = int(np.argmin(np.abs(at - t)))
    inside = at[0] - _STEP_K <= t <= at[-1] + _STEP_K
    value = float(np.interp(t, at, rho)) if inside else float(rho[near] * t / at[near])
    used = RowUsed.of(rows[near], f"{element}, resistivity at {at[near]:g} K")
    return value, not inside, (used,)


def _volume_a3(element: str) -> float:
    """Volume per atom at room temperature, of ASE's reference crystal."""
    atoms = reference_crystal(element)
    return float(atoms.get_volume() / len(atoms))
