"""A resistivity law with its parameters fitted to rows of one material."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import CannotSay, InputError
from isotunnel.least_squares import covariance

Array = NDArray[np.float64]
Model = Callable[[Array, Array, Array], Array]
"""rho(parameters, volume, temperature)."""


@dataclass(frozen=True, eq=False)
class FittedLaw:
    """rho(V, T) with the parameters that fit the rows given, and what they rest on.

    Attributes:
        law: name of the law ("linear", "activated", "volume").
        names: of the free parameters.
        units: of them.
        values: shape (n,).
        covariance: shape (n, n). From the errors of the rows where those were given, otherwise
            from the scatter of the residuals; zero rows and columns for parameters that lie on a
            bound (``on_bound``), and NaN throughout where there are no more rows than parameters
            and no errors.
        rows: number of rows fitted.
        residuals: shape (rows,), measured minus fitted, uohm cm.
        volume_range: smallest and largest volume fitted, angstrom^3 per atom.
        temperature_range: lowest and highest temperature fitted, kelvin.
        on_bound: parameters that the theory's own limits hold (a slope that would be negative).
        notes: what a user should know of the fit.
        refuse_outside: True where the law makes no prediction beyond ``volume_range``.
        infinite_at_zero: True where there is no finite resistivity at T = 0.
    """

    law: str
    names: tuple[str, ...]
    units: tuple[str, ...]
    values: Array
    covariance: Array
    residuals: Array
    volume_range: tuple[float, float]
    temperature_range: tuple[float, float]
    model: Model = field(repr=False)
    on_bound: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refuse_outside: bool = False
    infinite_at_zero: bool = False

    def __post_init__(self) -> None:
        for name in ("values", "covariance", "residuals"):
            array = np.array(getattr(self, name), dtype=float)
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    @property
    def rows(self) -> int:
        """Number of rows fitted."""
        return int(self.residuals.size)

    @property
    def parameters(self) -> int:
        """Number of free parameters, those on a bound included."""
        return len(self.names)

    @property
    def rms(self) -> float:
        """Root mean square of the residuals, uohm cm."""
        return float(np.sqrt(np.mean(self.residuals**2)))

    @property
    def errors(self) -> dict[str, float | None]:
        """Standard error of each parameter; None on a bound or where unknown."""
        diagonal = np.diag(self.covariance)
        return {
            name: float(np.sqrt(v)) if np.isfinite(v) and name not in self.on_bound else None
            for name, v in zip(self.names, diagonal, strict=True)
        }

    def rho(self, volume: ArrayLike, temperature: ArrayLike) -> Array:
        """Resistivity in uohm cm at volumes (angstrom^3 per atom) and temperatures (K).

        Broadcast together.

        Raises:
            InputError: volumes not positive, temperatures negative, or not finite.
            CannotSay: a volume outside those fitted, where the law predicts nothing; T = 0
                where the law has no finite value there.
        """
        v, t = conditions(volume, temperature)
        if self.infinite_at_zero and (t == 0).any():
            raise CannotSay("infinite at T = 0: nothing lifts electrons across the gap")
        low, high = self.volume_range
        slack = 1e-9 * high
        outside = v[(v < low - slack) | (v > high + slack)]
        if self.refuse_outside and outside.size:
            raise CannotSay(
                f"the law was fitted between {low:.4f} and {high:.4f} angstrom^3 per atom; "
                f"{float(outside.flat[0]):.4f} lies outside, where a free function predicts nothing"
            )
        return self.model(self.values, v, t)

    def rho_error(self, volume: ArrayLike, temperature: ArrayLike) -> Array:
        """Standard error of ``rho`` from the covariance of the parameters, to first order."""
        v, t = conditions(volume, temperature)
        self.rho(v, t)
        columns = []
        for i, value in enumerate(self.values):
            step = 1e-6 * max(abs(value), 1e-3)
            ends = []
            for sign in (1.0, -1.0):
                moved = self.values.copy()
                moved[i] += sign * step
                ends.append(self.model(moved, v, t))
            columns.append((ends[0] - ends[1]) / (2 * step))
        jacobian = np.stack(columns, axis=-1)
        variance = np.einsum("...i,ij,...j->...", jacobian, self.covariance, jacobian)
        result: Array = np.sqrt(np.maximum(variance, 0.0))
        return result


@dataclass(frozen=True, eq=False)
class Rows:
    """Checked rows of one material: arrays of one shape, and weights 1 / error."""

    volume: Array
    temperature: Array
    rho: Array
    weight: Array
    errors_known: bool

    @property
    def volume_range(self) -> tuple[float, float]:
        """Smallest and largest volume, angstrom^3 per atom."""
        return float(self.volume.min()), float(self.volume.max())

    @property
    def temperature_range(self) -> tuple[float, float]:
        """Lowest and highest temperature, kelvin."""
        return float(self.temperature.min()), float(self.temperature.max())


def conditions(volume: ArrayLike, temperature: ArrayLike) -> tuple[Array, Array]:
    """Volumes and temperatures as arrays of one shape.

    Raises:
        InputError: volumes not positive, temperatures negative, or not finite.
    """
    v, t = np.broadcast_arrays(
        np.asarray(volume, dtype=float), np.asarray(temperature, dtype=float)
    )
    wrong = v[~(np.isfinite(v) & (v > 0))]
    if wrong.size:
        raise InputError(f"volume {float(wrong.flat[0]):g} angstrom^3 per atom must be positive")
    wrong = t[~(np.isfinite(t) & (t >= 0))]
    if wrong.size:
        raise InputError(f"temperature {float(wrong.flat[0]):g} K must be zero or positive")
    return v, t


def checked_rows(
    volumes: ArrayLike,
    temperatures: ArrayLike,
    rho: ArrayLike,
    errors: ArrayLike | None,
    parameters: int,
) -> Rows:
    """Rows to fit.

    Raises:
        InputError: impossible values, unequal lengths, or fewer rows than parameters.
    """
    v, t = conditions(volumes, temperatures)
    measured = np.asarray(rho, dtype=float)
    if v.ndim != 1 or measured.shape != v.shape:
        raise InputError(
            f"volumes, temperatures and rho must be lists of one length, got {v.shape} and "
            f"{measured.shape}"
        )
    if not (np.isfinite(measured).all() and (measured >= 0).all()):
        raise InputError("resistivities must be finite numbers, zero or positive")
    if v.size < parameters:
        raise InputError(f"{v.size} rows cannot fix {parameters} parameters; give more")
    if errors is None:
        return Rows(v, t, measured, np.ones_like(measured), False)
    sigma = np.broadcast_to(np.asarray(errors, dtype=float), measured.shape)
    if not (np.isfinite(sigma).all() and (sigma > 0).all()):
        raise InputError("errors of the resistivities must be positive numbers")
    return Rows(v, t, measured, 1 / sigma, True)


def covariance_of(jacobian: Array, rows: Rows, residuals: Array) -> Array:
    """(J^T W J)^-1, times the reduced chi-square where the rows came without errors."""
    free = np.any(jacobian != 0, axis=0)
    variance = 1.0
    if not rows.errors_known:
        left = residuals.size - int(free.sum())
        if left < 1:
            return np.full((free.size, free.size), np.nan)
        variance = float(np.sum((residuals * rows.weight) ** 2) / left)
    return covariance(jacobian * rows.weight[:, None], free=free, variance=variance)
