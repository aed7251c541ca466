"""Files of the figure of a pairing calculation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.report.figures.draw import drawn, save
from isotunnel.report.figures.pairing_spectrum import pairing_figure

if TYPE_CHECKING:
    from isotunnel.analysis.pairing import PairingResult


def draw_pairing(result: PairingResult, folder: Path, name: str = "") -> tuple[Path, ...]:
    """Write NAME-pairing.png and .svg, the crystal's name by default; their paths.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    name = plain_name(name or result.name)
    return save(drawn([("pairing", lambda: pairing_figure(result))]), folder / name)


def plain_name(name: str) -> str:
    """A crystal's name as part of a file's: letters, digits and ``@._+-``, others as ``_``."""
    return "".join(c if c.isalnum() or c in "@._+-" else "_" for c in name)
