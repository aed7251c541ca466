"""Figures of the spacing-only tests, one per test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.report.figures.draw import draw_all
from isotunnel.report.figures.spacing.resistivity import (
    collapse_figure,
    ohm_figure,
    reentrant_figure,
)
from isotunnel.report.figures.spacing.superconductors import isochore_figure, isotope_figure
from isotunnel.studies.spacing import SpacingTest

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MAKERS: dict[str, Callable[[Any], Figure]] = {
    "T1": collapse_figure,
    "T2": isochore_figure,
    "T3": isotope_figure,
    "T4": ohm_figure,
    "T5": reentrant_figure,
}


def draw_spacing(tests: Sequence[SpacingTest[Any]], stem: Path) -> dict[str, dict[str, Path]]:
    """One figure per test beside ``stem``: ``<stem>-t1.png`` and ``.svg``, and so on.

    Returns name -> format -> path. A test without rows has no figure.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    return draw_all(_makers(tests), stem)


def _makers(tests: Sequence[SpacingTest[Any]]) -> Iterator[tuple[str, Callable[[], Figure]]]:
    for test in tests:
        if test.rows:
            yield test.id.lower(), lambda test=test: _MAKERS[test.id](test)  # type: ignore[misc]
