"""What the five tests share: numbers with errors, results, statistics."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from isotunnel.errors import InputError
from isotunnel.evidence.statistics import LEVEL, share, share_p_value, weighted_mean
from isotunnel.measured.parameter import Parameter
from isotunnel.measured.rows_used import RowDropped, RowUsed

Row = TypeVar("Row")


@dataclass(frozen=True)
class Statistic:
    """A number over all rows of a test, with its 95 % interval.

    Attributes:
        name: short, unique in the test.
        title: what it is.
        unit: "" for a pure number.
        value: the number, None where there is none.
        low: lower end of the interval, None where there is none or it is open.
        high: upper end.
        rows: independent rows (materials) that it rests on.
        p_value: probability of data at least as far off under what ``title`` compares with,
            None where it compares with nothing.
        cannot_say: why there is no number, None where there is one.
    """

    name: str
    title: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    rows: int
    p_value: float | None = None
    cannot_say: str | None = None

    def __post_init__(self) -> None:
        numbers = [n for n in (self.value, self.low, self.high, self.p_value) if n is not None]
        if not all(math.isfinite(n) for n in numbers):
            raise InputError(f"statistic {self.name}: {numbers} are not all finite")
        if (self.value is None) == (self.cannot_say is None):
            raise InputError(f"statistic {self.name} needs either a value or a reason")

    @classmethod
    def refused(cls, name: str, title: str, reason: str, rows: int = 0) -> Statistic:
        """No number, and why."""
        return cls(name, title, "", None, None, None, rows, None, reason)


@dataclass(frozen=True)
class SpacingTest(Generic[Row]):
    """Result of one of the tests T1 to T5; it states numbers, no verdict.

    Attributes:
        id: "T1" to "T5".
        title: what was compared.
        rows: one per material (or model), in the order of the data.
        statistics: numbers over all rows.
        used: rows of data behind them.
        dropped: rows of data left out, with reasons.
        notes: assumptions and limits.
    """

    id: str
    title: str
    rows: tuple[Row, ...]
    statistics: tuple[Statistic, ...]
    used: tuple[RowUsed, ...]
    dropped: tuple[RowDropped, ...]
    notes: tuple[str, ...]

    def statistic(self, name: str) -> Statistic:
        """A statistic by name.

        Raises:
            InputError: there is none of that name; the message lists them.
        """
        for found in self.statistics:
            if found.name == name:
                return found
        known = ", ".join(s.name for s in self.statistics)
        raise InputError(f"{self.id} has no statistic {name!r}; it has {known}")

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON. Keys: ``isotunnel.schemas.spacing``."""
        from isotunnel.schemas import document
        from isotunnel.schemas.spacing import SpacingTest as Shape

        return document(Shape, self)


def product(value: float, source: str, *factors: Parameter) -> Parameter:
    """A product or quotient of independent factors: relative errors add in squares.

    The error is None where that of any factor is unknown. ``value`` is the product itself, so that
    quotients need no second function.
    """
    total = 0.0
    for factor in factors:
        if factor.error is None:
            return Parameter(value, source)
        if factor.value == 0:
            raise InputError(f"{source}: a factor is zero, so it has no relative error")
        total += (factor.error / factor.value) ** 2
    return Parameter(value, source, abs(value) * math.sqrt(total))


def quadrature(*errors: float | None) -> float | None:
    """Independent errors added in squares; None where any of them is unknown."""
    known = [e for e in errors if e is not None]
    return math.hypot(*known) if len(known) == len(errors) else None


def rounding_error(value: float) -> float:
    """Standard error of a number that was only rounded: a unit of its last digit over sqrt(12).

    It is a lower bound, for numbers printed without an error.
    """
    text = repr(float(value)).lower()
    mantissa, _, exponent = text.partition("e")
    decimals = mantissa.partition(".")[2].rstrip("0")
    return float(10.0 ** (int(exponent or 0) - len(decimals)) / math.sqrt(12))


def sign_of(parameter: Parameter | None, sign: int | None = None) -> int | None:
    """+1 or -1; None where the number is zero within two errors, or nothing is known."""
    if parameter is None:
        return sign
    if parameter.value == 0 or (
        parameter.error is not None and abs(parameter.value) < 2 * parameter.error
    ):
        return None
    return 1 if parameter.value > 0 else -1


def share_of(
    name: str, title: str, hits: Sequence[bool], against: float | None = None
) -> Statistic:
    """The share of hits with its exact interval (Clopper-Pearson), and its p value against one."""
    if not hits:
        return Statistic.refused(name, title, "no rows of data")
    found, rows = sum(hits), len(hits)
    p = None if against is None else share_p_value(found, rows, against)
    return Statistic(name, title, "", *share(found, rows), rows, p)


def median_of(name: str, title: str, unit: str, values: Sequence[float]) -> Statistic:
    """The median; its interval is that of the order statistics, exact for any distribution.

    An end is None where the rows are too few to close it.
    """
    from scipy.stats import binom

    if not values:
        return Statistic.refused(name, title, "no rows of data")
    ordered = sorted(values)
    n = len(ordered)
    middle = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    # The k-th smallest and k-th largest hold the median with 1 - 2 P(fewer than k below it).
    k = int(binom.ppf(0.025, n, 0.5))
    low, high = (ordered[k - 1], ordered[n - k]) if k >= 1 else (None, None)
    return Statistic(name, title, unit, middle, low, high, n)


def mean_of(
    name: str, title: str, unit: str, values: Sequence[Parameter], against: float | None = None
) -> Statistic:
    """Random-effects mean of the values that carry an error, and its p value against a number.

    See :func:`~isotunnel.evidence.statistics.weighted_mean`.
    """
    from scipy.stats import norm

    known = [(v.value, v.error) for v in values if v.error is not None and v.error > 0]
    if not known:
        return Statistic.refused(name, title, "no row states an error")
    mean, low, high = weighted_mean([x for x, _ in known], [s for _, s in known])
    error = (high - low) / (2 * float(norm.ppf(0.5 + LEVEL / 2)))
    p = None if against is None else float(2 * norm.sf(abs(mean - against) / error))
    return Statistic(name, title, unit, mean, low, high, len(known), p)


def chi_square(name: str, title: str, values: Sequence[Parameter], against: float) -> Statistic:
    """Sum of squared deviations from a number over errors, per degree of freedom, with p value."""
    from scipy.stats import chi2

    known = [v for v in values if v.error is not None and v.error > 0]
    if not known:
        return Statistic.refused(name, title, "no row states an error")
    total = sum(((v.value - against) / float(v.error or 1)) ** 2 for v in known)
    n = len(known)
    return Statistic(name, title, "", total / n, None, None, n, float(chi2.sf(total, n)))
