"""The readings that are known: the built-in ones and the user's own."""

from __future__ import annotations

from functools import cache

from isotunnel.errors import InputError
from isotunnel.levels.reading import Reading

_own: dict[str, Reading] = {}


def register_reading(reading: Reading, *, replace: bool = False) -> None:
    """Add a reading, so that it is evaluated with the others.

    Raises:
        InputError: it lacks part of the :class:`~isotunnel.levels.reading.Reading` contract, it
            has no name, its delta_c is no number of at least 0, or its name is taken and
            ``replace`` is False.
    """
    if not isinstance(reading, Reading):
        wanted = "name, title, kind, unit, delta_c, delta_c_reason, sees_overlap, engines"
        raise InputError(
            f"{reading!r} is no reading: it needs the attributes {wanted} and the methods "
            "tunnel_levels and valence_level; FieldReading has them all"
        )
    if not (isinstance(reading.name, str) and reading.name.strip()):
        raise InputError(f"a reading needs a name, got {reading.name!r}")
    if not (isinstance(reading.delta_c, int | float) and 0 <= reading.delta_c < float("inf")):
        raise InputError(
            f"reading {reading.name!r}: delta_c must be a number of at least 0, "
            f"got {reading.delta_c!r}"
        )
    if not replace and (reading.name in _own or reading.name in _built_in()):
        raise InputError(
            f"a reading named {reading.name!r} is registered already; choose another name or "
            "pass replace=True"
        )
    _own[reading.name] = reading


def unregister_reading(name: str) -> None:
    """Forget a reading of the user's own; a built-in one that it replaced is back.

    Raises:
        InputError: no reading of that name was registered.
    """
    if _own.pop(name, None) is None:
        raise InputError(f"no reading named {name!r} was registered")


def readings() -> tuple[Reading, ...]:
    """All readings: the built-in ones in their order, then the user's own."""
    return tuple({**_built_in(), **_own}.values())


def get_reading(name: str) -> Reading:
    """The reading of that name.

    Raises:
        InputError: there is none; the message lists the known ones.
    """
    known = {**_built_in(), **_own}
    if name not in known:
        raise InputError(f"unknown reading {name!r}; known readings: {', '.join(known)}")
    return known[name]


@cache
def _built_in() -> dict[str, Reading]:
    from isotunnel.levels.atomic import ATOMIC
    from isotunnel.levels.band import BAND
    from isotunnel.levels.density import DENSITY
    from isotunnel.levels.elf import ELF
    from isotunnel.levels.kohn_sham import ELECTROSTATIC, KS

    every: tuple[Reading, ...] = (KS, ATOMIC, ELECTROSTATIC, DENSITY, ELF, BAND)
    return {reading.name: reading for reading in every}
