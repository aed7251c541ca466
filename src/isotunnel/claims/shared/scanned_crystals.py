"""Crystals of the atlas as claims need them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal import find_named
from isotunnel.errors import CannotSay, InputError
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped, RowUsed

if TYPE_CHECKING:
    from isotunnel.atlas import Scan

SOURCE = "computed with GPAW and PBE, settings in the atlas"


@dataclass(frozen=True)
class ScannedCrystal:
    """One scan, by rising pressure.

    Attributes:
        name: of the crystal.
        symbols: of the elements in it.
        known_at_gpa: pressure of the named crystal, at which its phase is known; None where none
            is stated.
        pressures_gpa: shape (n,).
        first_gaps: lifting gap of the first tunnel in any direction, in the reading's unit,
            shape (n,).
        gaps: lifting gap of the tunnel that spans all directions, shape (n,).
        band_gaps_ev: Kohn-Sham gap, shape (n,).
        neighbour_angstrom: least distance of two atoms, shape (n,).
    """

    name: str
    symbols: frozenset[str]
    known_at_gpa: float | None
    pressures_gpa: tuple[float, ...]
    first_gaps: tuple[float, ...]
    gaps: tuple[float, ...]
    band_gaps_ev: tuple[float, ...]
    neighbour_angstrom: tuple[float, ...]

    @property
    def metal(self) -> bool:
        """Whether the Kohn-Sham gap is zero at the lowest pressure."""
        return self.band_gaps_ev[0] <= 0.0

    @property
    def home(self) -> int:
        """Place of the pressure nearest to that at which the phase is known.

        A phase without such a pressure is taken as known from the lowest pressure of its scan.
        """
        if self.known_at_gpa is None:
            return 0
        return int(np.argmin(np.abs(np.subtract(self.pressures_gpa, self.known_at_gpa))))

    @property
    def row(self) -> RowUsed:
        """Its record."""
        return RowUsed("atlas", self.name, self.name, SOURCE)


def scanned(
    sources: Sources, reading: str
) -> tuple[tuple[ScannedCrystal, ...], tuple[RowDropped, ...]]:
    """Every crystal of the atlas with a reading's gaps and a band gap, and those without."""
    found, dropped = [], []
    for name in sources.scans():
        try:
            found.append(_scanned(name, sources.scan(name), reading))
        except (CannotSay, InputError) as reason:
            dropped.append(RowDropped("atlas", name, name, str(reason)))
    return tuple(found), tuple(dropped)


def one_vote_per_element(
    crystals: Sequence[ScannedCrystal],
) -> tuple[tuple[ScannedCrystal, ...], tuple[RowDropped, ...]]:
    """Of an element's phases that at the lowest pressure; compounds stay as they are.

    Returns:
        Crystals kept, in order, and the other phases, each with the reason.
    """
    first: dict[frozenset[str], ScannedCrystal] = {}
    for crystal in sorted(crystals, key=lambda c: (c.pressures_gpa[0], c.name)):
        if len(crystal.symbols) == 1:
            first.setdefault(crystal.symbols, crystal)
    chosen = {c.name for c in first.values()}
    kept, dropped = [], []
    for crystal in crystals:
        if len(crystal.symbols) > 1 or crystal.name in chosen:
            kept.append(crystal)
            continue
        voter = first[crystal.symbols]
        at = crystal.pressures_gpa[crystal.home]
        reason = (
            f"{next(iter(crystal.symbols))} has its vote by {voter.name}, its phase at the lowest "
            f"pressure; this one is a phase near {at:.0f} GPa"
        )
        dropped.append(RowDropped("atlas", crystal.name, crystal.name, reason))
    return tuple(kept), tuple(dropped)


def crossing(
    pressures_gpa: tuple[float, ...], values: tuple[float, ...]
) -> tuple[float | None, str]:
    """Where values fall to zero on compression, by linear interpolation.

    A value of exactly zero is one that cannot be negative (a band gap): the line through the two
    points before it is carried on, up to that point.

    Returns:
        The pressure and ""; or None and "before" where they are zero or less at the lowest
        pressure, "after" where they never are.
    """
    if values[0] <= 0:
        return None, "before"
    for i in range(1, len(values)):
        if values[i] <= 0:
            low, high = pressures_gpa[i - 1], pressures_gpa[i]
            fall = (values[i - 1] - values[i]) / (high - low)
            if values[i] == 0 and i > 1:
                before = (values[i - 2] - values[i - 1]) / (low - pressures_gpa[i - 2])
                fall = max(fall, before)
            return low + values[i - 1] / fall, ""
    return None, "after"


def _scanned(name: str, scan: Scan, reading: str) -> ScannedCrystal:
    order = np.argsort(scan.pressures_gpa)
    columns = {
        "first_gaps": scan.gaps(reading, 1).values,
        "gaps": scan.gaps(reading, 3).values,
        "band_gaps_ev": scan.band_gaps_ev,
    }
    for column, values in columns.items():
        if not np.all(np.isfinite(values)):
            raise CannotSay(f"{name} has points without {column} ({reading})")
    crystals = [c for c in scan.crystals if c is not None]
    if len(crystals) != len(order):
        raise CannotSay(f"{name} has points without a structure")
    named = find_named(name)
    near = np.array([nearest_neighbour(c) for c in crystals])
    return ScannedCrystal(
        name=name,
        symbols=frozenset(crystals[0]["symbols"]),
        known_at_gpa=None if named is None else named.pressure_gpa,
        pressures_gpa=_tuple(scan.pressures_gpa[order]),
        neighbour_angstrom=_tuple(near[order]),
        **{column: _tuple(values[order]) for column, values in columns.items()},
    )


def nearest_neighbour(crystal: Mapping[str, Any]) -> float:
    """Least distance of two atoms of a crystal, images included, angstrom."""
    cell = np.asarray(crystal["cell_angstrom"], dtype=float)
    places = np.asarray(crystal["positions_fractional"], dtype=float)
    steps = np.stack(np.meshgrid(*(np.arange(-2, 3),) * 3, indexing="ij"), axis=-1).reshape(-1, 3)
    between = (places[:, None] - places[None])[:, :, None] + steps
    distances = np.linalg.norm(between @ cell, axis=-1)
    return float(np.min(distances[distances > 1e-6]))


def _tuple(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(float(v) for v in values)
