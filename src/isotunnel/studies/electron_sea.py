"""Simple metals as ions in a sea of free electrons, held against measurement.

Of each metal the measured volume fixes the core radius; cohesive energy and bulk modulus are then
predicted and compared. Screening of an extra electron follows with the same numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from isotunnel.bonding.electron_sea import (
    SPHERE,
    ElectronSea,
    SeaPrediction,
    core_radius_bohr,
    predict,
)
from isotunnel.bonding.ewald import madelung_constant, wigner_seitz_radius
from isotunnel.bonding.screening import MODELS, Model, NeighbourShift, neighbour_shift
from isotunnel.errors import CannotSay
from isotunnel.materials.names import index_names, look_up
from isotunnel.measured import table
from isotunnel.measured.rows import Row, Tables
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.units import BOHR_ANGSTROM, KJ_PER_MOL_EV

NEIGHBOURS = {"bcc": math.sqrt(3) / 2 * 2 ** (1 / 3), "fcc": 2 ** (1 / 6), "hcp": 2 ** (1 / 6)}
"""Nearest distance over the cube root of the volume per atom."""


@dataclass(frozen=True)
class SeaMetal:
    """One metal, predicted and measured.

    Attributes:
        element, structure: symbol; "bcc", "fcc", "hcp" or another name, for which the ion sphere's
            constant stands in.
        valence: electrons given to the sea.
        core_radius_bohr: put in so that the volume is the measured one.
        r_s_bohr: radius of the sphere of one electron at that volume.
        volume_a3: measured, per atom; put in.
        predicted: volume, energy and bulk modulus of the sea.
        cohesive_ev: predicted, after the measured ionisation energies are taken off.
        measured_cohesive_ev, measured_bulk_modulus_gpa: what it is held against.
        shifts: by screening model, what an extra electron on one site does to the nearest ion;
            empty where no Debye temperature is tabulated.
        rows: the measured rows behind it.
    """

    element: str
    structure: str
    valence: int
    core_radius_bohr: float
    r_s_bohr: float
    volume_a3: float
    predicted: SeaPrediction
    cohesive_ev: float
    measured_cohesive_ev: float
    measured_bulk_modulus_gpa: float
    shifts: dict[str, NeighbourShift]
    rows: tuple[RowUsed, ...]

    @property
    def sea(self) -> ElectronSea:
        """The model with this metal's numbers."""
        return ElectronSea(self.valence, self.core_radius_bohr, madelung_of(self.structure))


@dataclass(frozen=True)
class SeaStudy:
    """All metals of the table, and rows that could not be used."""

    metals: tuple[SeaMetal, ...]
    dropped: tuple[RowDropped, ...]


def sea_study(tables: Tables | None = None) -> SeaStudy:
    """Every metal of the table ``metal_cohesion``."""
    source = tables or table
    cohesion = source("metal_cohesion")
    metals, dropped = [], []
    for element in dict.fromkeys(row.text("element") for row in cohesion.rows):
        rows = cohesion.where(element=element)
        try:
            metals.append(_metal(element, rows, source))
        except CannotSay as reason:
            dropped += [RowDropped.of(row, element, str(reason)) for row in rows]
    return SeaStudy(tuple(metals), tuple(dropped))


def metal_called(name: str, tables: Tables | None = None) -> str:
    """The metal of the table that a user calls ``name``.

    Raises:
        InputError: there is none; the message lists them.
    """
    source = tables or table
    known = tuple(dict.fromkeys(row.text("element") for row in source("metal_cohesion").rows))
    lists = f"there are {', '.join(known)}"
    return look_up(name, index_names(known, "metals"), str, "simple metal", lists, pressures="zero")


def sea_metal(name: str, tables: Tables | None = None) -> SeaMetal:
    """One metal by its symbol.

    Raises:
        InputError: the table holds no such metal; the message lists those that it holds.
    """
    source = tables or table
    wanted = metal_called(name, source)
    return _metal(wanted, source("metal_cohesion").where(element=wanted), source)


@cache
def madelung_of(structure: str) -> float:
    """Madelung constant per ion, in units of the Wigner-Seitz radius.

    Of lattices other than bcc, fcc and ideal hcp that of a sphere stands in.
    """
    cells: dict[str, tuple[NDArray[np.float64], list[list[float]]]] = {
        "bcc": (np.array([[-1, 1, 1], [1, -1, 1], [1, 1, -1]]) / 2, [[0, 0, 0]]),
        "fcc": (np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]]) / 2, [[0, 0, 0]]),
        "hcp": (
            np.array([[1, 0, 0], [-0.5, math.sqrt(3) / 2, 0], [0, 0, math.sqrt(8 / 3)]]),
            [[1 / 3, 2 / 3, 0.25], [2 / 3, 1 / 3, 0.75]],
        ),
    }
    if structure not in cells:
        return SPHERE
    cell, scaled = cells[structure]
    count = len(scaled)
    radius = wigner_seitz_radius(abs(float(np.linalg.det(cell))) / count)
    return madelung_constant(cell, np.array(scaled) @ cell, np.ones(count), radius) / count


def _metal(element: str, rows: tuple[Row, ...], tables: Tables) -> SeaMetal:
    from ase.data import atomic_numbers, reference_states

    one = {q: _one(rows, element, q) for q in ("volume", "bulk_modulus", "atomisation_energy")}
    ionisation = [r for r in rows if r.text("quantity") == "ionisation_energy"]
    valence = len(ionisation)
    if not valence:
        raise CannotSay(f"no ionisation energy of {element}")
    state = reference_states[atomic_numbers[element]] or {}
    structure = str(state.get("symmetry", "unknown"))
    volume = one["volume"].number("value")
    madelung = madelung_of(structure)
    core = core_radius_bohr(valence, volume, madelung)
    found = predict(ElectronSea(valence, core, madelung))
    taken_off = sum(r.number("value") for r in ionisation)
    r_s = wigner_seitz_radius(volume / valence) / BOHR_ANGSTROM
    return SeaMetal(
        element=element,
        structure=structure,
        valence=valence,
        core_radius_bohr=core,
        r_s_bohr=r_s,
        volume_a3=volume,
        predicted=found,
        cohesive_ev=found.cohesive_energy_ev(taken_off),
        measured_cohesive_ev=one["atomisation_energy"].number("value") * KJ_PER_MOL_EV,
        measured_bulk_modulus_gpa=one["bulk_modulus"].number("value"),
        shifts=_shifts(element, structure, volume, valence, r_s, core, tables),
        rows=tuple(RowUsed.of(row, element) for row in rows),
    )


def _one(rows: tuple[Row, ...], element: str, quantity: str) -> Row:
    for row in rows:
        if row.text("quantity") == quantity:
            return row
    raise CannotSay(f"no {quantity.replace('_', ' ')} of {element} in the table")


def _shifts(
    element: str,
    structure: str,
    volume: float,
    valence: int,
    r_s: float,
    core: float,
    tables: Tables,
) -> dict[str, NeighbourShift]:
    from ase.data import atomic_masses, atomic_numbers

    debye = tables("metals_transport").where(element=element, quantity="debye_temperature")
    if not debye or structure not in NEIGHBOURS:
        return {}
    distance = NEIGHBOURS[structure] * volume ** (1 / 3)
    mass = float(atomic_masses[atomic_numbers[element]])
    theta = debye[0].number("value")

    def shift(model: Model) -> NeighbourShift:
        return neighbour_shift(distance, valence, r_s, core, mass, theta, model)

    return {model: shift(model) for model in MODELS}
