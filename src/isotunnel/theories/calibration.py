"""What was put into a theory: electrical facts that it was given and so cannot predict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from isotunnel.errors import CannotSay
from isotunnel.measured.parameter import Parameter, printed_source
from isotunnel.theories.base import INSULATOR, METAL
from isotunnel.theories.parameters import MaterialData

Kind = Literal["tc", "transition", "normal", "metal", "insulator", "parameter"]


@dataclass(frozen=True)
class PutIn:
    """One electrical fact that a theory was given.

    Attributes:
        kind: "tc" (a measured Tc), "transition" (a measured insulator-metal transition), "normal"
            (no superconductivity was seen), "metal" or "insulator" (that state is taken as given),
            "parameter" (a parameter was fitted to a measured Tc).
        pressure_gpa: where; of a range its start.
        pressure_end_gpa: end of a range, None for a point.
        temperature_k: where, or the Tc that was put in; None for every temperature.
        error_k: standard error of that temperature, None where not stated.
        words: what was put in.
        source: where it comes from.
        rows: ids of the measured rows that it is, or is a mean of; none where not of a table.
    """

    kind: Kind
    pressure_gpa: float
    pressure_end_gpa: float | None
    temperature_k: float | None
    error_k: float | None
    words: str
    source: str
    rows: tuple[str, ...] = ()

    @property
    def state(self) -> str | None:
        """The state that is taken as given at all pressures of a range, None for other kinds."""
        if self.pressure_end_gpa is None:
            return None
        return {"metal": METAL, "insulator": INSULATOR}.get(self.kind)


@runtime_checkable
class Calibrated(Protocol):
    """A theory that tells what was put into it; of others nobody knows."""

    def put_in(self, material: MaterialData) -> tuple[PutIn, ...]:
        """Electrical facts of a material that the theory was given."""


class Pairing(Protocol):
    """A theory of pairing, as far as it is asked here."""

    def inputs(self, material: MaterialData) -> dict[str, Parameter]:
        """Parameters of Tc. Raises CannotSay where one is not known."""


def given_to_pairing(theory: Pairing, material: MaterialData) -> tuple[PutIn, ...]:
    """What a theory of pairing was given: gap or free electrons, Tc, parameters fitted to it."""
    found = list(_gap(material))
    try:
        inputs = theory.inputs(material)
    except CannotSay:
        return tuple(found)
    reference = material.reference_pressure_gpa
    for name, parameter in inputs.items():
        if name == "tc_k" and parameter.value > 0:
            words = f"measured Tc of {parameter.value:g} K at {reference:g} GPa"
            found.append(
                PutIn("tc", reference, None, parameter.value, parameter.error, words,
                      printed_source(parameter))
            )  # fmt: skip
        elif parameter.fit is not None and "tc_k" in parameter.fit.quantities:
            fit = parameter.fit
            words = f"{name} = {parameter.value:g} was fitted to {fit.to}"
            source = printed_source(parameter)
            found.append(PutIn("parameter", reference, None, fit.tc_k, None, words, source))
    return (*found, *given_to_normal(material))


def given_to_normal(material: MaterialData) -> tuple[PutIn, ...]:
    """What a theory of free electrons was given: that there are some, but for a gap."""
    low, high = material.stable_gpa
    gap = material.band_gap_ev
    if material.insulator or (material.gap_law is None and gap is not None and gap.value > 0):
        return ()
    return (
        PutIn("metal", low, high, None, None, "free electrons are assumed: it conducts",
              "assumption of the theory"),
    )  # fmt: skip


def _gap(material: MaterialData) -> tuple[PutIn, ...]:
    low, high = material.stable_gpa
    if material.insulator:
        words, source = "that it insulates is taken as given", material.insulator
    elif material.gap_law is not None:
        words, source = "a band gap is taken as given", "tabulated band gaps of the phase"
    elif material.band_gap_ev is not None and material.band_gap_ev.value > 0:
        words, source = "a band gap is taken as given", printed_source(material.band_gap_ev)
    else:
        return ()
    return (PutIn("insulator", low, high, None, None, words, source),)
