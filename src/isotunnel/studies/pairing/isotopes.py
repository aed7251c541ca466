"""Isotope exponents with nothing put in, beside the measured ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.crystal.formula import elements_in
from isotunnel.measured.parameter import Parameter
from isotunnel.studies.spacing.superconductor_rows import measured_sites
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import BenchmarkRow


@dataclass(frozen=True)
class IsotopeBeside:
    """One element of a crystal whose isotopes were exchanged.

    Attributes:
        row: of the benchmark.
        element: that was exchanged.
        predicted: -d ln Tc / d ln M of its masses, by the Eliashberg equations with the mu* of the
            benchmark.
        measured: the best measurement of it.
    """

    row: BenchmarkRow
    element: str
    predicted: float
    measured: Parameter


def isotopes_beside(rows: Sequence[BenchmarkRow]) -> tuple[IsotopeBeside, ...]:
    """Metals and named crystals with a predicted exponent, and the measured one of table
    ``isotope_effect``.

    As in T3, the set of elements says which measurement belongs to a crystal; the pressure is the
    named crystal's, not always that of the measurement.
    """
    measured = {compound.elements: compound for compound in measured_sites()}
    found = []
    for row in rows:
        compound = measured.get(frozenset(elements_in(row.formula)))
        if compound is None or not row.is_named:
            continue
        predicted = _by_element(row)
        found += [
            IsotopeBeside(row, element, predicted[element], compound.site(element))
            for element in compound.sites
            if element in predicted
        ]
    return tuple(found)


def _by_element(row: BenchmarkRow) -> dict[str, float]:
    """Of a crystal of one element that of all masses, which older rows have alone."""
    elements = elements_in(row.formula)
    if len(elements) == 1 and row.isotope_exponent is not None:
        return {next(iter(elements)): row.isotope_exponent}
    return dict(row.isotope_by_element)
