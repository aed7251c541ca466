"""The first tunnels of anisotropic crystals, computed by ``scripts/make_first_tunnels.py``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import FileFormatError

SCHEMA = "isotunnel.anisotropy_tunnels/1"


@dataclass(frozen=True, eq=False)
class FirstTunnels:
    """Where tunnels run in the potential of a crystal's superposed free atoms.

    Attributes:
        material: as in the measured table ``anisotropy``.
        cell_angstrom: rows are the axes a, b, c of the cell that the measurement names.
        thresholds_ev: level from which tunnels run in at least 1, 2, 3 dimensions.
        directions: unit vectors along which they then run: up to three per dimension.
        source: of the cell.
    """

    material: str
    cell_angstrom: NDArray[np.float64]
    thresholds_ev: tuple[float, float, float]
    directions: tuple[NDArray[np.float64], ...]
    source: str

    def easy(self, step_ev: float) -> NDArray[np.float64]:
        """Directions of the lowest tunnels, shape (1 to 3, 3).

        Those of the fewest dimensions d whose next dimension opens at least ``step_ev`` above;
        all three where no such step is.
        """
        first, second, third = self.thresholds_ev
        for directions, step in zip(
            self.directions, (second - first, third - second), strict=False
        ):
            if step >= step_ev:
                return directions
        return np.eye(3)


@cache
def first_tunnels() -> dict[str, FirstTunnels]:
    """By material.

    Raises:
        FileFormatError: the packed file is of another schema.
    """
    path = files("isotunnel.atlas").joinpath("data/first_tunnels.json")
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if document.get("schema") != SCHEMA:
        raise FileFormatError(
            f"first_tunnels.json: schema {document.get('schema')!r}, not {SCHEMA!r}"
        )
    return {name: _read(name, entry) for name, entry in document["crystals"].items()}


def same_span(one: NDArray[np.float64], other: NDArray[np.float64], degrees: float) -> bool:
    """Whether two sets of directions span the same line, plane or space.

    Args:
        one, other: shape (n, 3), linearly independent rows.
        degrees: largest angle between the spans.
    """
    if len(one) != len(other):
        return False
    from scipy.linalg import subspace_angles

    angles = subspace_angles(one.T, other.T)
    return bool(np.degrees(np.max(angles)) <= degrees)


def _read(name: str, entry: dict[str, Any]) -> FirstTunnels:
    first, second, third = (float(t) for t in entry["thresholds_ev"])
    return FirstTunnels(
        name,
        np.array(entry["cell_angstrom"], dtype=float),
        (first, second, third),
        tuple(np.array(d, dtype=float).reshape(-1, 3) for d in entry["directions"]),
        entry["source"],
    )
