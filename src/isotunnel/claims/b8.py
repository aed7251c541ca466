"""B8: does cooling work through contraction, with Tc where the gap closes?"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from isotunnel.claims.shared.predictions import ambient_phase
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, median, whole_spread
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark, two_errors
from isotunnel.scorecard.measurement import MEDIAN, Measurement
from isotunnel.studies.spacing import (
    IsochoreRow,
    IsotopeRow,
    SpacingTest,
    measured_isochores,
    measured_isotopes,
)
from isotunnel.studies.spacing.isotope import exponents_by_group
from isotunnel.substances import Substance
from isotunnel.theories.superconducting.mcmillan import McMillan
from isotunnel.theories.superconducting.pairing import ASSUMED_MU_STAR
from isotunnel.theories.superconducting.rigid_muffin_tin.stored import stored_of
from isotunnel.theories.superconducting.tc_formulas import isotope_exponent

NO_EFFECT, LONE_PHONONS = 0.0, 0.5
"""Exponents of spacing alone, and of BCS without the electrons' repulsion, for the figure."""


@dataclass(frozen=True)
class SpacingTests:
    """T2 and T3, and what McMillan's formula predicts for T3 by name, or why it cannot.

    ``unaided`` and ``unaided_silent`` are the same with a coupling computed from the crystal alone.
    """

    isochores: SpacingTest[IsochoreRow]
    isotopes: SpacingTest[IsotopeRow]
    predicted: Mapping[str, float] = field(default_factory=dict)
    silent: Mapping[str, str] = field(default_factory=dict)
    unaided: Mapping[str, float] = field(default_factory=dict)
    unaided_silent: Mapping[str, str] = field(default_factory=dict)


def gather(sources: Sources) -> SpacingTests:
    """Both tests over the tables, and McMillan's exponents from the catalogue's parameters."""
    isotopes = measured_isotopes(sources.table)
    known = {s.name: s.without_fits("isotope_effect") for s in sources.substances()}
    names = tuple(dict.fromkeys(r.name for r in isotopes.rows))
    by_catalogue = _said(names, lambda name: _mcmillan(known, name))
    by_crystal = _said(names, _unaided)
    return SpacingTests(measured_isochores(sources.table), isotopes, *by_catalogue, *by_crystal)


def _said(
    names: Sequence[str], exponent: Callable[[str], float]
) -> tuple[dict[str, float], dict[str, str]]:
    """Exponents by name, and why there is none."""
    predicted, silent = {}, {}
    for name in names:
        try:
            predicted[name] = exponent(name)
        except CannotSay as reason:
            silent[name] = str(reason)
    return predicted, silent


def measure(rows: SpacingTests) -> tuple[Measurement, ...]:
    """Slope of the isochore against dTc/dP, and the exponents against each theory's."""
    every = rows.isotopes.rows
    elements = [r for r in every if r.simple]
    return (
        _slope(rows.isochores),
        *(_isotope("isotope", rows, every, s) for s in (PAPER, RIVAL)),
        *(_isotope("isotope_elements", rows, elements, s) for s in (PAPER, RIVAL)),
        _isotope("isotope_unaided", _by_crystal(rows), elements, RIVAL),
    )


def _by_crystal(rows: SpacingTests) -> SpacingTests:
    """The same with what the rival says when its coupling is computed from the crystal alone."""
    return replace(rows, predicted=rows.unaided, silent=rows.unaided_silent)


def figure_data(rows: SpacingTests) -> FigureData:
    """Isotope exponents with both predictions."""
    marks = []
    for row in rows.isotopes.rows:
        label = f"{row.name} ({row.isotope})"
        series = "one site alone, not counted" if row.partial else "summed over all sites"
        low, high = two_errors(row.alpha)
        marks.append(Mark(label, row.alpha.value, low, high, series=series))
    return FigureData(
        title="Isotope exponents of the critical temperature; bars are two printed errors, "
        "none where none is printed",
        y_axis="Exponent alpha (1)",
        marks=tuple(marks),
        lines=(Line("spacing only", NO_EFFECT), Line("phonons alone", LONE_PHONONS)),
    )


def _slope(test: SpacingTest[IsochoreRow]) -> Measurement:
    slopes = {
        r.name: (r.predicted.value, r.measured.value)
        for r in test.rows
        if r.predicted is not None and r.measured is not None and r.measured.value
    }
    logs = [math.log10(isochore / abs(measured)) for isochore, measured in slopes.values()]
    if not logs:
        reason = "no superconductor has both slopes"
        return Measurement.refused("slope", PAPER, reason, test.dropped)
    found = bootstrap([logs], median)
    values = tuple(
        (name, {"isochore (K/GPa)": isochore, "measured (K/GPa)": measured})
        for name, (isochore, measured) in slopes.items()
    )
    rest = (test.used, test.dropped, len(logs))
    return Measurement("slope", PAPER, *found, *rest, method=MEDIAN, values=values)


def _mcmillan(known: Mapping[str, Substance], name: str) -> float:
    """The exponent of McMillan's formula at zero pressure, with the coupling that it takes for Tc.

    That is the catalogue's, or follows from the measured Tc and the Debye temperature, as McMillan
    took it; neither knows of isotopes.

    Raises:
        CannotSay: neither is known, or no Tc follows.
    """
    if name not in known:
        raise CannotSay("the catalogue has no parameters of it")
    phase, theory = ambient_phase(known[name].phases), McMillan()
    values = {k: p.value for k, p in theory.inputs(phase).items()}
    return float(isotope_exponent(theory.coupling(phase, values), values["mu_star"]))


def _unaided(name: str) -> float:
    """The exponent of McMillan's formula with the coupling that rigid muffin tins give.

    Raises:
        CannotSay: none is stored, or no Tc follows.
    """
    stored = stored_of(name, (0.0, 0.0))
    if stored is None:
        raise CannotSay("no coupling computed from the crystal is stored")
    return float(isotope_exponent(stored.lambda_ep.value, ASSUMED_MU_STAR.value))


def _isotope(part: str, given: SpacingTests, rows: Sequence[IsotopeRow], side: str) -> Measurement:
    """Median distance of the exponents from a theory's, one vote per set of elements."""
    test = given.isotopes
    mine = [r for r in rows if side == PAPER or r.name in given.predicted]
    exponents = exponents_by_group(mine)
    names = {r.group: r.name for r in mine if not r.partial}
    expected = {g: NO_EFFECT if side == PAPER else given.predicted[names[g]] for g in exponents}
    off = {g: abs(alpha - expected[g]) for g, alpha in exponents.items()}
    used = tuple(r for r in test.used if r.label in set(names.values()))
    dropped = test.dropped
    if side == RIVAL:
        left = [r for r in test.used if r.label in given.silent]
        dropped += tuple(RowDropped(r.table, r.row, r.label, given.silent[r.label]) for r in left)
    if not off:
        return Measurement.refused(part, side, "no exponent of all sites is known", dropped)
    found = bootstrap([list(off.values())], median)
    return Measurement(
        part,
        side,
        *found,
        used,
        dropped,
        len(off),
        range_of=whole_spread(list(off.values()), *found[1:]),
        method=MEDIAN,
        values=tuple((names[g], {"measured": exponents[g], "predicted": expected[g]}) for g in off),
    )
