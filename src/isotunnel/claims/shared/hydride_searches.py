"""Published searches among hydrides: predictions, measurements, how close hydrogen is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.crystal.formula import formula_elements
from isotunnel.errors import CannotSay, IsotunnelError
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.sample import Gathered
from isotunnel.studies.hydrides.entries import HTSC, STRUCTURES, entry_of
from isotunnel.studies.hydrides.structures import build

if TYPE_CHECKING:
    from ase import Atoms

TC = "hydrides_tc"


@dataclass(frozen=True)
class Superconductor:
    """A hydride with a critical temperature.

    Attributes:
        compound: formula.
        tc_k: measured or predicted.
        row: of data.
    """

    compound: str
    tc_k: float
    row: RowUsed


@dataclass(frozen=True)
class CloseHydrogen:
    """A hydride with the distance between its hydrogen atoms.

    Attributes:
        compound: formula.
        distance_angstrom: the shortest between two hydrogen atoms of the published cell.
        tc_k, tc_kind: "measured" where it was, else "predicted".
        rows: of cell and Tc.
    """

    compound: str
    distance_angstrom: float
    tc_k: float
    tc_kind: str
    rows: tuple[RowUsed, ...]


def established(sources: Sources) -> Gathered[Superconductor]:
    """The highest established Tc of each hydride, of two tables."""
    best: dict[str, Superconductor] = {}
    dropped: list[RowDropped] = []
    for row, compound, status in _reports(sources):
        try:
            if status not in ("established", "measured"):
                raise CannotSay(f"the report is {status}, not established")
            one = Superconductor(compound, row.number("tc_k"), RowUsed.of(row, compound))
        except CannotSay as reason:
            dropped.append(RowDropped.of(row, compound, str(reason)))
            continue
        if compound not in best or best[compound].tc_k < one.tc_k:
            best[compound] = one
    return Gathered(tuple(best.values()), tuple(dropped))


def ambient_predictions(sources: Sources) -> tuple[Superconductor, ...]:
    """Hydrides of a published search at ambient pressure, with the Tc predicted there."""
    return tuple(
        Superconductor(r.text("formula"), r.number("tc_predicted_k"), RowUsed.of(r, r.id))
        for r in sources.table(HTSC).rows
    )


def close_hydrogen(sources: Sources) -> Gathered[CloseHydrogen]:
    """One case per compound, of its first crystal that can be built and has a Tc."""
    found: dict[str, CloseHydrogen] = {}
    dropped: list[RowDropped] = []
    predicted = _predicted(sources)
    for name in (STRUCTURES, HTSC):
        for row in sources.table(name).rows:
            entry = entry_of(row)
            if entry.compound in found:
                why = f"{entry.compound} has its vote by {found[entry.compound].rows[0].row}"
                dropped.append(RowDropped.of(row, entry.compound, why))
                continue
            try:
                found[entry.compound] = _close(row, predicted)
            except IsotunnelError as reason:
                dropped.append(RowDropped.of(row, entry.compound, str(reason)))
    return Gathered(tuple(found.values()), tuple(dropped))


def shortest_distance(atoms: Atoms, symbol: str = "H") -> float:
    """The shortest distance between two atoms of an element, images included, in angstrom.

    Raises:
        CannotSay: there is none of it.
    """
    from ase.geometry import minkowski_reduce

    own = atoms[[a.symbol == symbol for a in atoms]]
    if not len(own):
        raise CannotSay(f"there is no {symbol} in it")
    distances = own.get_all_distances(mic=True)
    # An atom's own images lie at lattice vectors, the shortest of which the reduced cell holds.
    shortest = np.linalg.norm(minkowski_reduce(own.cell)[0], axis=1).min()
    np.fill_diagonal(distances, shortest)
    return float(distances.min())


def _close(row: Row, predicted: dict[str, tuple[float, Row]]) -> CloseHydrogen:
    entry = entry_of(row)
    rows = [RowUsed.of(row, entry.compound)]
    if entry.tc_measured_k is not None:
        tc, kind = entry.tc_measured_k, "measured"
    elif entry.tc_predicted_k is not None:
        tc, kind = entry.tc_predicted_k, "predicted"
    elif entry.compound in predicted:
        tc, kind = predicted[entry.compound][0], "predicted"
        rows.append(RowUsed.of(predicted[entry.compound][1], entry.compound))
    else:
        raise CannotSay("no Tc of it is in the tables")
    distance = shortest_distance(build(entry).atoms)
    return CloseHydrogen(entry.compound, distance, tc, kind, tuple(rows))


def _predicted(sources: Sources) -> dict[str, tuple[float, Row]]:
    """By compound: the median of the published Tc, and one of their rows."""
    rows: dict[str, list[Row]] = {}
    for row in sources.table(TC).rows:
        if row["kind"] == "predicted" and row["tc_k"] is not None:
            rows.setdefault(row.text("compound"), []).append(row)
    return {c: (median(r.number("tc_k") for r in own), own[0]) for c, own in rows.items()}


def _reports(sources: Sources) -> Iterator[tuple[Row, str, str]]:
    """Rows on hydrides with the compound and how sure they are."""
    for row in sources.table("landmarks").rows:
        name = row.text("material").split(" (")[0]
        if _is_hydride(name):
            yield row, name, row.text("status")
    for row in sources.table(TC).rows:
        if _is_hydride(row.text("compound")) and row["kind"] != "predicted":
            yield row, row.text("compound"), row.text("kind")


def _is_hydride(name: str) -> bool:
    try:
        return "H" in formula_elements(name)
    except IsotunnelError:
        return False
