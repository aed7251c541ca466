"""Colours, hatches and markers of phase diagrams, distinguishable without colour too."""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR


@dataclass(frozen=True)
class Look:
    """How a state is drawn: its word, fill and the colour of its word."""

    word: str
    fill: str
    ink: str


LOOKS: dict[str | None, Look] = {
    SUPERCONDUCTOR: Look("superconducting", "#7fb8dd", "#00304f"),
    METAL: Look("conducting", "#fbe3b3", "#5a3a00"),
    INSULATOR: Look("insulating", "#cbb8d6", "#3b1f4d"),
    None: Look("cannot say", "#ffffff", "#555555"),
}
"""By state. Blue, yellow and violet differ in lightness; "cannot say" is hatched."""

HATCH = "////"
HATCH_COLOR = "#c4c8cd"
EXTRAPOLATED_HATCH, EXTRAPOLATED_WORD = "\\\\\\\\", "extrapolated"
"""Over a state that rests on data carried on beyond what was computed or measured."""
BAND_COLOR = "#12507b"
RING_COLOR, RING_SIZE = "#000000", 13.0
"""Round what was put into a theory."""

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
}
"""By kind of measured point."""
