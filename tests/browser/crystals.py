"""Reports for the tests of the view, quick to make: of procrystals and of made-up fields."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from ase import Atoms
from ase.build import molecule

from isotunnel.analysis import Analysis, analyze
from isotunnel.engines.procrystal import ProcrystalEngine
from isotunnel.fields.field import Field
from isotunnel.report import write_report
from isotunnel.tunnels import find_tunnels

SKEW_CELL = np.array([[4.0, 0.0, 0.0], [1.2, 3.6, 0.0], [-0.7, 0.9, 4.4]])


def report_of(name: str, folder: Path) -> Path:
    """The report of a named crystal, or of "skew" or "molecule"."""
    made = {"skew": skew, "molecule": water}
    if name in made:
        analysis = made[name]()
    else:
        analysis = analyze(name, engine=ProcrystalEngine(shape=(24, 24, 24)))
    return write_report(analysis, folder / f"{name}.html", figures=False).html


def skew() -> Analysis:
    """Wires along a that join to sheets and then to a network, at -2.6, -1.4 and 0.8 eV."""
    x = 2 * np.pi * np.arange(24) / 24
    x, y, z = np.meshgrid(x, x, x, indexing="ij")
    values = -(0.3 * np.cos(x) + 0.9 * np.cos(y) + 2.0 * np.cos(z))
    places = [[0, 0, 0], [0.5, 0.5, 0.5], [0.25, 0.5, 0.75]]
    atoms = Atoms("SH2", scaled_positions=places, cell=SKEW_CELL, pbc=True)
    return _found("A skew cell", Field.from_array(values, SKEW_CELL, "potential", atoms=atoms))


def water() -> Analysis:
    """A water molecule in a box of 8 angstrom: Gaussians at its atoms, as a density."""
    atoms = molecule("H2O")
    atoms.set_cell([8.0, 8.0, 8.0])
    atoms.center()
    atoms.pbc = True
    x = np.arange(40) * 0.2
    grid = np.stack(np.meshgrid(x, x, x, indexing="ij"), axis=-1)
    values = np.full(grid.shape[:3], 1e-6)
    for atom in atoms:
        away = (grid - atom.position + 4) % 8 - 4
        values += atom.number * np.exp(-1.2 * np.linalg.norm(away, axis=-1))
    field = Field.from_array(values, np.eye(3) * 8.0, "density", atoms=atoms)
    return _found("Water in a box", field)


def _found(title: str, field: Field) -> Analysis:
    tunnels = {"file": {str(field.kind): find_tunnels(field)}}
    return Analysis(name=title, title=title, atoms=field.atoms, structures={}, tunnels=tunnels)
