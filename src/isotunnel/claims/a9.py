"""A9: do most high-temperature superconductors need high pressure?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from isotunnel.crystal.families import family_of
from isotunnel.crystal.formula import formula_elements
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Gathered

HIGH_TC_K = 30.0
HIGH_PRESSURE_GPA = 1.0


@dataclass(frozen=True)
class Landmark:
    """A material seen to superconduct above ``HIGH_TC_K``, at a pressure.

    Attributes:
        material: name.
        tc_k: critical temperature.
        pressure_gpa: where.
        row: of data.
    """

    material: str
    tc_k: float
    pressure_gpa: float
    row: RowUsed

    @property
    def compound(self) -> str:
        """Its elements, which preparations and dopings of one compound share."""
        return "-".join(sorted(formula_elements(self.material)))

    @property
    def family(self) -> str:
        """Chemical family."""
        return family_of(self.material)


def gather(sources: Sources) -> Gathered[Landmark]:
    """High-temperature superconductors of three tables, each row that states Tc and pressure.

    Landmarks are what got famous; the others are there because Tc or a hydride was measured.
    """
    found: list[Landmark] = []
    dropped: list[RowDropped] = []
    for row, name, pressure in _candidates(sources):
        reason = _unfit(row, pressure)
        if reason:
            dropped.append(RowDropped.of(row, name, reason))
            continue
        at = row.number("pressure_gpa") if pressure is None else pressure
        found.append(Landmark(name, row.number("tc_k"), at, RowUsed.of(row, name)))
    return Gathered(tuple(found), tuple(dropped))


def measure(rows: Gathered[Landmark]) -> tuple[Measurement, ...]:
    """The share that needs pressure: one vote per compound; by family; material by material."""
    return (
        _share("share", rows, lambda m: m.compound),
        _share("families", rows, lambda m: m.family),
        _share("materials", rows, lambda m: m.material),
    )


def figure_data(rows: Gathered[Landmark]) -> FigureData:
    """Tc against the least pressure."""
    return FigureData(
        title=f"Superconductors above {HIGH_TC_K:g} K at the least pressure on record",
        x_axis="Pressure (GPa)",
        y_axis="Critical temperature (K)",
        marks=tuple(
            Mark(m.material, m.tc_k, None, None, m.pressure_gpa, "established")
            for m in least_pressure(rows, lambda m: m.compound).cases
        ),
        lines=(Line(f"{HIGH_TC_K:g} K", HIGH_TC_K),),
    )


def least_pressure(rows: Gathered[Landmark], of: Callable[[Landmark], str]) -> Gathered[Landmark]:
    """One vote per compound, family or material: at the least pressure on record."""
    chosen: dict[str, Landmark] = {}
    dropped = list(rows.dropped)
    for one in sorted(rows.cases, key=lambda s: (s.pressure_gpa, -s.tc_k, s.row.row)):
        if of(one) not in chosen:
            chosen[of(one)] = one
            continue
        reason = f"{of(one)} has its vote by {chosen[of(one)].row.row}"
        dropped.append(RowDropped(one.row.table, one.row.row, one.material, reason))
    return Gathered(tuple(chosen.values()), tuple(dropped))


def _share(part: str, rows: Gathered[Landmark], of: Callable[[Landmark], str]) -> Measurement:
    voters = least_pressure(rows, of)
    needing = {of(m): m.pressure_gpa >= HIGH_PRESSURE_GPA for m in voters.cases}
    shown = {
        of(m): {"material": m.material, "Tc (K)": m.tc_k, "pressure (GPa)": m.pressure_gpa}
        for m in voters.cases
    }
    used = tuple(m.row for m in voters.cases)
    rest = (used, voters.dropped, "no row could be used", shown)
    return Measurement.of_share(part, PAPER, needing, *rest)


def _candidates(sources: Sources) -> Iterator[tuple[Row, str, float | None]]:
    """Rows with the material's name, and their pressure where the table implies it."""
    for row in sources.table("landmarks"):
        yield row, row.text("material").split(" (")[0], None
    for row in sources.table("dtc_dp"):
        if row["from_ambient"] is True:
            yield row, row.text("material"), 0.0
    for row in sources.table("hydrides_tc"):
        yield row, row.text("compound"), None


def _unfit(row: Row, pressure: float | None) -> str:
    """Why a row does not count, "" where it does."""
    status = row["status"] if "status" in row else row["kind"]
    if row.table == "landmarks" and status != "established":
        return f"the report is {status}, not established"
    if row.table == "hydrides_tc" and status != "measured":
        return f"it is {status}, not measured"
    try:
        tc_k = row.number("tc_k")
        if pressure is None:
            row.number("pressure_gpa")
    except CannotSay as reason:
        return str(reason)
    return "" if tc_k > HIGH_TC_K else f"Tc {tc_k:g} K is not above {HIGH_TC_K:g} K"
