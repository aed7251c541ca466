"""T4: what voltage a fixed loss of energy per hop gives, against Ohm's law."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.studies.spacing.result import SpacingTest, Statistic, median_of, product
from isotunnel.units import BOLTZMANN_EV_K, HANDBOOK_K

MODELS = ("ohmic", "fixed_loss", "loss_rate")
CURRENT_DENSITY_A_M2 = 1e6
"""1 A/mm^2, of the order of what house wiring carries."""

LOSSES_EV = (1e-3, BOLTZMANN_EV_K * HANDBOOK_K, 1.0)
"""Losses per hop that are tried: 1 meV, kT at 293 K, 1 eV."""


@dataclass(frozen=True)
class Conductor:
    """What T4 needs of one metal.

    Attributes:
        name: element.
        resistivity: microohm cm.
        hop: distance between atoms in angstrom: one hop.
    """

    name: str
    resistivity: Parameter
    hop: Parameter


@dataclass(frozen=True)
class Loss:
    """A fixed loss per hop in one metal, with two orders of magnitude of its consequences.

    Attributes:
        loss_ev: Delta, lost by each electron at each hop.
        threshold_v_per_cm: field Delta / (e a) that makes up for it, whatever the current.
        over_ohmic: that over the field that Ohm's law needs at the reference current.
        share_of_hops: share of hops that may lose Delta, so that the field is Ohm's.
        saturation_a_per_cm2: current density at which that share reaches 1 and the voltage of
            the ``loss_rate`` model stops rising.
    """

    loss_ev: float
    threshold_v_per_cm: float
    over_ohmic: float
    share_of_hops: float
    saturation_a_per_cm2: float


@dataclass(frozen=True)
class OhmRow:
    """One metal at the reference current density.

    Attributes:
        name: element.
        resistivity: microohm cm.
        hop: angstrom.
        ohmic_field_v_per_cm: rho j.
        heat_per_hop_ev: e rho j a: Joule heat per electron and hop, whatever the number of
            carriers.
        losses: consequences of each Delta tried.
    """

    name: str
    resistivity: Parameter
    hop: Parameter
    ohmic_field_v_per_cm: float
    heat_per_hop_ev: Parameter
    losses: tuple[Loss, ...]


NOTES = (
    "Delta lost at each of N hops is made up by a voltage N Delta / e that does not depend on the "
    "current: a threshold; heat then goes as I, not I^2",
    "to get V = R I the number of losses per hop must itself go as the current, e rho j a / "
    "Delta: this is an extra assumption, and Ohm's law is then put in, not found",
    "Joule heat per electron and hop is e rho j a: the density of carriers drops out, since "
    "heat rho j^2 is shared by n electrons that make j / (n e a) hops a second",
    "no measured current-voltage curve enters: Ohm's law at this current is taken as measured",
)


def ohm(
    conductors: Sequence[Conductor],
    current_density_a_m2: float = CURRENT_DENSITY_A_M2,
    losses_ev: Sequence[float] = LOSSES_EV,
    used: Sequence[RowUsed] = (),
    dropped: Sequence[RowDropped] = (),
) -> SpacingTest[OhmRow]:
    """T4: threshold fields of a fixed loss per hop against the fields of Ohm's law.

    Args:
        conductors: inputs, one per metal.
        current_density_a_m2: j.
        losses_ev: values of Delta to try.
        used, dropped: rows of data that they come from, passed on.

    Raises:
        InputError: a resistivity, distance, current density or loss that is not positive.
    """
    rows = tuple(ohm_row(c, current_density_a_m2, losses_ev) for c in conductors)
    heat = median_of(
        "heat_per_hop",
        f"Joule heat per electron and hop at {current_density_a_m2:g} A/m^2, median",
        "eV",
        [r.heat_per_hop_ev.value for r in rows],
    )
    found: list[Statistic] = [heat]
    for i, loss in enumerate(losses_ev):
        name, shown = f"loss_{i + 1}", f"Delta = {loss:.3g} eV"
        found.append(
            median_of(
                f"{name}_field",
                f"threshold field of {shown}, median",
                "V/cm",
                [r.losses[i].threshold_v_per_cm for r in rows],
            )
        )
        found.append(
            median_of(
                f"{name}_log10_over_ohmic",
                f"log10 of that over Ohm's, {shown}, median",
                "",
                [math.log10(r.losses[i].over_ohmic) for r in rows],
            )
        )
    return SpacingTest(
        "T4",
        "a fixed loss per hop against Ohm's law",
        rows,
        tuple(found),
        tuple(used),
        tuple(dropped),
        NOTES,
    )


def ohm_row(
    conductor: Conductor,
    current_density_a_m2: float = CURRENT_DENSITY_A_M2,
    losses_ev: Sequence[float] = LOSSES_EV,
) -> OhmRow:
    """T4 of one metal; see ``OhmRow``."""
    rho, hop = conductor.resistivity, conductor.hop
    for name, value in (
        ("resistivity", rho.value),
        ("distance", hop.value),
        ("current density", current_density_a_m2),
        *(("loss", x) for x in losses_ev),
    ):
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{conductor.name}: {name} {value:g} must be positive")
    field_v_m = rho.value * 1e-8 * current_density_a_m2
    heat = product(field_v_m * hop.value * 1e-10, "e rho j a", rho, hop)
    return OhmRow(
        conductor.name,
        rho,
        hop,
        field_v_m / 100,
        heat,
        tuple(_loss(x, hop.value, heat.value, current_density_a_m2) for x in losses_ev),
    )


def _loss(loss_ev: float, hop_a: float, heat_ev: float, current_a_m2: float) -> Loss:
    return Loss(
        loss_ev=loss_ev,
        threshold_v_per_cm=threshold_voltage(loss_ev, hop_a, 0.01),
        over_ohmic=loss_ev / heat_ev,
        share_of_hops=heat_ev / loss_ev,
        saturation_a_per_cm2=current_a_m2 * loss_ev / heat_ev / 1e4,
    )


def threshold_voltage(loss_ev: float, hop_angstrom: float, length_m: float) -> float:
    """V = N Delta / e over a length of N = length / hop hops.

    Raises:
        InputError: a loss, hop or length that is not positive.
    """
    if not (loss_ev > 0 and hop_angstrom > 0 and length_m > 0):
        raise InputError("loss, hop and length must be positive")
    return loss_ev * length_m / (hop_angstrom * 1e-10)


def iv_curve(
    model: str, current: ArrayLike, resistance: float, threshold_v: float
) -> NDArray[np.float64]:
    """Voltage against current of a wire, same shape as ``current``; amperes, ohms, volts.

    - "ohmic": V = R I.
    - "fixed_loss": every hop loses Delta: V = N Delta / e in the direction of the current; at
      zero current any voltage below would do, 0 is given.
    - "loss_rate": the share of hops that lose Delta is R I / (N Delta / e), up to 1: Ohm's law
      by assumption, and a voltage that stops rising at the threshold.

    Raises:
        InputError: an unknown model, or a resistance or threshold that is not positive.
    """
    if model not in MODELS:
        raise InputError(f"unknown model {model!r}; known: {', '.join(MODELS)}")
    if not (resistance > 0 and threshold_v > 0):
        raise InputError("resistance and threshold must be positive")
    i = np.asarray(current, dtype=float)
    if model == "fixed_loss":
        return np.asarray(np.sign(i) * threshold_v)
    ohmic = resistance * i
    return ohmic if model == "ohmic" else np.asarray(np.clip(ohmic, -threshold_v, threshold_v))
