"""Elements at room temperature and pressure: resistivity, packing, and whether they are metals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from isotunnel.crystal.reference_crystals import reference_crystal
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.materials.names import plain_name
from isotunnel.measured.rows_used import RowUsed
from isotunnel.units import HANDBOOK_K

NEAR_ROOM_K = (290.0, 305.0)
METAL_BELOW_UOHM_CM = 500.0
"""An element that resists more is no metal; plutonium and manganese have 150."""
UNKNOWN = "neither a resistivity nor a transition shows whether it is a metal"
"""Why an element is left out where metals are set against non-metals."""
UNLISTED = "not listed"
"""Status of elements that are absent from lists of superconductors: weak evidence."""
UNRECORDED = "whether it superconducts, at ambient pressure or above, is not recorded"
"""Why an element is left out that nobody is known to have tried."""


@dataclass(frozen=True)
class Value:
    """A property of an element, with its row."""

    element: str
    value: float
    row: RowUsed


def room_resistivities(sources: Sources) -> dict[str, Value]:
    """Resistivity of each solid element near room temperature, 1e-8 ohm m.

    Tables go before fits, fits before lone values; among equals, the nearest to 293 K.
    """
    found: dict[str, tuple[tuple[int, float, str], Value]] = {}
    order = {"table": 0, "fit": 1}
    for row in sources.table("resistivity_vs_temperature"):
        if row["state"] != "solid":
            continue
        try:
            at, rho = row.number("temperature_k"), row.number("resistivity_microohm_cm")
        except CannotSay:
            continue
        if not NEAR_ROOM_K[0] <= at <= NEAR_ROOM_K[1]:
            continue
        element = row.text("element")
        rank = (order.get(row.text("kind"), 2), abs(at - HANDBOOK_K), row.id)
        if element not in found or rank < found[element][0]:
            value = Value(element, rho, RowUsed.of(row, f"{element}, resistivity at {at:g} K"))
            found[element] = (rank, value)
    return {element: value for element, (_, value) in sorted(found.items())}


def nonmetals(sources: Sources) -> dict[str, RowUsed]:
    """Elements on record as insulators or semiconductors that pressure made metals, with a row."""
    found: dict[str, RowUsed] = {}
    for row in sources.table("insulator_metal_transitions"):
        if row["direction"] == "insulator_to_metal":
            element = plain_name(row.text("material"))
            found.setdefault(element, RowUsed.of(row, f"{element}, no metal at first"))
    return found


def is_metal(
    element: str, resistivities: dict[str, Value], others: dict[str, RowUsed]
) -> bool | None:
    """Whether an element conducts as a metal at ambient pressure.

    By its resistivity at room temperature; without one, it is no metal if pressure is on record as
    having made it one (``others``); None where neither is known.
    """
    if element in resistivities:
        return resistivities[element].value < METAL_BELOW_UOHM_CM
    return False if element in others else None


def packing_fraction(element: str) -> float:
    """Share of the cell that touching spheres fill, in the element's structure at room temperature.

    N pi d^3 / (6 V) with the distance d of nearest neighbours in
    :func:`~isotunnel.crystal.reference_crystals.reference_crystal`.

    Raises:
        CannotSay: no simple structure is tabulated.
    """
    atoms = reference_crystal(element)
    repeated = atoms.repeat(3)
    distances = repeated.get_all_distances(mic=True)
    nearest = float(np.min(distances[distances > 1e-6]))
    return float(len(atoms) * np.pi * nearest**3 / (6 * atoms.get_volume()))
