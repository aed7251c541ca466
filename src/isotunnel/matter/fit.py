"""Fit an isotherm to points (V, P) or (V, E), with covariance and the range it holds for.

Least squares with Levenberg-Marquardt steps (scipy); parameters are scaled by their starting
values. The covariance is s^2 (J^T J)^-1 with s^2 the residual variance, or, where standard errors
are given, (J^T J)^-1 of the weighted residuals (``absolute_errors``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError
from isotunnel.least_squares import covariance, minimise
from isotunnel.matter.isotherm import FORMS, Isotherm
from isotunnel.units import EV_PER_ANGSTROM3_GPA

Array = NDArray[np.float64]
NAMES = ("v0", "k0_gpa", "k0_prime", "e0_ev")


@dataclass(frozen=True)
class EosFit:
    """A fitted isotherm.

    Attributes:
        isotherm: the best parameters.
        parameters: names of the fitted ones, in the order of ``covariance``.
        covariance: shape (n, n), in the units of the parameters (angstrom^3, GPa, 1, eV).
        residuals: fitted minus given, GPa or eV per atom, in the order given; read-only.
        quantity: "pressure" or "energy".
        e0_ev: energy at v0 (energy fits), else None.
        volume_range: smallest and largest volume fitted, angstrom^3 per atom.
        pressure_range_gpa: the isotherm's pressures there (lowest, highest).
    """

    isotherm: Isotherm
    parameters: tuple[str, ...]
    covariance: Array
    residuals: Array
    quantity: str
    e0_ev: float | None
    volume_range: tuple[float, float]
    pressure_range_gpa: tuple[float, float]

    @property
    def errors(self) -> dict[str, float]:
        """Standard error of each fitted parameter."""
        return dict(zip(self.parameters, np.sqrt(np.diag(self.covariance)).tolist(), strict=True))

    @property
    def rms(self) -> float:
        """Root mean square of the residuals, GPa or eV per atom."""
        return float(np.sqrt(np.mean(self.residuals**2)))

    def pressure_error(self, volume: ArrayLike) -> Array:
        """Standard error of P(V) in GPa, propagated from the covariance (linear)."""
        names = [n for n in self.parameters if n != "e0_ev"]
        index = [self.parameters.index(n) for n in names]
        best = np.array([getattr(self.isotherm, n) for n in names])
        fixed = {n: getattr(self.isotherm, n) for n in ("v0", "k0_gpa", "k0_prime")}
        slopes = []
        for i, name in enumerate(names):
            step = 1e-6 * max(abs(best[i]), 1.0)
            up, down = (
                Isotherm(self.isotherm.form, **{**fixed, name: best[i] + s}).pressure(volume)
                for s in (step, -step)
            )
            slopes.append((up - down) / (2 * step))
        jacobian = np.stack(slopes, axis=-1)
        block = self.covariance[np.ix_(index, index)]
        variance = np.einsum("...i,ij,...j->...", jacobian, block, jacobian)
        result: Array = np.sqrt(np.maximum(variance, 0.0))
        return result


def fit_pressures(
    volumes: ArrayLike,
    pressures_gpa: ArrayLike,
    *,
    form: str = "vinet",
    errors_gpa: ArrayLike | None = None,
    v0: float | None = None,
    k0_gpa: float | None = None,
) -> EosFit:
    """Fit P(V) to points; volumes in angstrom^3 per atom.

    Args:
        volumes: at least as many points as free parameters, plus one.
        pressures_gpa: same length.
        form: "vinet" or "birch-murnaghan".
        errors_gpa: standard errors of the pressures; makes the covariance absolute.
        v0: hold it fixed at this value (measured at ambient pressure, say).
        k0_gpa: hold it fixed at this value.

    Raises:
        InputError: too few points, different lengths, non-finite or non-positive values, or no
            convergence.
    """
    volume, pressure = _points(volumes, pressures_gpa, "pressures")
    weight = _weights(errors_gpa, volume.size)
    start = _start_from_pressures(volume, pressure)
    fixed = {n: x for n, x in (("v0", v0), ("k0_gpa", k0_gpa)) if x is not None}
    free = tuple(n for n in NAMES[:3] if n not in fixed)

    def residuals(values: dict[str, float]) -> Array:
        return Isotherm(form, **values).pressure(volume) - pressure

    best, spread = _least_squares(residuals, start, fixed, free, weight, form)
    isotherm = Isotherm(form, best["v0"], best["k0_gpa"], best["k0_prime"])
    return _result(isotherm, free, spread, residuals(best), "pressure", None, volume)


def fit_energies(volumes: ArrayLike, energies_ev: ArrayLike, *, form: str = "vinet") -> EosFit:
    """Fit E(V) to points, both per atom: the usual end of a DFT volume scan.

    Raises:
        InputError: fewer than five points, no minimum within reach, or as in ``fit_pressures``.
    """
    volume, energy = _points(volumes, energies_ev, "energies")
    curve = np.polynomial.Polynomial.fit(
        volume ** (-2.0 / 3.0), energy, 3 if volume.size > 4 else 2
    )
    v0 = _minimum(curve, volume)
    x0 = v0 ** (-2.0 / 3.0)
    # E'' in V at the minimum, where E' = 0: E_xx (dx/dV)^2.
    second = curve.deriv(2)(x0) * (2.0 / 3.0 * x0 / v0) ** 2
    start = {
        "v0": v0,
        "k0_gpa": max(float(second) * v0 * EV_PER_ANGSTROM3_GPA, 1e-3),
        "k0_prime": 4.0,
        "e0_ev": float(curve(x0)),
    }
    shift = float(energy.mean())

    def residuals(values: dict[str, float]) -> Array:
        isotherm = Isotherm(form, values["v0"], values["k0_gpa"], values["k0_prime"])
        result: Array = isotherm.energy(volume) + values["e0_ev"] - (energy - shift)
        return result

    start["e0_ev"] -= shift
    best, spread = _least_squares(residuals, start, {}, NAMES, np.ones(volume.size), form)
    isotherm = Isotherm(form, best["v0"], best["k0_gpa"], best["k0_prime"])
    e0 = best["e0_ev"] + shift
    return _result(isotherm, NAMES, spread, residuals(best), "energy", e0, volume)


def _points(volumes: ArrayLike, values: ArrayLike, what: str) -> tuple[Array, Array]:
    volume = np.array(volumes, dtype=float).ravel()
    value = np.array(values, dtype=float).ravel()
    if volume.size != value.size:
        raise InputError(f"{volume.size} volumes but {value.size} {what}: give pairs")
    if not (np.all(np.isfinite(volume)) and np.all(np.isfinite(value))):
        raise InputError(f"volumes and {what} must be finite numbers")
    if np.any(volume <= 0):
        raise InputError(f"volume {float(volume.min()):g} angstrom^3 must be positive")
    return volume, value


def _weights(errors: ArrayLike | None, count: int) -> Array | None:
    if errors is None:
        return None
    error = np.broadcast_to(np.asarray(errors, dtype=float), (count,))
    if not np.all(np.isfinite(error) & (error > 0)):
        raise InputError("standard errors of the pressures must be positive and finite")
    result: Array = 1.0 / error
    return result


def _start_from_pressures(volume: Array, pressure: Array) -> dict[str, float]:
    """A straight line in the two loosest points gives v0 and k0 well enough to start."""
    if np.ptp(volume) <= 0:
        raise InputError("all volumes are the same: an equation of state needs a range of them")
    order = np.argsort(volume)[::-1]
    ln_v, p = np.log(volume[order]), pressure[order]
    count = max(2, volume.size // 3)
    slope, offset = np.polyfit(ln_v[:count], p[:count], 1) if np.ptp(ln_v[:count]) else (-1.0, 0.0)
    k0 = max(-float(slope), 1e-2 * float(np.ptp(p)), 1e-3)
    v0 = float(np.exp(-offset / slope)) if slope < 0 else float(volume.max())
    return {"v0": min(v0, 3.0 * float(volume.max())), "k0_gpa": k0, "k0_prime": 4.0}


def _minimum(curve: np.polynomial.Polynomial, volume: Array) -> float:
    roots = curve.deriv().roots()
    real = roots[np.abs(roots.imag) < 1e-9].real
    minima = real[(curve.deriv(2)(real) > 0) & (real > 0)] ** -1.5
    near = minima[(minima > 0.5 * volume.min()) & (minima < 2.0 * volume.max())]
    if near.size == 0:
        raise InputError(
            "the energies have no minimum near the volumes given: extend the scan to larger volumes"
        )
    return float(near[np.argmin(np.abs(near - np.median(volume)))])


def _least_squares(
    residuals: Callable[[dict[str, float]], Array],
    start: dict[str, float],
    fixed: dict[str, float],
    free: tuple[str, ...],
    weight: Array | None,
    form: str,
) -> tuple[dict[str, float], Array]:
    if form not in FORMS:
        raise InputError(f"unknown equation of state {form!r}: choose one of {', '.join(FORMS)}")
    scale = np.array([max(abs(start[n]), 1e-3) for n in free])
    lowest = [1e-3 * start[n] if n in ("v0", "k0_gpa") else -np.inf for n in free]

    def values(x: Array) -> dict[str, float]:
        return {**fixed, **dict(zip(free, (x * scale).tolist(), strict=True))}

    def weighted(x: Array) -> Array:
        found = residuals(values(x))
        return found if weight is None else found * weight

    count = weighted(np.array([start[n] for n in free]) / scale).size
    if count <= len(free):
        raise InputError(
            f"{count} points for {len(free)} parameters: give at least {len(free) + 1}"
        )
    found = minimise(
        weighted,
        [np.array([start[n] for n in free]) / scale],
        lower=np.array(lowest) / scale,
        xtol=1e-14,
        ftol=1e-14,
        gtol=1e-14,
        max_nfev=2000,
    )
    if found is None or not found.converged:
        why = "no finite sum of squares" if found is None else found.message
        raise InputError(f"the fit of the equation of state did not converge: {why}")
    if np.linalg.cond(found.jacobian.T @ found.jacobian) > 1e20:
        raise InputError("the points do not determine the parameters: give a wider volume range")
    stated = weight is not None and not np.all(weight == 1.0)
    variance = 1.0 if stated else 2.0 * found.cost / (count - len(free))
    spread = covariance(found.jacobian, variance=variance) * np.outer(scale, scale)
    return values(found.values), spread


def _result(
    isotherm: Isotherm,
    free: tuple[str, ...],
    spread: Array,
    residuals: Array,
    quantity: str,
    e0_ev: float | None,
    volume: Array,
) -> EosFit:
    for array in (spread, residuals):
        array.flags.writeable = False
    ends = (float(volume.min()), float(volume.max()))
    pressures = isotherm.pressure(np.array(ends))
    return EosFit(
        isotherm=isotherm,
        parameters=free,
        covariance=spread,
        residuals=residuals,
        quantity=quantity,
        e0_ev=e0_ev,
        volume_range=ends,
        pressure_range_gpa=(float(pressures.min()), float(pressures.max())),
    )
