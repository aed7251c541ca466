"""Meshes as few bytes: coarse integers, differences, byte planes, deflate, base64.

The browser undoes this in ``viewer/decode.js``; :func:`decode_surface` is its twin for tests.

Layout of one surface, little endian, after inflating:

- vertices: 3 columns of V uint16, each value the difference to the one before (modulo 2^16), first
  all low bytes, then all high bytes, column after column; units of 1/``STEPS`` of a lattice vector;
- normals: 2 columns of V uint8: the octahedral map of the unit vector;
- triangles: 3 T codes, uint16 where V < 65536, else uint32, in byte planes: ``next - index``, with
  ``next`` one more than the largest index so far (vertices are numbered by first use).
"""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.report.scene.surface import Surface

STEPS = 4095
"""Steps along a lattice vector: about 0.001 angstrom, far below what a screen shows."""


@dataclass(frozen=True, eq=False)
class Encoded:
    """One surface as bytes.

    Attributes:
        data: see the module's text.
        vertices: V.
        rank_counts: triangles of rank 0, 1, 2, 3; their sum is T.
    """

    data: bytes
    vertices: int
    rank_counts: tuple[int, int, int, int]


def encode_surface(surface: Surface) -> Encoded:
    """Pack one surface."""
    flat = surface.triangles.reshape(-1)
    used, first = np.unique(flat, return_index=True)
    by_first_use = used[np.argsort(first)]
    number = np.zeros(len(surface.vertices), dtype=np.int64)
    number[by_first_use] = np.arange(len(by_first_use))
    indices = number[flat]
    vertices = np.round(surface.vertices[by_first_use] * STEPS).astype(np.int64)
    steps = np.diff(vertices, axis=0, prepend=0).astype(np.uint16)
    wide = len(by_first_use) >= 1 << 16
    codes = _following(indices) - indices
    parts = [_planes(steps[:, axis]) for axis in range(3)]
    normals = _octahedral(surface.normals[by_first_use])
    parts += [normals[:, column].tobytes() for column in range(2)]
    parts.append(_planes(codes.astype(np.uint32 if wide else np.uint16)))
    return Encoded(b"".join(parts), len(by_first_use), surface.rank_counts)


def decode_surface(
    data: bytes, vertices: int, triangles: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Fractional vertices (V, 3), normals (V, 3), triangles (T, 3); what the browser sees."""
    raw = np.frombuffer(data, dtype=np.uint8)
    columns = []
    for axis in range(3):
        start = 2 * vertices * axis
        low, high = raw[start : start + vertices], raw[start + vertices : start + 2 * vertices]
        steps = low.astype(np.uint16) | (high.astype(np.uint16) << 8)
        columns.append(np.cumsum(steps, dtype=np.uint64).astype(np.uint16))
    points = np.column_stack(columns) / STEPS
    at = 6 * vertices
    octahedral = raw[at : at + 2 * vertices].reshape(2, vertices).T
    at += 2 * vertices
    width = 4 if vertices >= 1 << 16 else 2
    planes = raw[at : at + 3 * triangles * width].reshape(width, 3 * triangles).astype(np.int64)
    codes = sum(planes[byte] << (8 * byte) for byte in range(width))
    indices = np.empty(3 * triangles, dtype=np.int64)
    following = 0
    for i, code in enumerate(np.asarray(codes)):
        indices[i] = following - code
        following += code == 0
    return points, _from_octahedral(octahedral), indices.reshape(-1, 3)


def to_base64(data: bytes) -> str:
    """Deflated (zlib header) and in base64, as the browser's DecompressionStream takes it."""
    return base64.b64encode(zlib.compress(data, 6)).decode("ascii")


def _following(indices: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each place, one more than the largest index before it."""
    if len(indices) == 0:
        return indices
    highest = np.maximum.accumulate(indices)
    return np.concatenate([[0], highest[:-1] + 1])


def _planes(values: NDArray[np.unsignedinteger]) -> bytes:
    """First the low bytes of all values, then the next ones: deflate likes its like together."""
    little = values.astype(values.dtype.newbyteorder("<"))
    return little.view(np.uint8).reshape(len(values), values.dtype.itemsize).T.tobytes()


def _octahedral(normals: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Unit vectors on the octahedron |x| + |y| + |z| = 1, unfolded to a square of 255 x 255."""
    flat = normals / np.maximum(np.abs(normals).sum(axis=1, keepdims=True), 1e-30)
    x, y, z = flat.T
    turned = np.where(y >= 0, 1, -1), np.where(x >= 0, 1, -1)
    u = np.where(z >= 0, x, (1 - np.abs(y)) * turned[1])
    v = np.where(z >= 0, y, (1 - np.abs(x)) * turned[0])
    return np.round((np.column_stack([u, v]) + 1) * 127).astype(np.uint8)


def _from_octahedral(codes: NDArray[np.uint8]) -> NDArray[np.float64]:
    u, v = (codes.astype(np.float64) / 127 - 1).T
    z = 1 - np.abs(u) - np.abs(v)
    fold = np.maximum(-z, 0)
    x = u - np.where(u >= 0, fold, -fold)
    y = v - np.where(v >= 0, fold, -fold)
    normals = np.column_stack([x, y, z])
    return np.asarray(normals / np.linalg.norm(normals, axis=1, keepdims=True))
