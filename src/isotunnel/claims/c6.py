"""C6: are metals held together by multipoles of their deformed clouds?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from isotunnel.claims.shared.medians import correlation_of, median_of
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.squeezed import SqueezedMetal, squeeze_study
from isotunnel.units import KJ_PER_MOL_EV

D_ROWS = (
    ("Sc", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni"),
    ("Y", "Zr", "Nb", "Mo", "Tc", "Ru", "Rh", "Pd"),
    ("La", "Hf", "Ta", "W", "Re", "Os", "Ir", "Pt"),
)
"""Transition metals of the three rows; the n-th has n + 1 d electrons in the metal (J. Friedel)."""
ONLY_S = ("Li", "Na", "K", "Rb", "Cs", "Be", "Mg")
"""Metals with s electrons only outside closed shells; the d bands of Ca, Sr and Ba reach down."""
FREE_EV = 1e-9


@dataclass(frozen=True)
class HeldMetal:
    """A metal with what holds it.

    Attributes:
        metal: computed.
        cohesive_ev: measured.
        row: of that.
    """

    metal: SqueezedMetal
    cohesive_ev: float
    row: RowUsed


@dataclass(frozen=True)
class HeldMetals:
    """All metals, and the cohesive energies of the transition metals.

    Attributes:
        metals: computed at room pressure and measured.
        filled: d electrons and measured cohesive energy, eV, by transition metal.
        filled_rows: of the latter.
        dropped: metals without a measured energy.
    """

    metals: tuple[HeldMetal, ...]
    filled: dict[str, tuple[int, float]]
    filled_rows: tuple[RowUsed, ...]
    dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> HeldMetals:
    """Metals at room pressure with their measured cohesive energies."""
    cohesive = cohesive_energies(sources)
    found, dropped = [], []
    for metal in squeeze_study().metals:
        if metal.asked_gpa != 0:
            continue
        if metal.symbol not in cohesive:
            r = metal.rows[0]
            reason = "no measured cohesive energy is tabulated"
            dropped.append(RowDropped(r.table, r.row, r.label, reason))
            continue
        found.append(HeldMetal(metal, *cohesive[metal.symbol]))
    filling = {e: n + 1 for line in D_ROWS for n, e in enumerate(line, 1)}
    filled = {e: (filling[e], c[0]) for e, c in cohesive.items() if e in filling}
    rows = tuple(c[1] for e, c in cohesive.items() if e in filling)
    return HeldMetals(tuple(found), filled, rows, tuple(dropped))


def measure(rows: HeldMetals) -> tuple[Measurement, ...]:
    """Share, rank and shells for the paper; the filling of the d band for the rival."""
    used = tuple(r for m in rows.metals for r in (*m.metal.rows, m.row))
    share = {m.metal.symbol: m.metal.attraction_ev / m.cohesive_ev for m in rows.metals}
    other = {m.metal.symbol: -m.metal.multipole_ev[1] / m.cohesive_ev for m in rows.metals}
    pairs = {m.metal.symbol: (m.metal.attraction_ev, m.cohesive_ev) for m in rows.metals}
    bands = {e: (float(n * (10 - n)), c) for e, (n, c) in rows.filled.items()}
    names = ("attraction (eV)", "cohesive energy (eV)")
    return (
        median_of(
            "share",
            PAPER,
            share,
            used,
            rows.dropped,
            also=other,
            otherwise="no metal was computed",
        ),
        correlation_of("rank", PAPER, pairs, used, rows.dropped, names),
        _shells(rows, used),
        correlation_of(
            "bands", RIVAL, bands, rows.filled_rows, (), ("N (10 - N)", "cohesive energy (eV)")
        ),
    )


def figure_data(rows: HeldMetals) -> FigureData:
    """Attraction of the multipoles against the measured cohesive energy."""
    return FigureData(
        title="What the multipoles of deformed clouds give, and what holds the metal",
        x_axis="Measured cohesive energy (eV per atom)",
        y_axis="Attraction of the multipoles (eV per atom)",
        marks=tuple(
            Mark(
                m.metal.symbol,
                m.metal.attraction_ev,
                None,
                None,
                m.cohesive_ev,
                "s electrons only" if m.metal.symbol in ONLY_S else "p and d electrons",
            )
            for m in rows.metals
        ),
        lines=(Line("no attraction", 0.0),),
    )


def cohesive_energies(sources: Sources) -> dict[str, tuple[float, RowUsed]]:
    """Measured energy of the atoms, eV, by element."""
    found = {}
    for row in sources.table("atomisation"):
        try:
            energy = row.number("energy_kj_mol") * KJ_PER_MOL_EV
        except CannotSay:
            continue
        found[row.text("element")] = (energy, RowUsed.of(row, row.text("element")))
    return found


def _shells(rows: HeldMetals, used: tuple[RowUsed, ...]) -> Measurement:
    """ln of the ratio of medians; attraction that is none counts as 1e-9 eV."""
    kinds = [m.metal.symbol in ONLY_S for m in rows.metals]
    pulls = [max(m.metal.attraction_ev, FREE_EV) for m in rows.metals]
    if not any(kinds) or all(kinds):
        return Measurement.refused("shells", PAPER, "metals of one kind only", rows.dropped)

    def ratio(pull: np.ndarray, only_s: np.ndarray) -> float:
        few, many = pull[only_s > 0.5], pull[only_s < 0.5]
        if not len(few) or not len(many):
            return math.nan
        return float(np.log(np.median(many) / np.median(few)))

    found = bootstrap([pulls, [float(k) for k in kinds]], ratio)
    values = tuple(
        (m.metal.symbol, {"attraction (eV)": m.metal.attraction_ev, "s electrons only": k})
        for m, k in zip(rows.metals, kinds, strict=True)
    )
    rest = (used, rows.dropped, len(rows.metals))
    method = "ratio of medians, interval by resampling the metals"
    return Measurement("shells", PAPER, *found, *rest, method=method, values=values)
