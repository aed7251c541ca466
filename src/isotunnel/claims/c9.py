"""C9: does carbon make iron brittle through covalent bonds?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from isotunnel.bonding.squeezed.library import BondBetween, bonds_between
from isotunnel.claims.shared.medians import correlation_of, median_of
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement

SOFT = ("annealed", "hot rolled", "normalized")
"""Treatments in which plain steels are compared, in this order of preference."""
HEAT = ("annealed", "normalized", "quenched and tempered")
"""Heat treatments; cold drawing is none."""
BOND = "C-Fe"


@dataclass(frozen=True)
class Steel:
    """One grade of steel of one source.

    Attributes:
        name: grade and source.
        carbon_percent: by weight, None where the grade does not say.
        plain: without other alloying elements.
        elongations: percent, with the treatment of each piece.
        rows: it rests on these.
    """

    name: str
    carbon_percent: float | None
    plain: bool
    elongations: tuple[tuple[str, float], ...]
    rows: tuple[RowUsed, ...]


@dataclass(frozen=True)
class IronAndCarbon:
    """Bonds, moduli and steels.

    Attributes:
        bonds: kinds of neighbours computed.
        moduli: bulk over shear modulus of cementite by source.
        moduli_rows: of these.
        steels: all grades.
        dropped: pieces without an elongation.
    """

    bonds: tuple[BondBetween, ...]
    moduli: dict[str, float]
    moduli_rows: tuple[RowUsed, ...]
    steels: tuple[Steel, ...]
    dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> IronAndCarbon:
    """Bonds as packed, moduli and steels of the tables."""
    moduli, rows = {}, []
    for row in sources.table("elastic").where(material="Fe3C"):
        bulk, shear = _number(row, "bulk_modulus_gpa"), _number(row, "shear_modulus_gpa")
        if bulk and shear:
            moduli[row.id] = bulk / shear
            rows.append(RowUsed.of(row, "cementite"))
    steels, dropped = _steels(sources)
    return IronAndCarbon(bonds_between(), moduli, tuple(rows), steels, dropped)


def measure(rows: IronAndCarbon) -> tuple[Measurement, ...]:
    """ELF, moduli and carbon for the paper; treatment for the rival."""
    carbon = [b for b in rows.bonds if b.between == BOND]
    elf = {f"{b.length_a:.2f} angstrom": b.elf for b in carbon}
    plain = [s for s in rows.steels if s.plain and s.carbon_percent is not None]
    pairs = {
        s.name: (float(s.carbon_percent or 0.0), soft)
        for s in plain
        if (soft := _soft(s)) is not None
    }
    treated = {s.name: s for s in rows.steels if (_spread(s) or 0.0) > 0}
    spread = {name: _spread(s) or 0.0 for name, s in treated.items()}
    return (
        median_of(
            "covalent",
            PAPER,
            elf,
            [b.row for b in carbon],
            _others(rows.bonds),
            otherwise="the density of cementite was not computed",
        ),
        median_of("moduli", PAPER, rows.moduli, rows.moduli_rows, otherwise="no moduli"),
        correlation_of(
            "carbon",
            PAPER,
            pairs,
            [r for s in plain if s.name in pairs for r in s.rows],
            rows.dropped,
            ("carbon (%)", "elongation (%)"),
        ),
        median_of(
            "treatment",
            RIVAL,
            spread,
            [r for s in treated.values() for r in s.rows],
            rows.dropped,
            otherwise="no steel after two heat treatments",
        ),
    )


def figure_data(rows: IronAndCarbon) -> FigureData:
    """Elongation of plain steels against carbon."""
    return FigureData(
        title="How far plain steels stretch, by carbon and treatment",
        x_axis="Carbon (% by weight)",
        y_axis="Elongation at fracture (%)",
        marks=tuple(
            Mark(s.name, value, None, None, s.carbon_percent, treatment)
            for s in rows.steels
            if s.plain and s.carbon_percent is not None
            for treatment, value in s.elongations
        ),
        lines=(Line("brittle below", 5.0),),
    )


def _others(bonds: Sequence[BondBetween]) -> tuple[RowDropped, ...]:
    """Bonds that are not between iron and carbon."""
    others = [b.row for b in bonds if b.between != BOND]
    return tuple(
        RowDropped(r.table, r.row, r.label, "not a bond of iron and carbon") for r in others
    )


def _steels(sources: Sources) -> tuple[tuple[Steel, ...], tuple[RowDropped, ...]]:
    grades: dict[str, list[Row]] = {}
    dropped = []
    for row in sources.table("elongation"):
        if row["element"]:
            continue
        if _number(row, "elongation_percent") is None:
            dropped.append(RowDropped.of(row, row.text("material"), "no elongation is given"))
            continue
        # The first words tell the source; a grade of two sources is two steels.
        grades.setdefault(f"{row.text('material')} ({row.source.split(',')[0]})", []).append(row)
    return tuple(_steel(name, pieces) for name, pieces in grades.items()), tuple(dropped)


def _steel(name: str, pieces: Sequence[Row]) -> Steel:
    found = tuple((r.text("treatment"), _number(r, "elongation_percent") or 0.0) for r in pieces)
    rows = tuple(RowUsed.of(r, name) for r in pieces)
    plain = all(r["alloying"] == "iron and carbon" for r in pieces)
    return Steel(name, _number(pieces[0], "carbon_percent"), plain, found, rows)


def _soft(steel: Steel) -> float | None:
    """Elongation of the softest kind of treatment that is known."""
    for treatment in SOFT:
        values = [e for t, e in steel.elongations if t == treatment]
        if values:
            return median(values)
    return None


def _spread(steel: Steel) -> float | None:
    """ln of the largest over the smallest elongation among heat treatments."""
    values = [e for t, e in steel.elongations if t in HEAT]
    if len(values) < 2 or min(values) <= 0:
        return None
    return math.log(max(values) / min(values))


def _number(row: Row, name: str) -> float | None:
    try:
        return row.number(name)
    except CannotSay:
        return None
