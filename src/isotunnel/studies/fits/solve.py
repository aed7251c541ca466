"""Find a law's best parameters: weighted least squares, whatever the law is written in.

A ``FormulaLaw`` is a sum of columns with coefficients (linear in them) and of at most two shape
parameters, which the columns depend on. That allows a global search: over a grid of shapes, the
coefficients follow from linear least squares; the best few are refined together. A ``TunnelLaw``
is one of ``isotunnel.theories.tunnel``, which knows how to fit itself.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from isotunnel.errors import CannotSay, InputError
from isotunnel.least_squares import covariance, minimise
from isotunnel.studies.fits.points import Array, Mask, Points
from isotunnel.theories.tunnel.laws import ResistivityLaw

_STARTS = 3


@dataclass(frozen=True)
class FreeParameter:
    """Name, unit and bounds of one free parameter of a law."""

    name: str
    unit: str
    lower: float = 0.0
    upper: float = np.inf


@dataclass(frozen=True, eq=False)
class Solution:
    """Best parameters of a law for some points.

    Attributes:
        names, units, values: of the parameters.
        covariance: (J^T J)^-1 for unit scatter, shape (k, k), zeros for parameters at a bound.
        free: which parameters are neither at a bound nor without effect.
        predict: points -> resistivities in uohm cm.
        free_parameters: how many the law has.
    """

    names: tuple[str, ...]
    units: tuple[str, ...]
    values: Array
    covariance: Array
    free: Mask
    predict: Callable[[Points], Array]
    free_parameters: int


class Law(Protocol):
    """What every law offers; ``count`` is its number of free parameters, None if the data say."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def theory(self) -> str: ...

    @property
    def formula(self) -> str: ...

    @property
    def count(self) -> int | None: ...

    def solve(self, points: Points, scale: Array) -> Solution:
        """Minimise sum ((law - rho) / scale)^2 over the points.

        Raises:
            CannotSay: the law has no answer here, with the reason.
        """


@dataclass(frozen=True)
class TunnelLaw:
    """A law of ``isotunnel.theories.tunnel`` in its spacing-only form."""

    name: str
    title: str
    formula: str
    count: int | None
    law: ResistivityLaw
    theory: str = "tunnel"

    def solve(self, points: Points, scale: Array) -> Solution:
        """See ``Law.solve``."""
        # A step too far may overflow; the law's own search then shortens it.
        try:
            with np.errstate(over="ignore"):
                fitted = self.law.fit(
                    points.volume, points.temperature_k, points.rho_uohm_cm, errors=scale
                )
        except InputError as unfit:
            # The points were checked: what the law refuses is too few different volumes.
            raise CannotSay(str(unfit)) from None
        free = np.array([name not in fitted.on_bound for name in fitted.names])
        known = np.array(fitted.covariance, dtype=float)
        known[~free, :] = known[:, ~free] = 0.0
        # A free function has as many parameters as it has different values.
        levels = int(np.sum(np.diff(fitted.values, prepend=0.0) > 0))
        return Solution(
            names=tuple(fitted.names),
            units=tuple(fitted.units),
            values=np.asarray(fitted.values, dtype=float),
            covariance=known,
            free=free,
            predict=lambda p: np.asarray(fitted.rho(p.volume, p.temperature_k), dtype=float),
            free_parameters=self.count or levels,
        )


@dataclass(frozen=True)
class FormulaLaw:
    """A law written as columns, coefficients and shapes.

    Attributes:
        name, title: for users.
        theory: a key of ``THEORIES``.
        formula: in words of mathematics.
        coefficients: parameters that the law is linear in, in the order of the columns.
        shapes: the others.
        columns: (shape values, points) -> array (n, number of coefficients).
        grid: values of each shape to search from.
    """

    name: str
    title: str
    theory: str
    formula: str
    coefficients: tuple[FreeParameter, ...]
    shapes: tuple[FreeParameter, ...]
    columns: Callable[[Array, Points], Array]
    grid: tuple[Array, ...] = ()

    @property
    def parameters(self) -> tuple[FreeParameter, ...]:
        """All free parameters: coefficients, then shapes."""
        return self.coefficients + self.shapes

    @property
    def count(self) -> int:
        """Number of free parameters."""
        return len(self.parameters)

    def predict(self, values: Array, points: Points) -> Array:
        """Resistivities, uohm cm, at the points' temperatures and volumes."""
        split = len(self.coefficients)
        rho: Array = self.columns(values[split:], points) @ values[:split]
        return rho

    def solve(self, points: Points, scale: Array) -> Solution:
        """See ``Law.solve``."""
        values, jacobian = _best(self, points, scale)
        free = _free(self, values, jacobian)
        lower = np.array([p.lower for p in self.parameters])
        # A bound reached is the bound itself, not a millionth beside it.
        settled = np.where(~free & (values - lower < 1e-3), lower, values)
        return Solution(
            names=tuple(p.name for p in self.parameters),
            units=tuple(p.unit for p in self.parameters),
            values=settled,
            covariance=covariance(jacobian, free=free, size=np.maximum(np.abs(settled), 1e-12)),
            free=free,
            predict=lambda p: self.predict(settled, p),
            free_parameters=self.count,
        )


def _best(law: FormulaLaw, points: Points, scale: Array) -> tuple[Array, Array]:
    """Parameters of least squares and the Jacobian there: grid of shapes, then a local search."""
    if not law.shapes:
        columns = law.columns(np.empty(0), points) / scale[:, None]
        return _coefficients(columns, points.rho_uohm_cm / scale, law), columns
    lower = np.array([p.lower for p in law.parameters])
    upper = np.array([p.upper for p in law.parameters])

    def residuals(values: Array) -> Array:
        return (law.predict(values, points) - points.rho_uohm_cm) / scale

    # The search wants to begin inside the bounds, not on them.
    inside = [
        np.clip(start, lower + 1e-9 * (1 + np.abs(start)), upper)
        for start in _starts(law, points, scale)
    ]
    best = minimise(
        residuals, inside, lower=lower, upper=upper, x_scale="jac", max_nfev=200, xtol=1e-11
    )
    if best is None:
        raise CannotSay("least squares did not converge from any start")
    return best.values, best.jacobian


def _starts(law: FormulaLaw, points: Points, scale: Array) -> list[Array]:
    """The best points of the grid, each with its best coefficients, no two of them neighbours."""
    target = points.rho_uohm_cm / scale
    tried: list[tuple[float, tuple[int, ...], Array]] = []
    for place in itertools.product(*(range(len(g)) for g in law.grid)):
        shape = np.array([g[i] for g, i in zip(law.grid, place, strict=True)])
        columns = law.columns(shape, points) / scale[:, None]
        coefficients = _coefficients(columns, target, law)
        miss = columns @ coefficients - target
        tried.append((float(miss @ miss), place, np.concatenate([coefficients, shape])))
    tried.sort(key=lambda t: t[0])
    chosen: list[tuple[tuple[int, ...], Array]] = []
    for cost, place, values in tried:
        apart = all(max(map(abs, np.subtract(place, p)), default=0) > 2 for p, _ in chosen)
        if math.isfinite(cost) and (apart or not chosen):
            chosen.append((place, values))
        if len(chosen) == _STARTS:
            break
    return [values for _, values in chosen]


def _coefficients(columns: Array, target: Array, law: FormulaLaw) -> Array:
    """Linear least squares, without negative values where the law forbids them."""
    if columns.shape[1] == 1:
        column = columns[:, 0]
        squares = float(column @ column)
        return np.array([max(float(column @ target) / squares, 0.0) if squares > 0 else 0.0])
    if law.coefficients[0].lower == -np.inf:
        return np.asarray(np.linalg.lstsq(columns, target, rcond=None)[0], dtype=float)
    from scipy.optimize import nnls

    return np.asarray(nnls(columns, target)[0])


def _free(law: FormulaLaw, values: Array, jacobian: Array) -> Mask:
    """At a lower bound is a parameter whose height above it moves no residual by a millionth."""
    effect = np.linalg.norm(jacobian, axis=0)
    free = effect > 0
    for i, parameter in enumerate(law.parameters):
        if np.isfinite(parameter.lower):
            free[i] &= (values[i] - parameter.lower) * effect[i] > 1e-6
        if np.isfinite(parameter.upper):
            free[i] &= (parameter.upper - values[i]) * effect[i] > 1e-6
    return np.asarray(free)
