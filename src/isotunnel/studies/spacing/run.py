"""Run the tests by their ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from isotunnel.errors import InputError
from isotunnel.measured import table
from isotunnel.measured.rows import Tables
from isotunnel.studies.spacing.resistivity_rows import (
    measured_collapse,
    measured_ohm,
    measured_reentrant,
)
from isotunnel.studies.spacing.result import SpacingTest
from isotunnel.studies.spacing.superconductor_rows import measured_isochores, measured_isotopes

TESTS: dict[str, Callable[[Tables], SpacingTest[Any]]] = {
    "T1": measured_collapse,
    "T2": measured_isochores,
    "T3": measured_isotopes,
    "T4": measured_ohm,
    "T5": measured_reentrant,
}
"""The measured tests by id."""


def spacing_tests(ids: Sequence[str] = (), tables: Tables = table) -> tuple[SpacingTest[Any], ...]:
    """The measured tests of these ids, or all, in their order.

    Args:
        ids: "T1" to "T5", upper or lower case.
        tables: where measured tables come from.

    Raises:
        InputError: an unknown id; the message lists the known ones.
    """
    wanted = {i.strip().upper() for i in ids}
    unknown = sorted(wanted - set(TESTS))
    if unknown:
        raise InputError(f"unknown test {unknown[0]!r}; known: {', '.join(TESTS)}")
    return tuple(run(tables) for name, run in TESTS.items() if not wanted or name in wanted)
