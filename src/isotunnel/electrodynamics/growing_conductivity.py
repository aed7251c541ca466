"""A normal conductor whose conductivity grows without bound: can a transient expel the field?

In a conductor B diffuses, mu_0 sigma dB/dt = d^2 B/dx^2. One might hope that a metal that
becomes perfect while it cools expels the flux on the way. In a slab of half thickness a, with
time counted in units of mu_0 sigma_0 a^2 and sigma(t) = sigma_0 exp(t / t_grow), every mode
cos(k_n x / a) decays as exp(-k_n^2 s), where s(t) = int_0^t dt' sigma_0 / sigma(t') never
passes t_grow. So a slab that starts in the field keeps it for ever (a uniform field does not
change at all), and one whose field is taken away keeps the share sum_n (2 / k_n^2) exp(-k_n^2
t_grow), k_n = (n + 1/2) pi: flux is trapped, never expelled.

The modes are summed in closed form; the tests integrate the same equation on a grid.
"""

from __future__ import annotations

import math

import numpy as np

from isotunnel.errors import InputError

MODES = 400


def trapped_share(growth_time: float) -> float:
    """Share of the flux that stays for ever once the field is taken away; 0 to 1.

    Args:
        growth_time: t_grow over mu_0 sigma_0 a^2: how slowly the conductivity grows.

    Raises:
        InputError: a time that is not positive.
    """
    return remaining_share(growth_time, math.inf)


def remaining_share(growth_time: float, time: float) -> float:
    """Share of the flux left at a time after the field was taken away.

    Args:
        growth_time, time: in units of mu_0 sigma_0 a^2; the time may be infinite.

    Raises:
        InputError: a growth time that is not positive, or a negative time.
    """
    _check(growth_time, time)
    reached = growth_time * -math.expm1(-time / growth_time)
    k = (np.arange(MODES) + 0.5) * math.pi
    # What the modes left out hold at first is held by none of the decayed ones.
    tail = 1 - float((2 / k**2).sum()) if reached == 0 else 0.0
    return float((2 / k**2 * np.exp(-(k**2) * reached)).sum()) + tail


def _check(growth_time: float, time: float) -> None:
    if not (math.isfinite(growth_time) and growth_time > 0 and time >= 0):
        raise InputError(
            f"growth time {growth_time:g} must be positive and finite, time {time:g} not negative"
        )
