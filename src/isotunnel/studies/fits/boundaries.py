"""Temperatures at room pressure that one law must not be fitted across.

Melting points and transitions of the tables of ``isotunnel.matter`` come first; these are the
transitions between structures and magnetic orders that those tables lack.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FitBoundary:
    """A transition at room pressure; rows on its hot side are not used.

    Attributes:
        metal: symbol.
        temperature_k: the lowest published value where they differ.
        change: in words.
        source: where it was read.
    """

    metal: str
    temperature_k: float
    change: str
    source: str


_CURIE = "Curie temperatures: hypertextbook.com/facts/2002/FeliciaLau.shtml; hellenicaworld.com"
_ALLOTROPY = "Wikipedia, Allotropy (list of metals)"
_FORMS = "zhugayevych.me, Crystalline forms of elements"

BOUNDARIES = (
    FitBoundary("Fe", 1043.0, "Curie point", _CURIE),
    FitBoundary("Ni", 627.0, "Curie point", _CURIE),
    FitBoundary("Co", 695.0, "hcp to fcc", _ALLOTROPY),
    FitBoundary(
        "Cr",
        311.0,
        "Neel point",
        "Electrical Resistivity and Transverse Electrical Magnetoresistivity of Chromium "
        "(abstract at scilit.com): 313.0 +- 0.2 K; two kelvin are kept clear of it",
    ),
    FitBoundary("Ca", 716.0, "fcc to bcc", _FORMS),
    FitBoundary(
        "Sr", 488.0, "fcc to another form", "zhugayevych.me, Crystalline forms of elements"
    ),
)

MAGNETS = {
    "Fe": "ferromagnetic here: scattering by spins, which neither theory describes, is in the data",
    "Ni": "ferromagnetic here: scattering by spins, which neither theory describes, is in the data",
    "Co": "ferromagnetic here: scattering by spins, which neither theory describes, is in the data",
    "Cr": "a spin-density wave below its Neel point, which neither theory describes",
}


def boundary(metal: str) -> FitBoundary | None:
    """The lowest transition of a metal among these, None where there is none."""
    found = [b for b in BOUNDARIES if b.metal == metal]
    return min(found, key=lambda b: b.temperature_k, default=None)
