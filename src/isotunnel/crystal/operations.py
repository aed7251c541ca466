"""Symmetry operations as arrays: written as x,y,z, a group, and fit for a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import CrystalError

MAX_OPERATIONS = 3_072
"""Most operations taken for a symmetry: 192 of a face-centred cubic cell, 16 times over."""

MAX_ENTRY = 9
"""Largest number before x, y or z; in all settings of the tables it is 1 or 2."""

_CRYSTALLOGRAPHIC = 24
_ROUNDED = 4e-3  # 0.33 or 0.17 for a third or a sixth, to two digits
_SAME_SHIFT = 6e-3
_METRIC = 0.01
_TERM = re.compile(r"([+-]?)(?:(\d+/\d+|\d*\.\d+|\d+\.?)\*?)?([xyz])?")


@dataclass(frozen=True)
class Operations:
    """Operations on fractional coordinates, x' = R x + t modulo the lattice.

    Attributes:
        rotations: R, whole numbers, shape (n, 3, 3).
        shifts: t, in [0, 1), shape (n, 3).
    """

    rotations: NDArray[np.int64]
    shifts: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.rotations)


def operations(rotations: object, shifts: object) -> Operations:
    """Operations without repetitions, shifts brought into [0, 1) and to twenty-fourths if near."""
    turned = np.asarray(rotations, dtype=np.int64).reshape(-1, 3, 3)
    moved = _exact(np.asarray(shifts, dtype=float).reshape(-1, 3))
    _, first = np.unique(_keys(turned, moved), axis=0, return_index=True)
    keep = np.sort(first)
    return Operations(turned[keep], moved[keep])


def parse_operation(text: str) -> tuple[list[list[int]], list[float]]:
    """Rotation and shift of one operation such as ``-y+1/2, x-y, z``.

    Raises:
        CrystalError: what is no operation on x, y and z.
    """
    parts = re.sub(r"\s+", "", text).lower().strip("'\"").split(",")
    if len(parts) != 3 or not all(parts) or len(text) > 200:
        raise _no_operation(text)
    rows = [_row(part, text) for part in parts]
    return [row for row, _ in rows], [shift for _, shift in rows]


def written(rotation: NDArray[np.int64], shift: NDArray[np.float64]) -> str:
    """An operation as text, e.g. ``-y+1/2,x-y,z``."""
    parts = []
    for row, move in zip(rotation, shift, strict=True):
        text = "".join(
            f"{'+' if n > 0 else '-'}{'' if abs(n) == 1 else abs(n)}{axis}"
            for n, axis in zip(row.tolist(), "xyz", strict=True)
            if n
        )
        fraction = Fraction(float(move)).limit_denominator(1000)
        text += f"+{fraction}" if fraction else ""
        parts.append(text.removeprefix("+") or "0")
    return ",".join(parts)


def check_group(found: Operations) -> None:
    """Raise unless the identity and the product of any two are among the operations.

    Raises:
        CrystalError: with a product that is missing, or more than ``MAX_OPERATIONS``.
    """
    if len(found) > MAX_OPERATIONS:
        raise CrystalError(f"{len(found)} symmetry operations; the limit is {MAX_OPERATIONS}")
    determinants = np.rint(np.linalg.det(found.rotations)).astype(int)
    if (np.abs(determinants) != 1).any():
        bad = int(np.flatnonzero(np.abs(determinants) != 1)[0])
        raise CrystalError(
            f"{_shown(found, bad)} is no symmetry operation: it changes the volume by a factor of "
            f"{abs(int(determinants[bad]))}"
        )
    known = _Known(found)
    if not known.holds(np.eye(3, dtype=np.int64)[None], np.zeros((1, 3)))[0]:
        raise CrystalError("the symmetry operations do not hold x,y,z: they are not a group")
    for i in range(len(found)):
        turned = found.rotations[i] @ found.rotations
        moved = found.shifts @ found.rotations[i].T + found.shifts[i]
        absent = np.flatnonzero(~known.holds(turned, moved))
        if len(absent):
            j = int(absent[0])
            raise CrystalError(
                f"the symmetry operations are not a group: {_shown(found, i)} after "
                f"{_shown(found, j)} gives {written(turned[j], moved[j] % 1.0)}, which is missing"
            )


def check_metric(found: Operations, metric: NDArray[np.float64]) -> None:
    """Raise unless every operation keeps lengths and angles of the cell to 1 part in 100.

    ``metric`` holds the scalar products of the lattice vectors, shape (3, 3).

    Raises:
        CrystalError: with the operation that does not.
    """
    bad = changed_by(found, metric)
    if bad is not None:
        raise CrystalError(
            f"the symmetry operation {_shown(found, bad)} does not fit the cell: it would change "
            "its edges or angles"
        )


def same_operations(one: Operations, other: Operations) -> bool:
    """Whether two lists hold the same operations, in whatever order."""
    if len(one) != len(other):
        return False
    return bool(_Known(one).holds(other.rotations, other.shifts).all())


def changed_by(found: Operations, metric: NDArray[np.float64]) -> int | None:
    """The first operation that does not keep ``metric``, None where all do."""
    rotations = found.rotations.astype(float)
    moved = np.swapaxes(rotations, 1, 2) @ metric @ rotations
    lengths = np.sqrt(np.diag(metric))
    off = np.abs(moved - metric) / np.outer(lengths, lengths)
    bad = np.flatnonzero(off.max(axis=(1, 2)) > 2 * _METRIC)
    return int(bad[0]) if len(bad) else None


class _Known:
    """Look-up of operations by rotation, shifts compared with a tolerance."""

    def __init__(self, found: Operations) -> None:
        self._codes, which = np.unique(_code(found.rotations), return_inverse=True)
        most = int(np.bincount(which).max())
        self._shifts = np.full((len(self._codes), most, 3), np.nan)
        filled = np.zeros(len(self._codes), dtype=int)
        for kind, shift in zip(which, found.shifts, strict=True):
            self._shifts[kind, filled[kind]] = shift
            filled[kind] += 1

    def holds(self, rotations: NDArray[np.int64], shifts: NDArray[np.float64]) -> NDArray[np.bool_]:
        codes = _code(rotations)
        place = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
        off = self._shifts[place] - shifts[:, None, :]
        same = np.abs(off - np.rint(off)) < _SAME_SHIFT
        near = np.any(np.all(same, axis=2), axis=1)
        return np.asarray((self._codes[place] == codes) & near)


def _code(rotations: NDArray[np.int64]) -> NDArray[np.int64]:
    """One whole number per rotation, -1 where an entry is larger than any that is accepted."""
    flat = rotations.reshape(-1, 9)
    base = 2 * MAX_ENTRY + 1
    code = (np.clip(flat, -MAX_ENTRY, MAX_ENTRY) + MAX_ENTRY) @ (base ** np.arange(9))
    return np.where(np.abs(flat).max(axis=1) > MAX_ENTRY, -1, code)


def _shown(found: Operations, index: int) -> str:
    return written(found.rotations[index], found.shifts[index])


def _exact(shifts: NDArray[np.float64]) -> NDArray[np.float64]:
    near = np.rint(shifts * _CRYSTALLOGRAPHIC) / _CRYSTALLOGRAPHIC
    exact = np.where(np.abs(shifts - near) < _ROUNDED, near, shifts) % 1.0
    return np.asarray(np.where(exact > 1 - 1e-12, 0.0, exact))


def _keys(rotations: NDArray[np.int64], shifts: NDArray[np.float64]) -> NDArray[np.int64]:
    rounded = np.rint(shifts * 1e4).astype(np.int64) % 10_000
    return np.concatenate([rotations.reshape(-1, 9), rounded], axis=1)


def _row(part: str, text: str) -> tuple[list[int], float]:
    row = [0, 0, 0]
    shift = Fraction(0)
    at = 0
    while at < len(part):
        match = _TERM.match(part, at)
        if match is None or match.end() == at or (at and not match[1]):
            raise _no_operation(text)
        sign, amount, axis = match.groups()
        if amount is None and axis is None:
            raise _no_operation(text)
        value = _fraction(amount, text) * (-1 if sign == "-" else 1)
        if axis is None:
            shift += value
        elif value.denominator != 1 or abs(value) > MAX_ENTRY:
            raise _no_operation(text)
        else:
            row["xyz".index(axis)] += int(value)
        at = match.end()
    if abs(shift) > 99 or max(map(abs, row)) > MAX_ENTRY:
        raise _no_operation(text)
    return row, float(shift)


def _fraction(amount: str | None, text: str) -> Fraction:
    try:
        return Fraction(1) if amount is None else Fraction(amount.rstrip("."))
    except (ValueError, ZeroDivisionError):
        raise _no_operation(text) from None


def _no_operation(text: str) -> CrystalError:
    return CrystalError(f"{text.strip()[:60]!r} is no symmetry operation such as -x,y+1/2,z")
