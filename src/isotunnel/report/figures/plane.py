"""Which plane through a crystal shows a bottleneck best, and the field's values on it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.field import Field
from isotunnel.tunnels.results import Bottleneck, Tunnels

POINTS = 240
_PARALLEL = 0.35


@dataclass(frozen=True, eq=False)
class Plane:
    """A square cut through the crystal.

    Attributes:
        center: (3,) Cartesian, angstrom.
        across, up: (3,) orthogonal unit vectors in the plane.
        half_width: half the edge of the square, angstrom.
    """

    center: NDArray[np.float64]
    across: NDArray[np.float64]
    up: NDArray[np.float64]
    half_width: float

    @property
    def normal(self) -> NDArray[np.float64]:
        """(3,) unit vector out of the plane."""
        normal: NDArray[np.float64] = np.cross(self.across, self.up)
        return normal

    def coordinates(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 3) of Cartesian points: across, up, height above the plane; angstrom."""
        frame = np.array([self.across, self.up, self.normal])
        inside: NDArray[np.float64] = (points - self.center) @ frame.T
        return inside


def shown_bottleneck(tunnels: Tunnels) -> Bottleneck | None:
    """That of the highest rank reached."""
    reached = [b for b in tunnels.bottlenecks if b is not None]
    return reached[-1] if reached else None


def plane_through(tunnels: Tunnels) -> Plane:
    """The plane of the bottleneck, the tunnel's path and the atoms beside it.

    The first axis points from the bottleneck to the nearest atom (along the path where no atoms
    are known), the second completes the plane with the nearest atom or lattice vector that is not
    in line. Without a bottleneck: the plane of a and b through the cell's middle.
    """
    field = tunnels.field
    cell = field.cell
    bottleneck = shown_bottleneck(tunnels)
    center = cell.sum(axis=0) / 2 if bottleneck is None else bottleneck.position_cartesian
    lengths = np.linalg.norm(cell, axis=1)
    half = float(np.clip(0.9 * lengths.max(), 2.5, 8.0))
    candidates = list(cell / lengths[:, None])
    if bottleneck is not None:
        if bottleneck.path_direction is not None:
            candidates.insert(0, bottleneck.path_direction)
        candidates = [*_towards_atoms(field, center), *candidates]
    across = candidates[0] / np.linalg.norm(candidates[0])
    for direction in candidates[1:]:
        rest = direction - (direction @ across) * across
        if np.linalg.norm(rest) > _PARALLEL * np.linalg.norm(direction):
            return Plane(center, across, rest / np.linalg.norm(rest), half)
    raise AssertionError("three lattice vectors span space")


def field_on(
    plane: Plane, field: Field, low: float = -np.inf, high: float = np.inf
) -> NDArray[np.float64]:
    """(POINTS, POINTS) values clipped to [low, high], rows upwards, from a periodic cubic spline.

    Clipping comes before the spline, which would ring around the wells at the nuclei.
    """
    from scipy.ndimage import map_coordinates

    steps = np.linspace(-plane.half_width, plane.half_width, POINTS)
    right, upward = np.meshgrid(steps, steps)
    points = plane.center + right[..., None] * plane.across + upward[..., None] * plane.up
    fractional = np.linalg.solve(field.cell.T, (points - field.origin).reshape(-1, 3).T)
    voxel = fractional * np.array(field.shape)[:, None]
    values = np.clip(field.values.astype(np.float64), low, high)
    order = 3 if min(field.shape) > 3 else 1
    sampled = map_coordinates(values, voxel, order=order, mode="grid-wrap")
    return np.asarray(np.clip(sampled, low, high)).reshape(POINTS, POINTS)


def atoms_near(plane: Plane, field: Field, height: float) -> list[tuple[int, NDArray[np.float64]]]:
    """(index, plane coordinates) of all images of atoms within ``height`` of the plane."""
    if field.atoms is None or len(field.atoms) == 0:
        return []
    found = []
    for index, point in _images(field, plane.center, plane.half_width * 1.5):
        at = plane.coordinates(point[None])[0]
        if abs(at[2]) <= height and np.abs(at[:2]).max() <= plane.half_width:
            found.append((index, at))
    return found


def _towards_atoms(field: Field, center: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Unit vectors to the atoms around, nearest first."""
    if field.atoms is None or len(field.atoms) == 0:
        return []
    reach = float(np.linalg.norm(field.cell, axis=1).max())
    steps = [point - center for _, point in _images(field, center, reach)]
    steps = [s for s in steps if np.linalg.norm(s) > 0.05]
    steps.sort(key=lambda s: (round(float(np.linalg.norm(s)), 3), *s.round(3).tolist()))
    return [s / np.linalg.norm(s) for s in steps[:40]]


def _images(
    field: Field, center: NDArray[np.float64], reach: float
) -> list[tuple[int, NDArray[np.float64]]]:
    assert field.atoms is not None
    inverse = np.linalg.inv(field.cell)
    spans = [int(np.ceil(reach * np.linalg.norm(inverse[:, axis]))) + 1 for axis in range(3)]
    home = field.atoms.positions @ inverse
    middle = center @ inverse
    home = home - np.floor(home - middle + 0.5)
    found = []
    for shift in itertools.product(*(range(-n, n + 1) for n in spans)):
        points = (home + np.array(shift)) @ field.cell
        near = np.linalg.norm(points - center, axis=1) <= reach
        found += [(int(i), points[i]) for i in np.flatnonzero(near)]
    return found
