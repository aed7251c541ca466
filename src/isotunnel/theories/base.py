"""The interface of a theory of the electrical state, and what it answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.parameter import Parameter, printed_source
from isotunnel.theories.parameters import PARAMETERS, MaterialData
from isotunnel.theories.reference import Reference

SUPERCONDUCTOR = "superconductor"
METAL = "metal"
INSULATOR = "insulator"

_NUDGE, _STAYS = 1e-2, 1e-9
"""Relative step by which an input is tried, and change below which it does not matter."""


@dataclass(frozen=True)
class Beside:
    """The Tc that a better founded theory gives from the same parameters.

    Attributes:
        theory: its name as people read it.
        value: kelvin.
    """

    theory: str
    value: float

    def __str__(self) -> str:
        return f"{self.theory} {self.value:.3g} K"


@dataclass(frozen=True)
class Quantity:
    """A number with its error, or the reason why there is none.

    Attributes:
        value: NaN where the theory cannot say.
        error: one standard deviation from the errors of the parameters; None where one that
            matters has no known error. It does not hold the theory's own error.
        cannot_say: the reason, None where there is a value.
        beside: what to read it against where its own formula is known to fail.
        error_unknown: names of the parameters for whose want of an error there is none.
    """

    value: float = math.nan
    error: float | None = None
    cannot_say: str | None = None
    beside: Beside | None = None
    error_unknown: tuple[str, ...] = ()

    @classmethod
    def refused(cls, reason: str) -> Quantity:
        """No value, and why."""
        return cls(cannot_say=reason)


@dataclass(frozen=True)
class Used:
    """A parameter that an answer rests on, with the name that the theory gives it."""

    name: str
    parameter: Parameter

    @property
    def value(self) -> float:
        """Its value."""
        return self.parameter.value

    @property
    def error(self) -> float | None:
        """Its error, None where unknown."""
        return self.parameter.error

    @property
    def source(self) -> str:
        """What it rests on, as people read it."""
        return printed_source(self.parameter)

    @property
    def unit(self) -> str:
        """Its unit: its own, else that of the field of ``MaterialData`` of this name."""
        known = PARAMETERS.get(self.name)
        return self.parameter.unit or ("" if known is None else known.unit)


@dataclass(frozen=True)
class TheoryAnswer:
    """Predictions of one theory for one material at one pressure and temperature.

    Attributes:
        theory: its short name.
        material: name of the material.
        pressure_gpa: pressure.
        temperature_k: temperature.
        state: "superconductor", "metal", "insulator", or None where it cannot say.
        state_reason: why this state, or why none.
        confidence: probability of the stated state: that the temperature lies on this side of
            Tc, given the error of Tc; in the tunnel theory that the gap, or the spacing, lies on
            this side of its limit. None where no such error is known.
        rho_uohm_cm: resistivity, 1e-8 ohm m.
        tc_k: critical temperature at this pressure; 0 is no superconductivity.
        hc_t: thermodynamic critical field at this temperature, tesla; 0 at and above Tc.
        hc2_t: upper critical field at this temperature, tesla (type II).
        jc_a_cm2: depairing current density at this temperature, the largest possible one.
        used: parameters that the numbers rest on.
        notes: what a user should know of this answer.
        extrapolated: whether the state rests on data carried on beyond what was computed or
            measured.
    """

    theory: str
    material: str
    pressure_gpa: float
    temperature_k: float
    state: str | None
    state_reason: str
    confidence: float | None
    rho_uohm_cm: Quantity
    tc_k: Quantity
    hc_t: Quantity
    hc2_t: Quantity
    jc_a_cm2: Quantity
    used: tuple[Used, ...] = ()
    notes: tuple[str, ...] = ()
    extrapolated: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON. Keys: ``isotunnel.schemas.answer``."""
        from isotunnel.schemas import document
        from isotunnel.schemas.answer import TheoryAnswer as Shape

        return document(Shape, self)


class Theory(Protocol):
    """A theory: the same questions to each.

    ``name`` is short ("bcs"), ``title`` for people, ``references`` where it was published. A theory
    may have ``assumptions``: what it assumes and where it breaks, in sentences for its pages.
    """

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def references(self) -> tuple[Reference, ...]: ...

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        """State, resistivity, Tc and critical fields, each or the reason why not.

        Raises:
            InputError: a negative temperature or pressure, or one that is not a number. What the
                theory or the data do not cover is an answer, not an error.
        """


def check_conditions(pressure_gpa: float, temperature_k: float) -> None:
    """Refuse impossible conditions.

    Raises:
        InputError: negative or not finite.
    """
    for name, value, unit in (
        ("pressure", pressure_gpa, "GPa"),
        ("temperature", temperature_k, "K"),
    ):
        if not math.isfinite(value) or value < 0:
            raise InputError(f"{name} {value:g} {unit} is impossible; it must be zero or positive")


def outside_phase(material: MaterialData, pressure_gpa: float) -> str | None:
    """Why the parameters do not hold at a pressure, None where they do."""
    low, high = material.stable_gpa
    if low <= pressure_gpa <= high:
        return None
    return (
        f"the parameters of {material.name} belong to its phase between {low:g} and {high:g} GPa; "
        f"{pressure_gpa:g} GPa lies outside"
    )


def propagate(
    function: Callable[[Mapping[str, float]], float], inputs: Mapping[str, Parameter]
) -> Quantity:
    """function(values) with the error that the inputs' errors cause.

    Each input is moved by its error both ways, half the difference taken, and all added in
    quadrature: right for independent errors small enough that the function is near linear.
    Where one side is impossible, the other is used alone. An input that moves the result and has
    no known error leaves that of the result unknown, whatever the others say. A CannotSay of the
    function itself becomes the answer.
    """
    values = {name: parameter.value for name, parameter in inputs.items()}
    try:
        value = function(values)
    except (CannotSay, InputError) as reason:
        return Quantity.refused(str(reason))
    if not math.isfinite(value):
        return Quantity.refused("the formula has no finite value here")
    unknown = _without_error(function, inputs, values, value)
    if unknown:
        return Quantity(value, error_unknown=unknown)
    squares = []
    for name, parameter in inputs.items():
        if not parameter.error:
            continue
        moved = []
        for shift in (parameter.error, -parameter.error):
            try:
                result = function({**values, name: parameter.value + shift})
            except (CannotSay, InputError, ValueError, ZeroDivisionError):
                continue
            if math.isfinite(result):
                moved.append(result)
        if len(moved) == 2:
            squares.append(((moved[0] - moved[1]) / 2) ** 2)
        elif moved:
            squares.append((moved[0] - value) ** 2)
    return Quantity(value, math.sqrt(sum(squares)))


def _without_error(
    function: Callable[[Mapping[str, float]], float],
    inputs: Mapping[str, Parameter],
    values: Mapping[str, float],
    value: float,
) -> tuple[str, ...]:
    """Names of the inputs without a known error that move the result."""
    lacking = tuple(name for name, parameter in inputs.items() if parameter.error is None)
    if len(lacking) == len(inputs):
        return lacking

    def matters(name: str) -> bool:
        step = _NUDGE * abs(values[name]) or _NUDGE
        try:
            moved = function({**values, name: values[name] + step})
        except (CannotSay, InputError, ValueError, ZeroDivisionError):
            return True
        return not abs(moved - value) <= _STAYS * abs(value)

    return tuple(name for name in lacking if matters(name))


def used_parameters(inputs: Mapping[str, Parameter]) -> tuple[Used, ...]:
    """The inputs of a calculation as an answer lists them."""
    return tuple(Used(name, parameter) for name, parameter in inputs.items())
