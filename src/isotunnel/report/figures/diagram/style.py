"""Colours, hatches and markers of phase diagrams, distinguishable without colour too."""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.diagrams.label import is_undecided, state_of_key
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR


@dataclass(frozen=True)
class Look:
    """How a state is drawn: its word, a shorter one, fill, the word's colour, and hatching."""

    word: str
    short: str
    fill: str
    ink: str
    hatch: str | None = None
    hatch_color: str = ""


HATCH, HATCH_COLOR = "////", "#c4c8cd"

LOOKS: dict[str | None, Look] = {
    SUPERCONDUCTOR: Look("superconducting", "SC", "#7fb8dd", "#00304f"),
    METAL: Look("conducting", "cond.", "#fbe3b3", "#5a3a00"),
    INSULATOR: Look("insulating", "ins.", "#cbb8d6", "#3b1f4d"),
    None: Look("cannot say", "?", "#ffffff", "#555555", HATCH, HATCH_COLOR),
}
"""By state. Blue, yellow and violet differ in lightness; "cannot say" is hatched."""

UNDECIDED = Look("conducting, perhaps SC", "cond. or SC", "#fdf1d8", "#5a3a00", "////", "#7fb8dd")
"""A conductor of which nothing says whether it superconducts: both colours."""

UNDECIDED_WORDS = "conducting; superconductivity unknown"


def look_of(key: str) -> Look:
    """How the region of a label's key is drawn."""
    return UNDECIDED if is_undecided(key) else LOOKS[state_of_key(key)]


EXTRAPOLATED_HATCH, EXTRAPOLATED_WORD = "\\\\\\\\", "extrapolated"
"""Over a state that rests on data carried on beyond what was computed or measured."""
BAND_COLOR = "#12507b"
RING_COLOR, RING_SIZE = "#000000", 13.0
"""Round what was put into a theory."""

CROSS_COLOR, CROSS_WORDS = "#c00000", "the theory contradicts this measurement"

VEIL_COLOR, VEIL_HATCH = "#8f959c", ".."
"""Over states of a crystal that may have melted."""

LINES: dict[tuple[str, str], tuple[str, str]] = {
    ("melting", "measured"): ("#000000", "-"),
    ("melting", "extrapolated"): ("#000000", "--"),
    ("melting", "estimate"): ("#000000", ":"),
    ("boiling", "measured"): ("#7a4b00", "-"),
    ("boiling", "estimate"): ("#7a4b00", ":"),
    ("transition", "measured"): ("#2e6e3e", "-."),
}
"""Colour and dash of conventional lines by kind and quality."""


@dataclass(frozen=True)
class Mark:
    """A marker: matplotlib's letter, fill, size, words for the legend."""

    shape: str
    fill: str
    size: float
    words: str


MARKS: dict[str, Mark] = {
    "tc": Mark("o", "#d81b60", 6.5, "Tc, measured"),
    "tc_somewhere": Mark(">", "#d81b60", 7.0, "superconducting from here on, Tc up to this"),
    "tc_slope": Mark("", "#d81b60", 0.0, "Tc(P), measured slope"),
    "claim": Mark("o", "none", 6.5, "Tc, claimed, not established"),
    "none": Mark("v", "#ffffff", 7.0, "no superconductivity down to here"),
    "insulator_to_metal": Mark("D", "#ffd54a", 6.0, "insulator to metal, measured"),
    "metal_to_insulator": Mark("s", "#6a3d9a", 6.0, "metal to insulator, measured"),
    "conducts": Mark("P", "#ffd54a", 7.5, "conducts, measured"),
    "insulates": Mark("h", "#6a3d9a", 7.5, "insulates, measured"),
}
"""By kind of measured point."""
