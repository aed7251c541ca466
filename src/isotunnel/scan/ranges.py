"""The values of a scan as a person writes them."""

from __future__ import annotations

import math

from isotunnel.errors import InputError

MOST_POINTS = 1000
_ROUNDING = 1e-9


def parse_values(text: str, option: str) -> tuple[float, ...]:
    """Numbers from ``start:stop:step`` (both ends included) or ``a,b,c``, sorted, no doubles.

    The step's sign does not matter; ``stop`` is left out where the steps miss it.

    Raises:
        InputError: not of either form, a number that is not finite, a step of 0, or more than
            :data:`MOST_POINTS` values. The message names ``option``.
    """
    parts = text.split(":")
    if len(parts) == 1:
        values = [_number(part, text, option) for part in text.split(",")]
    elif len(parts) == 3:
        start, stop, step = (_number(part, text, option) for part in parts)
        values = _steps(start, stop, abs(step), text, option)
    else:
        raise _bad(text, option)
    if len(values) > MOST_POINTS:
        raise InputError(f"{option}: {text!r} asks for {len(values)} points; {MOST_POINTS} at most")
    return tuple(sorted(set(values)))


def _steps(start: float, stop: float, step: float, text: str, option: str) -> list[float]:
    if step == 0:
        raise InputError(f"{option}: {text!r} has a step of 0")
    count = abs(stop - start) / step
    if count > MOST_POINTS:
        raise InputError(
            f"{option}: {text!r} asks for {count + 1:.0f} points; {MOST_POINTS} at most"
        )
    sign = 1.0 if stop >= start else -1.0
    # Rounded so that 0.1 * 3 is the 0.3 that was meant, which the store looks up.
    return [
        round(start + sign * n * step, 10) + 0.0 for n in range(math.floor(count + _ROUNDING) + 1)
    ]


def _number(part: str, text: str, option: str) -> float:
    try:
        value = float(part)
    except ValueError:
        raise _bad(text, option) from None
    if not math.isfinite(value):
        raise InputError(f"{option}: {text!r} holds {part.strip()}, which is no finite number")
    return value + 0.0


def _bad(text: str, option: str) -> InputError:
    return InputError(
        f"{option}: {text!r} is neither start:stop:step (0:200:20) nor a list (0,50,100)"
    )
