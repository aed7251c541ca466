"""Critical temperatures along pressure, and states and resistivities over a P-T grid, quickly.

Each pressure's Tc is found once, with its error; below it a theory of pairing superconducts. On a
grid errors are left out and the volumes of a whole column are found together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import CannotSay, InputError
from isotunnel.matter.invert import solid_volume
from isotunnel.matter.laws import EosVolume, solid_phase
from isotunnel.measured.parameter import Parameter
from isotunnel.substances.records import Substance
from isotunnel.theories.base import SUPERCONDUCTOR, Quantity, Theory, check_conditions
from isotunnel.theories.parameters import PARAMETERS, MaterialData
from isotunnel.theories.superconducting.eliashberg import Eliashberg

NOWHERE_SUPERCONDUCTING_K = 1e5
"""Hotter than any Tc: nothing but Tc and the state above it is worked out there."""

VOLUMES = 12
"""Volumes found for each pressure of a grid."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class TcCurve:
    """Tc of one theory along pressure.

    Attributes:
        theory, substance: names.
        pressures_gpa: shape (n,).
        tc: Tc with its error, or the reason why there is none, at each pressure.
        phases: name of the phase, "" where none is known.
        states: state above Tc, None where the theory cannot say.
    """

    theory: str
    substance: str
    pressures_gpa: Array
    tc: tuple[Quantity, ...]
    phases: tuple[str, ...]
    states: tuple[str | None, ...]

    @property
    def tc_k(self) -> Array:
        """Tc in kelvin, NaN where the theory cannot say."""
        return np.array([q.value for q in self.tc])

    @property
    def error_k(self) -> Array:
        """Error of Tc in kelvin, NaN where unknown."""
        return np.array([math.nan if q.error is None else q.error for q in self.tc])


@dataclass(frozen=True)
class StateGrid:
    """States and resistivities of one theory over a grid.

    Attributes:
        theory, substance: names.
        pressures_gpa, temperatures_k: shapes (n,) and (m,).
        states: shape (n, m), "superconductor", "metal", "insulator" or "" (cannot say).
        rho_uohm_cm: shape (n, m); NaN where the theory has no resistivity.
        reasons: why it cannot say, without repetition.
    """

    theory: str
    substance: str
    pressures_gpa: Array
    temperatures_k: Array
    states: NDArray[np.str_]
    rho_uohm_cm: Array
    reasons: tuple[str, ...]


def tc_of_pressure(
    theory: Theory, substance: Substance, pressures_gpa: Sequence[float], *, errors: bool = True
) -> TcCurve:
    """Tc of a theory along pressure, each with its error.

    Args:
        theory: a theory; a default Eliashberg is asked in its tabulated form.
        substance: of the catalogue.
        pressures_gpa: any order.
        errors: propagate the errors of the parameters (about ten times slower).

    Raises:
        InputError: a negative pressure.
    """
    quick = _quick(theory)
    found: list[Quantity] = []
    names: list[str] = []
    states: list[str | None] = []
    for pressure in map(float, pressures_gpa):
        check_conditions(pressure, 0.0)
        try:
            phase = substance.at(pressure)
        except CannotSay as reason:
            found.append(Quantity.refused(str(reason)))
            names.append("")
            states.append(None)
            continue
        asked = phase if errors else without_errors(phase)
        answer = quick.answer(asked, pressure, NOWHERE_SUPERCONDUCTING_K)
        found.append(answer.tc_k)
        names.append(phase.name)
        states.append(answer.state)
    return TcCurve(
        theory.name, substance.name, _array(pressures_gpa), tuple(found), tuple(names),
        tuple(states),
    )  # fmt: skip


def over_grid(
    theory: Theory,
    substance: Substance,
    pressures_gpa: Sequence[float],
    temperatures_k: Sequence[float],
) -> StateGrid:
    """States and resistivities over a grid, errors left out.

    Raises:
        InputError: an impossible pressure or temperature.
    """
    p, t = _array(pressures_gpa), _array(temperatures_k)
    states = np.full((p.size, t.size), "", dtype="<U16")
    rho = np.full(states.shape, math.nan)
    reasons: dict[str, None] = {}
    quick = _quick(theory)
    pairing = callable(getattr(theory, "tc", None)) and callable(getattr(theory, "inputs", None))
    for i, pressure in enumerate(map(float, p)):
        check_conditions(pressure, 0.0)
        try:
            phase = substance.at(pressure)
            phase = without_errors(phase) if pairing else _column(phase, pressure, t)
        except CannotSay as reason:
            reasons[str(reason)] = None
            continue
        if pairing:
            answer = quick.answer(phase, pressure, NOWHERE_SUPERCONDUCTING_K)
            if answer.state is None:
                reasons[answer.state_reason] = None
                continue
            below = t < (answer.tc_k.value if answer.tc_k.cannot_say is None else 0.0)
            states[i] = np.where(below, SUPERCONDUCTOR, answer.state)
            rho[i, below] = 0.0
            continue
        for j, temperature in enumerate(map(float, t)):
            answer = quick.answer(phase, pressure, temperature)
            states[i, j] = answer.state or ""
            rho[i, j] = answer.rho_uohm_cm.value
            if answer.state is None:
                reasons[answer.state_reason] = None
    return StateGrid(theory.name, substance.name, p, t, states, rho, tuple(reasons))


def without_errors(phase: MaterialData) -> MaterialData:
    """The same parameters without errors, so that nothing is propagated."""
    bare = {
        name: replace(parameter, error=None)
        for name in PARAMETERS
        if (parameter := getattr(phase, name)) is not None
    }
    law = phase.volume
    if isinstance(law, EosVolume):
        bare_law = replace(law, errors=False)
        return replace(phase, volume=bare_law, **bare)
    return replace(phase, **bare)


def _quick(theory: Theory) -> Theory:
    return replace(theory, tabulated=True) if isinstance(theory, Eliashberg) else theory


def _array(values: Sequence[float]) -> Array:
    found = np.array(values, dtype=float)
    found.setflags(write=False)
    return found


@dataclass(frozen=True)
class _Column:
    """Volumes of one pressure, between those at a few temperatures."""

    law: EosVolume
    pressure_gpa: float
    temperatures_k: tuple[float, ...]
    volumes: tuple[float, ...]

    def __call__(self, pressure_gpa: float, temperature_k: float) -> Parameter | float:
        inside = self.temperatures_k[0] <= temperature_k <= self.temperatures_k[-1]
        if pressure_gpa != self.pressure_gpa or not inside:
            return self.law(pressure_gpa, temperature_k)
        return float(np.interp(temperature_k, self.temperatures_k, self.volumes))


def _column(phase: MaterialData, pressure_gpa: float, temperatures_k: Array) -> MaterialData:
    """The phase without errors, the volumes of a column of the grid found beforehand.

    At most VOLUMES of them, straight lines between: V is right to 1e-4.
    """
    bare = without_errors(phase)
    if not isinstance(bare.volume, EosVolume) or temperatures_k.size <= VOLUMES:
        return bare
    solid = solid_phase(bare.volume.material, bare.volume.phase)
    low, high = float(temperatures_k.min()), float(temperatures_k.max())
    chosen = np.linspace(low, min(high, solid.eos.t_max_k), VOLUMES)
    try:
        volumes = solid_volume(solid.eos, np.full(chosen.shape, pressure_gpa), chosen)
    except InputError:
        return bare
    known = tuple(map(float, volumes))
    return replace(
        bare, volume=_Column(bare.volume, pressure_gpa, tuple(map(float, chosen)), known)
    )
