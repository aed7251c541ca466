"""The central data type: values on the periodic grid of a crystal."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import FieldError
from isotunnel.fields.kinds import DEFAULT_SIDES, UNITS, FieldKind, Side

if TYPE_CHECKING:
    from ase import Atoms

_LARGEST = 1e100

Spin = Literal["total", "up", "down", "difference"]


@dataclass(frozen=True)
class Provenance:
    """Where a field came from: enough to find the file or repeat the calculation."""

    source: str
    """File path or engine name."""
    format: str = ""
    """File format, or the engine's version."""
    program: str = ""
    """Program that made the numbers, where the file tells."""
    notes: tuple[str, ...] = ()
    """Choices and corrections made on the way in, one sentence each."""
    warnings: tuple[str, ...] = ()
    """What a user should know before trusting the field, one sentence each."""


@dataclass(frozen=True, eq=False)
class Field:
    """A scalar field on a periodic grid.

    The value ``values[i, j, k]`` belongs to the point
    ``origin + (i/n1) a1 + (j/n2) a2 + (k/n3) a3``; the end planes i = n1 etc. are not stored, for
    they repeat the first ones.

    Attributes:
        values: shape (n1, n2, n3), float32 or float64, C order, read-only, finite.
        cell: shape (3, 3), rows are the lattice vectors a1, a2, a3 in angstrom, read-only.
        kind: physical meaning; fixes the unit of the values unless ``unit`` says otherwise.
        unit: unit of the values ("eV", "1/angstrom^3" or "1" for the kinds we know).
        origin: shape (3,), Cartesian position of ``values[0, 0, 0]`` in angstrom, read-only.
        atoms: the atoms in the cell, or None when the source does not say.
        spin: which spin part the values are.
        provenance: where the numbers came from.

    Raises:
        FieldError: not three-dimensional, empty, complex, NaN or infinite values, a cell that is
            not 3 x 3 or of zero volume.
    """

    values: NDArray[Any]
    cell: NDArray[np.float64]
    kind: FieldKind
    unit: str = ""
    origin: NDArray[np.float64] = field(default_factory=lambda: np.zeros(3))
    atoms: Atoms | None = None
    spin: Spin = "total"
    provenance: Provenance = field(default_factory=lambda: Provenance("array"))

    def __post_init__(self) -> None:
        kind = FieldKind(self.kind)
        values = _checked_values(self.values)
        cell = _checked_cell(self.cell)
        origin = np.array(_as_array(self.origin, "the origin", float))
        if origin.shape != (3,) or not np.isfinite(origin).all():
            raise FieldError(f"the origin must be three finite numbers, got {self.origin!r}")
        origin.flags.writeable = False
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "cell", cell)
        object.__setattr__(self, "origin", origin)
        object.__setattr__(self, "unit", self.unit or UNITS[kind])

    @classmethod
    def from_array(
        cls,
        values: ArrayLike,
        cell: ArrayLike,
        kind: FieldKind | str = FieldKind.OTHER,
        **attributes: Any,
    ) -> Field:
        """Make a field from an array of shape (n1, n2, n3) and a 3 x 3 cell in angstrom.

        The field shares the memory of a float array in C order: change the array afterwards, and
        the field changes with it. ``cell`` may also be three edge lengths of an orthogonal cell.
        ``attributes`` are any of the other attributes (``origin``, ``atoms``, ``unit``, ``spin``,
        ``provenance``).

        Raises:
            FieldError: see :class:`Field`; also for an unknown ``kind``.
        """
        try:
            kind = FieldKind(kind)
        except ValueError:
            known = ", ".join(k.value for k in FieldKind)
            raise FieldError(f"unknown field kind {str(kind)!r}; known kinds: {known}") from None
        cell_array = _as_array(cell, "the cell", float)
        if cell_array.shape == (3,):
            cell_array = np.diag(cell_array)
        if isinstance(values, np.ma.MaskedArray) and np.ma.is_masked(values):
            masked = int(np.count_nonzero(np.ma.getmaskarray(values)))
            raise FieldError(
                f"{masked} of {values.size} field values are masked; fill them with a value on the "
                "closed side of every level before looking for tunnels"
            )
        return cls(_as_array(values, "the values"), cell_array, kind, **attributes)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Number of grid points along each lattice vector."""
        n1, n2, n3 = self.values.shape
        return n1, n2, n3

    @property
    def volume(self) -> float:
        """Cell volume in angstrom^3."""
        return float(abs(np.linalg.det(self.cell)))

    @property
    def default_side(self) -> Side | None:
        """The side that percolates for this kind, None where the kind does not tell."""
        return DEFAULT_SIDES.get(self.kind)

    def with_warnings(self, *warnings: str) -> Field:
        """A copy that carries further warnings in its provenance."""
        provenance = replace(self.provenance, warnings=(*self.provenance.warnings, *warnings))
        return replace(self, provenance=provenance)

    def with_notes(self, *notes: str) -> Field:
        """A copy that carries further notes in its provenance."""
        provenance = replace(self.provenance, notes=(*self.provenance.notes, *notes))
        return replace(self, provenance=provenance)

    def positions_fractional(self, points: ArrayLike) -> NDArray[np.float64]:
        """Fractional cell coordinates of grid points given in (possibly fractional) voxel index.

        ``points`` has shape (..., 3); the result is origin-aware and wrapped into [0, 1).
        """
        shift = np.linalg.solve(self.cell.T, self.origin)
        fractional: NDArray[np.float64] = np.asarray(points, dtype=float) / np.array(self.shape)
        return np.asarray((fractional + shift) % 1.0)


def _as_array(numbers: ArrayLike, what: str, dtype: type | None = None) -> NDArray[Any]:
    try:
        return np.asarray(numbers, dtype=dtype)
    except (TypeError, ValueError) as error:
        raise FieldError(f"{what} must be an array of numbers: {error}") from None


def _checked_values(values: NDArray[Any]) -> NDArray[Any]:
    array = _as_array(values, "the values")
    if array.ndim != 3:
        raise FieldError(f"a field needs three axes, got an array of shape {array.shape}")
    if array.size == 0:
        raise FieldError(f"a field needs at least one point per axis, got shape {array.shape}")
    if array.dtype.kind not in "fiub":
        raise FieldError(f"field values must be real numbers, got dtype {array.dtype}")
    if array.dtype not in (np.float32, np.float64):
        array = array.astype(np.float64)
    array = np.ascontiguousarray(array)
    # One reduction finds NaN and infinities without a mask as large as the array.
    lowest, highest = float(array.min()), float(array.max())
    if not (np.isfinite(lowest) and np.isfinite(highest)):
        bad = int(array.size - np.count_nonzero(np.isfinite(array)))
        raise FieldError(
            f"{bad} of {array.size} field values are NaN or infinite; "
            "repair or mask them before looking for tunnels"
        )
    span = highest - lowest
    if max(abs(lowest), abs(highest)) > _LARGEST or 0 < span < 1 / _LARGEST:
        raise FieldError(
            f"field values from {lowest:.3g} to {highest:.3g} are beyond what can be computed with "
            f"(largest {_LARGEST:g}, smallest range {1 / _LARGEST:g}): scale them"
        )
    if array.flags.writeable:
        array = array.view()
        array.flags.writeable = False
    return array


def _checked_cell(cell: NDArray[np.float64]) -> NDArray[np.float64]:
    array: NDArray[np.float64] = np.array(_as_array(cell, "the cell", float))
    if array.shape != (3, 3):
        raise FieldError(f"the cell must be a 3 x 3 matrix, got shape {array.shape}")
    if not np.isfinite(array).all():
        raise FieldError("the cell holds NaN or infinite numbers")
    lengths = np.linalg.norm(array, axis=1)
    volume = abs(float(np.linalg.det(array)))
    if lengths.min() <= 0 or volume < 1e-9 * float(np.prod(lengths)):
        raise FieldError(
            f"the cell has zero volume ({volume:.3g} angstrom^3 from edges "
            f"{', '.join(f'{x:.4g}' for x in lengths)} angstrom)"
        )
    array.flags.writeable = False
    return array
