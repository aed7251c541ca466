"""The tunnel theory's resistivity laws: Delta(V) and T in, rho out; fitted per material.

``linear``     rho = r max(Delta, 0)
``activated``  rho = rho0 exp(Delta / 2 k T) where Delta >= 0, and 0 below
``volume``     rho = any function of V that never falls as V grows

The theory's prose fixes no law: the first reads "the energy to lift electrons is the resistance" as
proportionality, the second as thermal lifting across a gap, the third keeps only what all its laws
have in common, that spacing is the one cause; where it fails, every law of that kind fails.

Delta(V) may come from a reading (``gap``), with or without a shift of its zero that is fitted, or
be a straight line in V that is fitted itself (no ``gap``: spacing only, no DFT).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike

from isotunnel.errors import CannotSay, InputError
from isotunnel.least_squares import minimise
from isotunnel.theories.tunnel.fitted import Array, FittedLaw, Rows, checked_rows, covariance_of
from isotunnel.units import BOLTZMANN_EV_K

Gap = Callable[[Array], Array]
"""Delta in eV at volumes in angstrom^3 per atom."""

_LARGEST_EXPONENT = 700.0
"""The exponential of more does not fit in a number."""
_LARGEST_RESIDUAL = 1e100
"""Of the largest resistivity: far beyond any fit, and its square still fits in a number."""
_FARTHEST_START = 50.0
"""How far ln rho of a start may lie above the largest one measured."""


class ResistivityLaw(Protocol):
    """What a law offers; ``parameters`` is the number of its free parameters."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def parameters(self) -> int: ...

    def fit(
        self,
        volumes: ArrayLike,
        temperatures: ArrayLike,
        rho: ArrayLike,
        *,
        errors: ArrayLike | None = None,
    ) -> FittedLaw:
        """Least squares over rows of one material.

        Args:
            volumes: angstrom^3 per atom.
            temperatures: kelvin, zero or positive (``activated``: positive).
            rho: uohm cm.
            errors: standard errors of rho; without them all rows weigh the same.

        Raises:
            InputError: impossible rows, or fewer than parameters.
            CannotSay: the law gives no resistivity for these rows at all, with the reason.
        """


@dataclass(frozen=True)
class LinearLaw:
    """rho = r max(Delta, 0).

    Assumes: each hop costs Delta whatever the current, and the loss is proportional to it (how
    that can be a resistance and not a threshold voltage is the theory's open question). No
    dependence on temperature but through V.

    With ``gap`` the one parameter is r; with ``shift`` too, rho = max(level + slope (Delta -
    Delta_mean), 0). Without a gap, rho = max(level + slope (V - V_mean), 0): Delta a straight line
    in V whose zero is free. The slope is never negative: wider spacing never lowers Delta. Where
    the best slope would be, it is 0 and ``on_bound`` says so.
    """

    gap: Gap | None = None
    shift: bool = False
    name: str = "linear"
    title: str = "rho proportional to the lifting gap"

    @property
    def parameters(self) -> int:
        """1 with a gap alone, else 2."""
        return 1 if self.gap is not None and not self.shift else 2

    def fit(
        self,
        volumes: ArrayLike,
        temperatures: ArrayLike,
        rho: ArrayLike,
        *,
        errors: ArrayLike | None = None,
    ) -> FittedLaw:
        """See :class:`ResistivityLaw`."""
        rows = checked_rows(volumes, temperatures, rho, errors, self.parameters)
        x = rows.volume if self.gap is None else np.asarray(self.gap(rows.volume), dtype=float)
        if self.parameters == 1:
            return self._proportional(rows, x)
        return self._hinge(rows, x)

    def _proportional(self, rows: Rows, delta: Array) -> FittedLaw:
        gap = self.gap
        assert gap is not None
        lifted = np.maximum(delta, 0.0)
        if not lifted.any():
            raise CannotSay(
                "Delta is zero or negative at every row: the law predicts zero resistance "
                f"throughout (largest Delta {float(delta.max()):.3g} eV)"
            )
        weight = rows.weight**2
        r = float(np.sum(weight * lifted * rows.rho) / np.sum(weight * lifted**2))
        residuals = rows.rho - r * lifted
        return FittedLaw(
            law=self.name,
            names=("r",),
            units=("uohm cm/eV",),
            values=np.array([r]),
            covariance=covariance_of(lifted[:, None], rows, residuals),
            residuals=residuals,
            model=lambda p, v, _t: p[0] * np.maximum(np.asarray(gap(v), dtype=float), 0.0),
            notes=_superconducting(delta),
            volume_range=rows.volume_range,
            temperature_range=rows.temperature_range,
        )

    def _hinge(self, rows: Rows, x: Array) -> FittedLaw:
        gap, middle = self.gap, float(x.mean())
        level, slope = _best_hinge(x - middle, rows)
        lifted = level + slope * (x - middle)
        open_ = lifted > 0
        jacobian = np.stack([open_ * 1.0, open_ * (x - middle) * (slope > 0)], axis=1)
        residuals = rows.rho - np.maximum(lifted, 0.0)
        of = "angstrom^3" if gap is None else "eV"

        def model(p: Array, v: Array, _t: Array) -> Array:
            place = v if gap is None else np.asarray(gap(v), dtype=float)
            return np.asarray(np.maximum(p[0] + p[1] * (place - middle), 0.0))

        zero = (
            (f"Delta would be zero at {'V' if gap is None else 'a computed gap of'} "
             f"{middle - level / slope:.5g} {of}",)
            if slope > 0
            else ("the best slope is not positive: a constant is all the law can give",)
        )  # fmt: skip
        return FittedLaw(
            law=self.name,
            names=("level", "slope"),
            units=("uohm cm", f"uohm cm/{of}"),
            values=np.array([level, slope]),
            covariance=covariance_of(jacobian, rows, residuals),
            residuals=residuals,
            model=model,
            on_bound=() if slope > 0 else ("slope",),
            notes=zero,
            volume_range=rows.volume_range,
            temperature_range=rows.temperature_range,
        )


@dataclass(frozen=True)
class ActivatedLaw:
    """rho = rho0 exp(Delta / 2 k T) where Delta >= 0; zero where the gap has closed.

    Assumes: carriers are lifted thermally across Delta, half of it each for electron and hole, as
    in an intrinsic semiconductor; rho0 the same at all volumes and temperatures. A metal's rho,
    which rises with T at nearly fixed V, needs Delta to grow with V faster than kT does.

    With ``gap`` the one parameter is ln rho0; with ``shift`` Delta = gap(V) + shift. Without a gap
    Delta = gap_ev + dgap_dlnv_ev (V / V_min - 1), V_min the densest row. Delta is held at or above
    zero at the rows, its slope too: a negative Delta is a superconductor, not a small resistance.
    """

    gap: Gap | None = None
    shift: bool = False
    name: str = "activated"
    title: str = "thermal lifting across the gap"

    @property
    def parameters(self) -> int:
        """1 with a gap alone, 2 with its shift, 3 without a gap."""
        if self.gap is None:
            return 3
        return 2 if self.shift else 1

    def fit(
        self,
        volumes: ArrayLike,
        temperatures: ArrayLike,
        rho: ArrayLike,
        *,
        errors: ArrayLike | None = None,
    ) -> FittedLaw:
        """See :class:`ResistivityLaw`."""
        rows = checked_rows(volumes, temperatures, rho, errors, self.parameters)
        if not (rows.temperature > 0).all():
            raise InputError("rows at T = 0 K: thermal lifting needs positive temperatures")
        given = (
            np.zeros_like(rows.volume)
            if self.gap is None
            else np.asarray(self.gap(rows.volume), dtype=float)
        )
        if self.parameters == 1 and not (given >= 0).any():
            raise CannotSay(
                "Delta is negative at every row: the law predicts zero resistance throughout "
                f"(largest Delta {float(given.max()):.3g} eV)"
            )
        if not rows.rho.any():
            raise CannotSay("every resistivity is zero: no rho0 is fixed by that")
        smallest = float(rows.volume.min())
        exponent, model = self._exponent(smallest), self._model(smallest)
        names = ("ln_rho0", "gap_ev" if self.gap is None else "shift_ev", "dgap_dlnv_ev")
        units = ("ln(uohm cm)", "eV", "eV")
        lower = np.array([-np.inf, 0.0 if self.gap is None else -float(given.min()), 0.0])
        count = self.parameters
        values, jacobian, bound = _bounded_fit(
            lambda p: exponent(p, rows.volume, rows.temperature), rows, lower[:count]
        )
        residuals = rows.rho - model(values, rows.volume, rows.temperature)
        return FittedLaw(
            law=self.name,
            names=names[:count],
            units=units[:count],
            values=values,
            covariance=covariance_of(jacobian, rows, residuals),
            residuals=residuals,
            model=model,
            infinite_at_zero=True,
            on_bound=tuple(n for n, held in zip(names, bound, strict=False) if held),
            notes=_superconducting(given) if count == 1 else (),
            volume_range=rows.volume_range,
            temperature_range=rows.temperature_range,
        )

    def _exponent(self, smallest: float) -> Callable[[Array, Array, Array], Array]:
        """ln rho over parameters, volumes and temperatures; -inf where Delta is negative."""
        gap = self.gap

        def exponent(p: Array, v: Array, t: Array) -> Array:
            if gap is None:
                delta = p[1] + p[2] * (v / smallest - 1)
            else:
                delta = np.asarray(gap(v), dtype=float) + (p[1] if p.size > 1 else 0.0)
            # The rounding of a gap that a bound holds at zero must not open a superconductor.
            closed = delta < -1e-9
            lifted = p[0] + np.maximum(delta, 0) / (2 * BOLTZMANN_EV_K * t)
            return np.asarray(np.where(closed, -np.inf, lifted))

        return exponent

    def _model(self, smallest: float) -> Callable[[Array, Array, Array], Array]:
        exponent = self._exponent(smallest)
        return lambda p, v, t: _rho_of(exponent(p, v, t))


@dataclass(frozen=True)
class MonotoneLaw:
    """rho = f(V), f free but never falling as V grows: the most that spacing alone allows.

    f is continuous, straight between knots. Without ``knots`` each volume of the rows is one, and
    the fit is the isotonic regression of the rows; with a number they lie at that many quantiles
    of the volumes, so that it can meet a rival with as many parameters.

    Beyond the volumes fitted f is not known: ``outside="refuse"`` says so, "extend" goes on along
    the end segments, never below zero.
    """

    knots: int | None = None
    outside: Literal["refuse", "extend"] = "refuse"
    name: str = "volume"
    title: str = "any rising function of the volume"

    def __post_init__(self) -> None:
        if self.knots is not None and self.knots < 2:
            raise InputError(f"a monotone law needs at least 2 knots, got {self.knots}")

    @property
    def parameters(self) -> int:
        """Number of knots; 0 stands for as many as there are volumes."""
        return self.knots or 0

    def fit(
        self,
        volumes: ArrayLike,
        temperatures: ArrayLike,
        rho: ArrayLike,
        *,
        errors: ArrayLike | None = None,
    ) -> FittedLaw:
        """See :class:`ResistivityLaw`."""
        from scipy.optimize import nnls

        rows = checked_rows(volumes, temperatures, rho, errors, max(self.parameters, 2))
        places = np.unique(rows.volume)
        if self.knots is not None:
            places = np.unique(np.quantile(places, np.linspace(0, 1, self.knots)))
        if places.size < (self.knots or 2):
            raise InputError(
                f"the rows have {places.size} different volumes, too few for a function of volume"
            )
        # Values at the knots are running sums of steps that are never negative.
        steps = np.tril(np.ones((places.size, places.size)))
        hats = _hats(places, rows.volume)
        found, _ = nnls((hats @ steps) * rows.weight[:, None], rows.rho * rows.weight)
        residuals = rows.rho - hats @ steps @ found
        free = found > 0
        small = covariance_of((hats @ steps) * free, rows, residuals)
        values = steps @ found
        return FittedLaw(
            law=self.name,
            names=tuple(f"rho_{i}" for i in range(places.size)),
            units=("uohm cm",) * places.size,
            values=values,
            covariance=steps @ small @ steps.T,
            residuals=residuals,
            model=lambda p, v, _t: np.maximum(_hats(places, v) @ p, 0.0),
            notes=(
                f"{int(free.sum())} of {places.size} steps between knots are free; the others are "
                "held at zero because rho would fall as V grows",
            ),
            refuse_outside=self.outside == "refuse",
            volume_range=rows.volume_range,
            temperature_range=rows.temperature_range,
        )


RESISTIVITY_LAWS: tuple[ResistivityLaw, ...] = (LinearLaw(), ActivatedLaw(), MonotoneLaw())
"""The three laws in their spacing-only form: no gap from a reading."""


def resistivity_law(name: str) -> ResistivityLaw:
    """The law of a name, in its spacing-only form.

    Raises:
        InputError: no such law; the message lists the names.
    """
    for law in RESISTIVITY_LAWS:
        if law.name == name.strip().lower():
            return law
    known = ", ".join(law.name for law in RESISTIVITY_LAWS)
    raise InputError(f"unknown resistivity law {name!r}; known: {known}")


def _superconducting(delta: Array) -> tuple[str, ...]:
    closed = int(np.sum(delta <= 0))
    if not closed:
        return ()
    return (f"Delta is zero or negative at {closed} of {delta.size} rows: zero resistance there",)


def _best_hinge(x: Array, rows: Rows) -> tuple[float, float]:
    """Level and slope >= 0 of max(level + slope x, 0) that fit best, by trying every corner."""
    weight = rows.weight**2
    mean = float(np.sum(weight * rows.rho) / np.sum(weight))
    best = (float(np.sum(weight * (rows.rho - mean) ** 2)), mean, 0.0)
    for corner in np.concatenate(([-np.inf], np.unique(x)[:-1])):
        inside = x > corner
        for level, slope in _lines(x[inside], rows.rho[inside], weight[inside], corner):
            if slope <= 0:
                continue
            misfit = float(np.sum(weight * (rows.rho - np.maximum(level + slope * x, 0.0)) ** 2))
            if misfit < best[0]:
                best = (misfit, level, slope)
    return best[1], best[2]


def _lines(x: Array, y: Array, weight: Array, corner: float) -> list[tuple[float, float]]:
    """The free straight line, and the one that is zero at the corner."""
    lines = []
    if np.ptp(x) > 0:
        total = weight.sum()
        mean_x, mean_y = (weight * x).sum() / total, (weight * y).sum() / total
        slope = (weight * (x - mean_x) * (y - mean_y)).sum() / (weight * (x - mean_x) ** 2).sum()
        lines.append((float(mean_y - slope * mean_x), float(slope)))
    if np.isfinite(corner):
        slope = (weight * (x - corner) * y).sum() / (weight * (x - corner) ** 2).sum()
        lines.append((float(-slope * corner), float(slope)))
    return lines


def _rho_of(exponent: Array) -> Array:
    """Its exponential, within what a number can hold; 0 for -inf."""
    rho = np.exp(np.clip(exponent, -_LARGEST_EXPONENT, _LARGEST_EXPONENT))
    return np.asarray(np.where(np.isneginf(exponent), 0.0, rho))


def _bounded_fit(
    exponent: Callable[[Array], Array], rows: Rows, lower: Array
) -> tuple[Array, Array, tuple[bool, ...]]:
    """Parameters, Jacobian of the model with zero columns on bounds, and which lie on one.

    ``exponent`` is ln rho of the rows as a function of the parameters, the first of which is added
    to it.
    """
    scale = float((rows.rho * rows.weight).max())

    def residuals(p: Array) -> Array:
        found = (_rho_of(exponent(p)) / scale - rows.rho / scale) * rows.weight
        # A step that ends in inf is shortened; one whose square overflows would warn first.
        return np.where(np.abs(found) < _LARGEST_RESIDUAL, found, np.inf)

    inner = np.where(np.isfinite(lower), lower, 0.0)[1:]
    guesses = []
    # Several starts: a small and a large gap are different valleys.
    for lift in (1e-3, 0.03, 0.3):
        guess = np.concatenate(([0.0], inner + lift))[: lower.size]
        guess[0] = _first_guess(exponent(guess), rows.rho)
        guesses.append(guess)
    best = minimise(
        residuals, guesses, lower=lower, x_scale="jac", xtol=1e-12, ftol=1e-12, gtol=None
    )
    assert best is not None
    values = best.values
    jacobian = best.jacobian * (scale / rows.weight[:, None])
    # What no row can tell (the slope, where all have one volume) stays at its bound too.
    idle = ~np.any(jacobian != 0, axis=0)
    held = np.isfinite(lower) & ((values - lower < 1e-6) | idle)
    values = np.where(held, np.where(np.isfinite(lower), lower, values), values)
    jacobian[:, held] = 0.0
    return values, jacobian, tuple(bool(h) for h in held)


def _first_guess(exponent: Array, rho: Array) -> float:
    """What to add to exponents to meet the resistivities halfway, and not to exceed them by far."""
    known = (rho > 0) & np.isfinite(exponent)
    positive = np.log(rho[rho > 0])
    if not known.any():
        return float(np.median(positive))
    middle = float(np.median(np.log(rho[known]) - exponent[known]))
    return min(middle, float(positive.max() + _FARTHEST_START - exponent[known].max()))


def _hats(places: Array, volume: Array) -> Array:
    """Weights of the knots at volumes, shape (..., knots); straight on beyond the ends."""
    v = np.asarray(volume, dtype=float)
    right = np.clip(np.searchsorted(places, v), 1, places.size - 1)
    share = (v - places[right - 1]) / (places[right] - places[right - 1])
    knots = np.arange(places.size)
    weights = np.where(knots == right[..., None], share[..., None], 0.0)
    return np.asarray(np.where(knots == right[..., None] - 1, 1 - share[..., None], weights))
