"""A crystal in each of the 530 settings of the space groups, and all its atoms by brute force."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from ase.geometry import cell_to_cellpar, cellpar_to_cell

from isotunnel.crystal import named_crystals
from isotunnel.crystal.cif.write import AsymmetricUnit
from isotunnel.crystal.symmetry import call_spglib

HALL_NUMBERS = range(1, 531)
SAME_ANGSTROM = 1e-3


@dataclass(frozen=True)
class World:
    """What is written, and what must come back."""

    unit: AsymmetricUnit
    symbols: tuple[str, ...]
    positions: np.ndarray
    lattice: np.ndarray


@cache
def world(hall_number: int) -> World:
    """A named crystal of the setting's space group, or a made-up one where none has a name."""
    number = call_spglib("get_spacegroup_type", hall_number).number
    entry = next((c for c in named_crystals() if c.number == number), None)
    if entry is None:
        return _made_up(hall_number)
    return _transformed(entry.conventional(), hall_number, entry.name)


def _transformed(atoms, hall_number, name):
    cell = (atoms.cell.array, atoms.get_scaled_positions(), atoms.numbers)
    data = call_spglib("get_symmetry_dataset", cell, symprec=1e-3, hall_number=hall_number)
    matrix = data.transformation_matrix
    lattice = np.linalg.inv(matrix).T @ atoms.cell.array
    moved = atoms.get_scaled_positions() @ matrix.T + data.origin_shift
    return _with_sites(hall_number, lattice, atoms.get_chemical_symbols(), moved, name)


def _made_up(hall_number):
    """Two general sites in a cell of the right symmetry, twenty angstrom or so long."""
    random = np.random.default_rng(hall_number)
    rotations = _operations(hall_number)[0]
    vectors = random.normal(size=(3, 3)) * 2 + 18 * np.eye(3)
    metric = np.mean([r.T @ vectors @ vectors.T @ r for r in rotations], axis=0)
    lattice = np.linalg.cholesky(metric)
    sites = []
    while len(sites) < 2:
        site = random.uniform(0.05, 0.95, size=3)
        if _is_general(site, hall_number, lattice):
            sites.append(site)
    return _with_sites(hall_number, lattice, ["Na", "Cl"], sites, f"made_up_{hall_number}")


def _is_general(site, hall_number, lattice):
    """Whether a site is far from all symmetry elements."""
    rotations, shifts = _operations(hall_number)
    off = rotations @ site + shifts - site
    distances = np.linalg.norm((off - np.rint(off)) @ lattice, axis=1)
    return (distances > 1.0).sum() == len(rotations) - 1


def _with_sites(hall_number, lattice, symbols, positions, name):
    lattice = cellpar_to_cell(cell_to_cellpar(lattice))
    kinds, sites, counts, everything, everyone = [], [], [], [], []
    for symbol, position in zip(symbols, positions, strict=True):
        if any(same_place(position, other, lattice) for other in everything):
            continue
        orbit = _orbit(position, hall_number, lattice)
        kinds.append(symbol)
        sites.append(tuple(float(x) for x in position))
        counts.append(len(orbit))
        everything += orbit
        everyone += [symbol] * len(orbit)
    unit = AsymmetricUnit(
        name,
        tuple(float(x) for x in cell_to_cellpar(lattice)),
        hall_number,
        tuple(kinds),
        tuple(sites),
        tuple(counts),
    )
    return World(unit, tuple(everyone), np.array(everything), lattice)


def _operations(hall_number):
    data = call_spglib("get_symmetry_from_database", hall_number)
    return data["rotations"], data["translations"]


def _orbit(position, hall_number, lattice):
    orbit = []
    for rotation, shift in zip(*_operations(hall_number), strict=True):
        image = rotation @ position + shift
        if not any(same_place(image, other, lattice) for other in orbit):
            orbit.append(image)
    return orbit


def same_place(one, other, lattice):
    """Whether two fractional positions are one modulo the lattice."""
    off = np.asarray(one) - np.asarray(other)
    return np.linalg.norm((off - np.rint(off)) @ lattice) < SAME_ANGSTROM


def same_atoms(atoms, expected: World) -> bool:
    """Whether every atom has its twin of the same element at the same place, in the same cell."""
    if len(atoms) != len(expected.symbols):
        return False
    if not np.allclose(atoms.cell.cellpar(), expected.unit.cell, rtol=1e-6):
        return False
    symbols = np.array(atoms.get_chemical_symbols())
    off = atoms.get_scaled_positions(wrap=False)[:, None] - expected.positions[None]
    distances = np.linalg.norm((off - np.rint(off)) @ expected.lattice, axis=2)
    distances[symbols[:, None] != np.array(expected.symbols)[None]] = np.inf
    return (distances.min(axis=0) < SAME_ANGSTROM).all() and (
        distances.min(axis=1) < SAME_ANGSTROM
    ).all()
