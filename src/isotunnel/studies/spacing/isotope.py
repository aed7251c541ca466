"""T3: does Tc depend on the isotope at fixed volume?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from isotunnel.errors import InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.studies.spacing.result import (
    SpacingTest,
    Statistic,
    chi_square,
    mean_of,
    median_of,
    product,
    share_of,
)
from isotunnel.units import BOLTZMANN_EV_K, EV_PER_ANGSTROM3_GPA

BCS_EXPONENT = 0.5


@dataclass(frozen=True)
class ZeroPoint:
    """What the zero-point motion's pressure does to the volume of one isotope against another.

    Attributes:
        dlnv_dlnm: d ln V / d ln M = -(9/16) gamma k theta / (K V): heavier isotopes are denser.
        dlntc_dlnv: measured -K d ln Tc / dP; None where unknown.
        expansion: beta Tc at Tc, the relative volume that heating to Tc by the factor e at
            constant beta would bring; None where unknown.
    """

    dlnv_dlnm: Parameter
    dlntc_dlnv: Parameter | None = None
    expansion: Parameter | None = None


@dataclass(frozen=True)
class IsotopeShift:
    """One measured exponent, Tc ~ M^-alpha.

    Attributes:
        name: material.
        isotope: what was replaced.
        alpha: the exponent, summed over the sites unless it is partial.
        group: rows of one set of elements share it, for one vote each.
        simple: True for a simple conductor (an element), for a statistic of its own.
        zero_point: for the isotope's volume effect, None where not known.
        partial: whether only some sites of a compound were exchanged; such an exponent is shown
            and enters no statistic.
    """

    name: str
    isotope: str
    alpha: Parameter
    group: str
    simple: bool = False
    zero_point: ZeroPoint | None = None
    partial: bool = False


@dataclass(frozen=True)
class IsotopeRow:
    """One exponent against 0 (volume alone) and 0.5 (BCS).

    Attributes:
        name, isotope, group, simple, partial: as given.
        alpha: as given.
        sigma_from_zero, sigma_from_bcs: (alpha - 0) and (alpha - 0.5) in errors; None without.
        nearer_zero: whether alpha is nearer 0 than 0.5.
        volume_alpha: exponent by the isotopes' volumes, with the measured d ln Tc / d ln V.
        isochore_alpha: exponent by the isotopes' volumes if Tc(V) is the theory's own isochore.
    """

    name: str
    isotope: str
    group: str
    simple: bool
    partial: bool
    alpha: Parameter
    sigma_from_zero: float | None
    sigma_from_bcs: float | None
    nearer_zero: bool
    volume_alpha: Parameter | None
    isochore_alpha: Parameter | None


NOTES = (
    "Tc ~ M^-alpha; volume alone demands alpha = 0 at fixed volume, weak-coupling BCS 0.5 for "
    "the sum over all sites of a compound; exponents of one site alone are shown, not counted",
    "heavier isotopes vibrate less and so take less volume: volume_alpha and isochore_alpha are "
    "what volume alone could still give by that",
)


def isotopes(
    shifts: Sequence[IsotopeShift],
    used: Sequence[RowUsed] = (),
    dropped: Sequence[RowDropped] = (),
) -> SpacingTest[IsotopeRow]:
    """T3: measured isotope exponents against 0 and 0.5.

    Means are random-effects means over rows with an error; shares and medians count each group
    once, by the median of its rows. Partial exponents enter none of them.

    Args:
        shifts: inputs, one per measured exponent.
        used, dropped: rows of data that they come from, passed on.
    """
    every = tuple(isotope_row(s) for s in shifts)
    rows = [r for r in every if not r.partial]
    simple = [r for r in rows if r.simple]
    groups = exponents_by_group(rows)
    statistics: tuple[Statistic, ...] = (
        mean_of("mean", "exponent, mean; p against 0, volume alone", "", _alphas(rows), 0.0),
        mean_of(
            "mean_simple",
            "exponent of elements, mean; p against 0, volume alone",
            "",
            _alphas(simple),
            0.0,
        ),
        mean_of(
            "mean_simple_from_bcs",
            "exponent of elements minus 0.5, mean; p against 0, BCS",
            "",
            [Parameter(a.value - BCS_EXPONENT, a.source, a.error) for a in _alphas(simple)],
            0.0,
        ),
        chi_square("chi2_zero", "chi squared per row against 0, volume alone", _alphas(rows), 0.0),
        chi_square("chi2_bcs", "chi squared per row against 0.5, BCS", _alphas(rows), BCS_EXPONENT),
        share_of(
            "nearer_zero",
            "materials whose exponent is nearer 0 than 0.5; p against even odds",
            [abs(a) < abs(a - BCS_EXPONENT) for a in groups.values()],
            against=0.5,
        ),
        median_of("median", "exponent, median of materials", "", list(groups.values())),
        median_of(
            "median_simple",
            "exponent of elements, median",
            "",
            list(exponents_by_group(simple).values()),
        ),
        median_of(
            "volume_alpha",
            "|exponent| that the isotopes' volumes give with measured dTc/dP, median",
            "",
            [abs(r.volume_alpha.value) for r in rows if r.volume_alpha],
        ),
    )
    return SpacingTest(
        "T3",
        "isotope exponents against 0 and 0.5",
        every,
        statistics,
        tuple(used),
        tuple(dropped),
        NOTES,
    )


def exponents_by_group(rows: Sequence[IsotopeRow]) -> dict[str, float]:
    """One exponent per group, the median of its rows; partial ones count nowhere.

    Claim B8 and the statistics of T3 share this way of counting.
    """
    values: dict[str, list[float]] = {}
    for row in rows:
        if not row.partial:
            values.setdefault(row.group, []).append(row.alpha.value)
    return {group: median(found) for group, found in values.items()}


def isotope_row(shift: IsotopeShift) -> IsotopeRow:
    """T3 of one exponent; see ``IsotopeRow``."""
    a = shift.alpha
    scale = a.error if a.error else None
    return IsotopeRow(
        name=shift.name,
        isotope=shift.isotope,
        group=shift.group,
        simple=shift.simple,
        partial=shift.partial,
        alpha=a,
        sigma_from_zero=a.value / scale if scale else None,
        sigma_from_bcs=(a.value - BCS_EXPONENT) / scale if scale else None,
        nearer_zero=abs(a.value) < abs(a.value - BCS_EXPONENT),
        volume_alpha=_volume_alpha(shift.zero_point),
        isochore_alpha=_isochore_alpha(shift.zero_point),
    )


def zero_point_volume(
    theta_k: Parameter, gamma: Parameter, bulk_modulus_gpa: Parameter, volume_a3: float
) -> Parameter:
    """d ln V / d ln M = -(9/16) gamma k theta / (K V) of a Debye solid at T = 0.

    The zero-point energy (9/8) k theta per atom presses with gamma/V times itself and goes as
    M^(-1/2); the volume (angstrom^3 per atom) yields by 1/K.

    Raises:
        InputError: a modulus or volume that is not positive.
    """
    if bulk_modulus_gpa.value <= 0 or volume_a3 <= 0:
        raise InputError(
            f"K = {bulk_modulus_gpa.value:g} GPa and V = {volume_a3:g} angstrom^3 must be positive"
        )
    stiffness = bulk_modulus_gpa.value / EV_PER_ANGSTROM3_GPA * volume_a3
    value = -9 / 16 * gamma.value * BOLTZMANN_EV_K * theta_k.value / stiffness
    return product(value, "zero-point pressure", theta_k, gamma, bulk_modulus_gpa)


def _volume_alpha(given: ZeroPoint | None) -> Parameter | None:
    """-(d ln Tc / d ln V)(d ln V / d ln M)."""
    if given is None or given.dlntc_dlnv is None:
        return None
    a, b = given.dlntc_dlnv, given.dlnv_dlnm
    return product(-a.value * b.value, "isotopes' volumes, measured d ln Tc/d ln V", a, b)


def _isochore_alpha(given: ZeroPoint | None) -> Parameter | None:
    """(d ln V / d ln M) / (beta Tc), from V(M, Tc) = constant."""
    if given is None or given.expansion is None or given.expansion.value == 0:
        return None
    a, b = given.dlnv_dlnm, given.expansion
    return product(a.value / b.value, "isotopes' volumes, Tc(V) an isochore", a, b)


def _alphas(rows: Sequence[IsotopeRow]) -> list[Parameter]:
    return [r.alpha for r in rows]
