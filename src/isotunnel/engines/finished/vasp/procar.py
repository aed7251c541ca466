"""PROCAR: hydrogen's and all elements' share of the states at the Fermi level, by broadening.

A PROCAR holds the projections of each state on the atoms, but no density of states. It is formed
here with Gaussians, the width of which is a choice: where a DOSCAR or vasprun.xml has projected
densities, they are better.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.finished.files import float_or_none, text_lines
from isotunnel.errors import FileFormatError

_HEAD = re.compile(r"# of k-points:\s*(\d+)\s*# of bands:\s*(\d+)\s*# of ions:\s*(\d+)")
_KPOINT = re.compile(r"\s*k-point\s+\d+\s*:.*weight\s*=\s*(\S+)")
_BAND = re.compile(r"\s*band\s+\d+\s*#\s*energy\s+(\S+)\s*#\s*occ\.")
_FAR = 6.0


def read_procar(path: Path, fermi_ev: float, width_ev: float) -> NDArray[np.float64]:
    """Projected density of states at the Fermi level per atom, states/eV/cell, both spins.

    Sum over states of weight x projection x Gaussian of standard deviation ``width_ev``. A state
    without spin partner counts twice, as do the k-point weights in VASP.

    Raises:
        FileFormatError: it is damaged, or ends too early.
    """
    weight, factor, ions, blocks, states, expected = 0.0, 0.0, 0, 0, 0, 0
    sums: NDArray[np.float64] | None = None
    tot_rows = 0
    for line in text_lines(path):
        if match := _HEAD.search(line):
            ions, blocks = int(match[3]), blocks + 1
            expected += int(match[1]) * int(match[2])
            sums = np.zeros(ions) if sums is None else sums
        elif match := _KPOINT.match(line):
            weight = float_or_none(match[1]) or 0.0
        elif match := _BAND.match(line):
            energy = float_or_none(match[1])
            away = (energy - fermi_ev) / width_ev if energy is not None else math.inf
            height = math.exp(-0.5 * away * away) if abs(away) < _FAR else 0.0
            factor = weight * height / (width_ev * math.sqrt(2.0 * math.pi))
            states, tot_rows = states + 1, 0
        elif factor and tot_rows < ions and sums is not None:
            # The first rows of a band are the projections; phases or spin components follow.
            words = line.split()
            if not words or not words[0].isdigit():
                continue
            share = float_or_none(words[-1])
            if share is None or not 0 < int(words[0]) <= ions:
                raise FileFormatError(f"{path}: no row of projections: {line.strip()[:60]!r}")
            sums[int(words[0]) - 1] += factor * share
            tot_rows += 1
    if sums is None or states != expected:
        raise FileFormatError(
            f"{path}: {states} of {expected} states: the file is cut short, or no PROCAR"
        )
    return sums * (2.0 if blocks == 1 else 1.0)
