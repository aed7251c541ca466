"""From which magnetic moments a self-consistent run begins, and for which crystals at all.

A self-consistent run keeps the kind of order that it starts from, or loses it. So one is made from
no moments, one from parallel ones and, where the cell has at least two atoms that may carry them,
one from moments opposite to those of the nearest such neighbours. The lowest energy decides. Orders
that need a larger cell, or moments that are not collinear, are out of reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.gpaw_pw.checks import MAGNETIC_ELEMENTS
from isotunnel.engines.gpaw_pw.settings import GpawSettings, SpinChoice

if TYPE_CHECKING:
    from ase import Atoms

SPIN_VERSION = 1
"""Raised whenever the same starts would give other numbers."""

FERROMAGNETIC = "ferromagnetic"
ANTIFERROMAGNETIC = "antiferromagnetic"
AS_GIVEN = "as given"
NON_MAGNETIC = "non-magnetic"

START_MU_B = {"Cr": 3.0, "Mn": 4.0, "Fe": 3.0, "Co": 2.0, "Ni": 1.5, "O": 1.0, "Gd": 7.0}
"""Bohr magnetons to begin with, above the moments of the elements: too large a start falls to the
right one, too small a start may fall to none."""

OTHER_START_MU_B = 1.0
F_START_MU_B = 3.0


@dataclass(frozen=True)
class Start:
    """Moments to begin with.

    Attributes:
        name: "ferromagnetic", "antiferromagnetic" or "as given".
        moments_mu_b: per atom, Bohr magnetons.
    """

    name: str
    moments_mu_b: tuple[float, ...]


def magnetic_starts(atoms: Atoms, spin: SpinChoice) -> tuple[Start, ...]:
    """The magnetic starts to try beside the spin-paired run; none where that run is all."""
    if spin == "off":
        return ()
    given = atoms.get_initial_magnetic_moments()
    if np.any(given):
        return (Start(AS_GIVEN, tuple(float(m) for m in given)),)
    carriers = moment_carriers(atoms, spin)
    if not carriers:
        return ()
    sizes = np.zeros(len(atoms))
    sizes[carriers] = [_size(atoms.symbols[i]) for i in carriers]
    starts = [Start(FERROMAGNETIC, tuple(sizes.tolist()))]
    if len(carriers) > 1:
        signed = sizes * _alternating(atoms, carriers)
        starts.append(Start(ANTIFERROMAGNETIC, tuple(signed.tolist())))
    return tuple(starts)


def spin_paired(settings: GpawSettings) -> dict[str, Any]:
    """What determines a spin-paired run, as plain values for keys: all settings but ``spin``.

    PBE is not named: entries from before there was a choice stay what they are.
    """
    found = {name: value for name, value in settings.as_dict().items() if name != "spin"}
    if settings.xc == "PBE":
        del found["xc"]
    return found


def identity(settings: GpawSettings, atoms: Atoms) -> dict[str, Any]:
    """Everything of the settings that determines a run of ``atoms``, as plain values for keys.

    A spin-paired run has the same whether the settings say "off", or "auto" and nothing is tried.
    """
    found = spin_paired(settings)
    starts = magnetic_starts(atoms, settings.spin)
    if starts:
        found["magnetic_starts"] = [[s.name, list(s.moments_mu_b)] for s in starts]
        found["spin_version"] = SPIN_VERSION
    return found


def moment_carriers(atoms: Atoms, spin: SpinChoice = "auto") -> list[int]:
    """Indices of the atoms that may carry moments: known elements, or all where spin is ``on``."""
    symbols = atoms.get_chemical_symbols()
    if set(symbols) == {"O"}:
        # The molecule's ground state is a triplet; in compounds oxygen carries none of its own.
        return list(range(len(symbols)))
    known = [i for i, symbol in enumerate(symbols) if symbol in MAGNETIC_ELEMENTS]
    return known if known or spin != "on" else list(range(len(symbols)))


def _size(symbol: str) -> float:
    default = F_START_MU_B if symbol in MAGNETIC_ELEMENTS else OTHER_START_MU_B
    return START_MU_B.get(symbol, default)


def _alternating(atoms: Atoms, carriers: list[int]) -> NDArray[np.float64]:
    """+1 or -1 per atom: each is set against the nearest of those that have a sign already."""
    signs = np.ones(len(atoms))
    distances = atoms[carriers].get_all_distances(mic=True)
    reached = [0]
    while len(reached) < len(carriers):
        rest = [i for i in range(len(carriers)) if i not in reached]
        between = distances[np.ix_(reached, rest)]
        neighbour, nearest = np.unravel_index(int(np.argmin(between)), between.shape)
        new = rest[int(nearest)]
        signs[carriers[new]] = -signs[carriers[reached[int(neighbour)]]]
        reached.append(new)
    return signs
