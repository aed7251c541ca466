"""Least squares with covariance: the one engine behind every fit of a law to points.

A fit is the best of local searches from several starts (trust region, scipy), and its covariance
(J^T J)^-1 over the parameters that are free. What a law is, where to start, and what counts as a
bound reached is the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Minimum:
    """Where the sum of squares is smallest.

    Attributes:
        values: the parameters, shape (k,).
        jacobian: of the residuals there, shape (n, k).
        residuals: there, shape (n,).
        cost: half the sum of squares (of a robust loss: what was minimised).
        converged: whether the search ended by its own rule.
        message: how it ended.
    """

    values: Array
    jacobian: Array
    residuals: Array
    cost: float
    converged: bool
    message: str


def minimise(
    residuals: Callable[[Array], Array],
    starts: Iterable[Array],
    *,
    lower: ArrayLike = -np.inf,
    upper: ArrayLike = np.inf,
    **search: Any,
) -> Minimum | None:
    """The lowest of the minima found from the starts, of equal ones the first; None if none is.

    Args:
        residuals: of parameters, shape (k,) -> (n,); inf where a step goes too far.
        starts: inside the bounds.
        lower, upper: bounds of the parameters.
        search: how far to search, as in :func:`scipy.optimize.least_squares` (``xtol``, ``ftol``,
            ``gtol``, ``max_nfev``, ``x_scale``, ``loss``, ``f_scale``).
    """
    from scipy.optimize import least_squares

    best = None
    for start in starts:
        # A step too far may overflow; the search then shortens it.
        with np.errstate(over="ignore"):
            found = least_squares(residuals, start, bounds=(lower, upper), **search)
        if np.isfinite(found.cost) and (best is None or found.cost < best.cost):
            best = found
    if best is None:
        return None
    return Minimum(
        np.asarray(best.x, dtype=float),
        np.asarray(best.jac, dtype=float),
        np.asarray(best.fun, dtype=float),
        float(best.cost),
        bool(best.success),
        str(best.message),
    )


def covariance(
    jacobian: Array,
    *,
    free: NDArray[np.bool_] | None = None,
    size: Array | None = None,
    variance: float = 1.0,
) -> Array:
    """Covariance of fitted parameters: variance (J^T J)^-1, zeros for those that are not free.

    The pseudo-inverse is taken: directions that no point tells of have no variance, so callers
    leave them out by ``free`` or refuse them.

    Args:
        jacobian: of the weighted residuals, shape (n, k).
        free: which parameters moved; all by default.
        size: magnitude of each parameter, by which columns are scaled, for parameters that differ
            by many orders.
        variance: of a weighted residual: 1 where errors were given, else the reduced chi-square.
    """
    count = jacobian.shape[1]
    chosen = np.ones(count, dtype=bool) if free is None else free
    found = np.zeros((count, count))
    if chosen.any():
        scale = np.ones(int(chosen.sum())) if size is None else size[chosen]
        part = jacobian[:, chosen] * scale
        inverse = np.linalg.pinv(part.T @ part) * np.outer(scale, scale)
        found[np.ix_(chosen, chosen)] = variance * inverse
    return found
