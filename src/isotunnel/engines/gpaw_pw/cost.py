"""What a GPAW run will cost in time and memory, from sizes that are known before it.

Time is t0 + t1 K B W log2 W and memory m0 + m1 F + m2 K B P, with K k-points, B bands, P plane
waves, W points of the waves' grid and F points of the fields'. The coefficients are fitted to runs
that ``scripts/measure_gpaw_costs.py`` measured; leaving out each in turn tells how well that does.

Limits: seconds are of one core of the machine that measured, and of one spin-paired run. The runs
have 1 to 11 atoms; in cells of hundreds the cubic work on the bands, which these do not show, comes
on top, so that the time there is a lower bound.
"""

from __future__ import annotations

import csv
import gzip
import math
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.crystal.symmetry import SYMPREC_ANGSTROM, call_spglib
from isotunnel.engines.gpaw_pw.runtime import dataset_file
from isotunnel.engines.gpaw_pw.scf import UNCONVERGED_BANDS, kpoint_mesh
from isotunnel.errors import CrystalError
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ase import Atoms
    from numpy.typing import NDArray

    from isotunnel.engines.gpaw_pw.settings import GpawSettings

_VALENCE = re.compile(r'<atom\b[^>]*\bvalence="([\d.]+)"')


@dataclass(frozen=True)
class Sizes:
    """What the work of a run grows with.

    Attributes:
        atoms: in the cell.
        valence_electrons: those that are not in the frozen cores.
        kpoints: irreducible ones of the mesh.
        bands: per k-point.
        plane_waves: per band: those below the cutoff, by volume.
        wave_points: of the grid on which densities are made from waves, by volume.
        field_points: of the fields' grid, by volume.
    """

    atoms: int
    valence_electrons: float
    kpoints: int
    bands: int
    plane_waves: float
    wave_points: float
    field_points: float


def sizes_of(atoms: Atoms, settings: GpawSettings) -> Sizes:
    """Sizes of the run of ``atoms``.

    Raises:
        MissingExtraError: GPAW is not installed.
    """
    symbols = atoms.get_chemical_symbols()
    electrons = sum(map(valence_electrons, symbols))
    volume = float(atoms.get_volume())
    cutoff = settings.cutoff_ev(symbols)
    largest = math.sqrt(2.0 * cutoff / HARTREE_EV) / BOHR_ANGSTROM  # 1/angstrom
    return Sizes(
        atoms=len(atoms),
        valence_electrons=electrons,
        kpoints=irreducible_kpoints(atoms, kpoint_mesh(atoms, settings.kpoint_spacing)),
        bands=math.ceil(electrons / 2) + UNCONVERGED_BANDS + 2 + len(atoms) // 2,
        plane_waves=round(volume * largest**3 / (6.0 * math.pi**2), 1),
        # Products of two waves reach twice as far, to either side.
        wave_points=round(volume * (4.0 * largest / (2.0 * math.pi)) ** 3, 1),
        field_points=round(volume / settings.grid_spacing**3, 1),
    )


def valence_electrons(symbol: str) -> float:
    """Of one atom, as its data set counts them; 0 where there is no data set."""
    path = dataset_file(symbol)
    return 0.0 if path is None else _valence_of(path)


def _valence_of(path: Path) -> float:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as stream:
        found = _VALENCE.search(stream.read(4000))
    return float(found.group(1)) if found else 0.0


def irreducible_kpoints(atoms: Atoms, mesh: tuple[int, int, int]) -> int:
    """How many k-points symmetry and time reversal leave of a mesh around Gamma."""
    cell = (atoms.cell.array, atoms.get_scaled_positions(), atoms.numbers)
    try:
        representatives, _ = call_spglib(
            "get_ir_reciprocal_mesh", mesh, cell, is_shift=(0, 0, 0), symprec=SYMPREC_ANGSTROM
        )
    except CrystalError:
        return math.prod(mesh)
    return len(np.unique(representatives))


@dataclass(frozen=True)
class Model:
    """Coefficients of one cost, and how well they do.

    Attributes:
        coefficients: of the terms.
        typical_factor: root mean square of the factor by which a run that was left out is missed.
        worst_factor: the largest.
        runs: how many were measured.
        most_atoms: of the largest.
    """

    coefficients: tuple[float, ...]
    typical_factor: float
    worst_factor: float
    runs: int
    most_atoms: int


@dataclass(frozen=True)
class Cost:
    """What a run is expected to take.

    Attributes:
        sizes: what it rests on.
        seconds: of one core.
        bytes: at the peak.
        runs: spin-paired ones and, counted twice, polarised ones, all of which ``seconds`` holds.
    """

    sizes: Sizes
    seconds: float
    bytes: float
    runs: int

    @property
    def words(self) -> str:
        """The estimate for a person."""
        s, time = self.sizes, model("processor_s")
        atoms = "atom" if s.atoms == 1 else "atoms"
        beyond = ", more for so many atoms" if s.atoms > time.most_atoms else ""
        return (
            f"{s.atoms} {atoms}, {s.valence_electrons:.0f} electrons, {s.kpoints} k-points, "
            f"{s.bands} bands: about {duration(self.seconds)} and {self.bytes / 2**30:.2g} GiB "
            f"(to a factor of {time.typical_factor:.1f}, by {time.runs} measured runs{beyond})"
        )


def estimate(atoms: Atoms, settings: GpawSettings, magnetic_starts: int = 0) -> Cost:
    """The cost of a run, see the module's text for its limits.

    Args:
        atoms: the crystal.
        settings: of the engine.
        magnetic_starts: spin-polarised runs beside the spin-paired one; each counts twice.

    Raises:
        MissingExtraError: GPAW is not installed.
    """
    sizes = sizes_of(atoms, settings)
    row = {name: float(getattr(sizes, name)) for name in Sizes.__dataclass_fields__}
    time, memory = (
        float(_terms(row, what) @ np.array(model(what).coefficients))
        for what in ("processor_s", "peak_mb")
    )
    runs = 1 + 2 * magnetic_starts
    return Cost(sizes, time * runs, memory * 2.0**20 * (2 if magnetic_starts else 1), runs)


@cache
def model(what: str) -> Model:
    """The model of ``processor_s`` or ``peak_mb``, fitted for the least relative error."""
    from scipy.optimize import nnls

    rows = measured_costs()
    terms = np.array([_terms(row, what) / row[what] for row in rows])
    ones = np.ones(len(rows))
    missed = [
        abs(math.log(terms[i] @ nnls(np.delete(terms, i, 0), np.delete(ones, i))[0]))
        for i in range(len(rows))
    ]
    return Model(
        tuple(float(c) for c in nnls(terms, ones)[0]),
        math.exp(math.sqrt(float(np.mean(np.square(missed))))),
        math.exp(max(missed)),
        len(rows),
        int(max(row["atoms"] for row in rows)),
    )


@cache
def measured_costs() -> tuple[dict[str, float], ...]:
    """The measured runs: sizes, ``processor_s`` and ``peak_mb``."""
    text = files("isotunnel.engines.gpaw_pw").joinpath("data/costs.csv").read_text()
    return tuple(
        {name: float(value) for name, value in row.items() if name != "crystal"}
        for row in csv.DictReader(text.splitlines())
    )


def duration(seconds: float) -> str:
    """Seconds, minutes or hours, as exact as an estimate is."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _terms(row: Mapping[str, float], what: str) -> NDArray[np.float64]:
    waves = row["kpoints"] * row["bands"]
    if what == "processor_s":
        return np.array([1.0, waves * row["wave_points"] * math.log2(row["wave_points"])])
    return np.array([1.0, row["field_points"], waves * row["plane_waves"]])
