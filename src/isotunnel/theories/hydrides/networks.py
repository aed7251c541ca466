"""Critical temperatures of hydrides from the ELF network, by every published closed formula.

These are correlations, fitted to computed Tc of (mostly compressed) hydrides. They say nothing of
crystals without hydrogen, nothing of the isotope or the pressure as such, and each carries an error
of some tens of kelvin at best.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from isotunnel.theories.hydrides.formulas import FORMULAS, TcFormula
from isotunnel.theories.reference import Reference

# Means and standard deviations of TcESTIME's training inputs (normalisation of its Quantum ESPRESSO
# networks, github juliacontrerasgarcia/Tcestime, 0e219badd2eb): the only statistics of a training
# set that are published. The sets of the other formulas are assumed to be alike.
TRAINING_MEAN_STD: Mapping[str, tuple[float, float]] = {
    "phi": (0.39946, 0.14689),
    "phi_star": (0.65344, 0.21540),
    "h_fraction": (0.75984, 0.13826),
    "h_dos": (0.44053, 0.26176),
}
"""Typical inputs: what a formula was fitted on, and so its range of validity."""

SIGMAS = 2.0
"""Inputs farther than this many standard deviations from the mean are out of range."""

_SYMBOLS = {"phi": "phi", "phi_star": "phi*", "h_fraction": "H_f", "h_dos": "H_DOS"}
_ROUNDING = 1e-6


@dataclass(frozen=True)
class TcEstimate:
    """What one formula gives for one crystal.

    Attributes:
        id: formula, e.g. "SR5".
        formula: its text.
        tc_k: critical temperature as the formula gives it, kelvin; it may be negative, which
            means none; NaN where the formula cannot say.
        error_k: published statistical error, kelvin, or None.
        error_kind: what that error is.
        status: "current", "superseded" or "unconfirmed".
        reference: where the formula is published.
        warnings: why not to trust the number, one sentence each.
        cannot_say: the reason why there is no number, or None.
        note: what a user should know of the formula.
    """

    id: str
    formula: str
    tc_k: float
    error_k: float | None
    error_kind: str
    status: str
    reference: Reference
    warnings: tuple[str, ...] = ()
    cannot_say: str | None = None
    note: str = ""

    @property
    def in_range(self) -> bool:
        """Whether there is a number and no warning about it."""
        return self.cannot_say is None and not self.warnings


def estimate_tc(
    phi: float | None,
    phi_star: float | None,
    h_fraction: float | None,
    h_dos: float | None,
) -> tuple[TcEstimate, ...]:
    """Tc by every closed formula, in the order of ``hydride_formulas.FORMULAS``.

    Args:
        phi: networking value: the ELF threshold of one network in three dimensions.
        phi_star: molecularity index: highest ELF that joins two hydrogens.
        h_fraction: hydrogen atoms over all atoms.
        h_dos: hydrogen's share of the projected density of states at the Fermi level.

    None or NaN stands for unknown: a formula that needs it cannot say. So it is with a value
    outside [0, 1], with no hydrogen at all, and without states at the Fermi level. Nothing is
    raised; a Tc below zero is given as computed, with a warning.
    """
    given = {"phi": phi, "phi_star": phi_star, "h_fraction": h_fraction, "h_dos": h_dos}
    values = {name: math.nan if value is None else float(value) for name, value in given.items()}
    return tuple(_estimate(formula, values) for formula in FORMULAS)


def hydrogen_fraction(numbers: Any) -> float:
    """H_f = hydrogen atoms / all atoms, from atomic numbers; NaN for an empty crystal."""
    every = [int(z) for z in numbers]
    return every.count(1) / len(every) if every else math.nan


def _estimate(formula: TcFormula, values: Mapping[str, float]) -> TcEstimate:
    reason = _refusal(formula, values)
    tc = math.nan
    warnings: tuple[str, ...] = ()
    if reason is None:
        # Inputs may leave [0, 1] by rounding, and roots do not forgive that.
        kept = [min(max(values[n], 0.0), 1.0) for n in ("phi", "phi_star", "h_fraction", "h_dos")]
        tc = formula.rule(*kept)
        warnings = _warnings(formula, values, tc)
    return TcEstimate(
        id=formula.id,
        formula=formula.text,
        tc_k=tc,
        error_k=formula.error_k,
        error_kind=formula.error_kind,
        status=formula.status,
        reference=formula.reference,
        warnings=warnings,
        cannot_say=reason,
        note=formula.note,
    )


def _refusal(formula: TcFormula, values: Mapping[str, float]) -> str | None:
    if values["h_fraction"] == 0:
        return "the crystal holds no hydrogen; the formula is for hydrides"
    unknown = [_SYMBOLS[name] for name in formula.inputs if math.isnan(values[name])]
    if unknown:
        return f"{' and '.join(unknown)} {'is' if len(unknown) == 1 else 'are'} not known"
    for name in formula.inputs:
        if not -_ROUNDING <= values[name] <= 1 + _ROUNDING:
            return f"{_SYMBOLS[name]} = {values[name]:.4g} is impossible: it lies in [0, 1]"
    if values["h_dos"] <= 0:
        return "hydrogen has no states at the Fermi level (H_DOS = 0): no metal, or none through H"
    return None


def _warnings(formula: TcFormula, values: Mapping[str, float], tc: float) -> tuple[str, ...]:
    found = []
    for name in formula.inputs:
        mean, std = TRAINING_MEAN_STD[name]
        away = (values[name] - mean) / std
        if abs(away) > SIGMAS:
            found.append(
                f"{_SYMBOLS[name]} = {values[name]:.3f} lies {abs(away):.1f} standard deviations "
                f"{'above' if away > 0 else 'below'} the typical {mean:.2f} of the fit "
                f"(range {_range(name)})."
            )
    if "phi_star" in formula.inputs and values["phi_star"] < values["phi"] - _ROUNDING:
        found.append(
            f"phi* = {values['phi_star']:.3f} is below phi = {values['phi']:.3f}: the network "
            "closes without joining hydrogens, unlike the hydrides of the fit."
        )
    if tc < 0:
        found.append(f"Tc = {tc:.0f} K is negative, which reads as no superconductivity.")
    return tuple(found)


def _range(name: str) -> str:
    mean, std = TRAINING_MEAN_STD[name]
    low, high = max(mean - SIGMAS * std, 0.0), min(mean + SIGMAS * std, 1.0)
    return f"{low:.2f} to {high:.2f}"
