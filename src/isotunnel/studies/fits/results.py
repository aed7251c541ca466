"""What a fit of a law to a part of a metal's resistivities gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from isotunnel.studies.fits.points import Array, Mask, Points


@dataclass(frozen=True)
class FittedParameter:
    """A parameter with its standard error; the error is None at a bound or where undetermined."""

    name: str
    value: float
    error: float | None
    unit: str
    at_bound: bool


@dataclass(frozen=True)
class LawScore:
    """How well a law meets points.

    Attributes:
        points: how many.
        rms_relative, worst_relative: of (predicted - measured) / measured.
        log_likelihood: of the points, with the scatter sigma of the training points; None where a
            free function met each of those.
    """

    points: int
    rms_relative: float
    worst_relative: float
    log_likelihood: float | None


@dataclass(frozen=True, eq=False)
class LawFit:
    """One law fitted to one part and judged on the rest, or why that could not be.

    Attributes:
        law, theory, split, noise: names.
        free_parameters: number of the law's free parameters (sigma not counted); None for a free
            function that was not fitted.
        reason: "" where fitted, else why not.
        parameters: with errors; empty where not fitted.
        covariance: of the parameters, shape (k, k), zeros for those at a bound; None where not
            fitted.
        sigma: scatter about the law on the training points, relative or in uohm cm by ``noise``;
            this and the criteria are None where no scatter is left.
        training, held_out: scores.
        aic, bic: of the training points; sigma counts as a parameter.
        aicc: Akaike's criterion corrected for few points, None with too few.
        predict: points -> resistivities in uohm cm, None where not fitted.
    """

    law: str
    theory: str
    split: str
    noise: str
    free_parameters: int | None
    reason: str = ""
    parameters: tuple[FittedParameter, ...] = ()
    covariance: Array | None = None
    sigma: float | None = None
    training: LawScore | None = None
    held_out: LawScore | None = None
    aic: float | None = None
    bic: float | None = None
    aicc: float | None = None
    predict: Callable[[Points], Array] | None = None

    @property
    def fitted(self) -> bool:
        """Whether there are numbers."""
        return self.held_out is not None


@dataclass(frozen=True)
class Dropped:
    """A row that was not used, and why."""

    row: str
    temperature_k: float
    reason: str


@dataclass(frozen=True)
class UsedRow:
    """A row that was used; ``curve``: a published fit read off at a round temperature."""

    row: str
    temperature_k: float
    source: str
    grade: str
    curve: bool


@dataclass(frozen=True, eq=False)
class MetalFits:
    """All fits to one metal.

    Attributes:
        metal, phase: names, the phase as ``isotunnel.matter`` has it.
        points: what was fitted.
        theta_source: where the Debye temperature of the two-parameter Bloch-Grueneisen law is from.
        used, dropped: rows of the table.
        fits: one for each law and split.
        remarks: what a reader should know of this metal.
    """

    metal: str
    phase: str
    points: Points
    theta_source: str
    used: tuple[UsedRow, ...]
    dropped: tuple[Dropped, ...]
    fits: tuple[LawFit, ...]
    remarks: tuple[str, ...] = ()

    def fit(self, law: str, split: str) -> LawFit | None:
        """The fit of a law under a split, None where it was not asked for."""
        return next((f for f in self.fits if (f.law, f.split) == (law, split)), None)

    def training(self, split: str) -> Mask:
        """Which of the points a split fits."""
        from isotunnel.studies.fits.points import training_mask

        return training_mask(self.points.temperature_k, split)

    def curve(self, number: int = 200) -> Points:
        """Temperatures between the first and last point, for drawing a law's curve.

        Volumes and Debye temperatures are interpolated between the points, resistivities are those
        of the data interpolated and stand for nothing.
        """
        from scipy.interpolate import PchipInterpolator

        p = self.points
        t = np.geomspace(p.temperature_k[0], p.temperature_k[-1], number)
        # Rounding must not lead out of the range that a free function was fitted in.
        t[0], t[-1] = p.temperature_k[0], p.temperature_k[-1]
        v, rho, ratio = (
            PchipInterpolator(p.temperature_k, y)(t)
            for y in (p.volume, p.rho_uohm_cm, p.theta_ratio)
        )
        return Points(t, v, rho, ratio, p.reference_volume, p.theta_d_k)

    @property
    def fitted_rows(self) -> tuple[tuple[UsedRow, float, float], ...]:
        """Each row used with its volume (angstrom^3 per atom) and resistivity (uohm cm)."""
        p = self.points
        return tuple(zip(self.used, p.volume.tolist(), p.rho_uohm_cm.tolist(), strict=True))
