"""What a caller may say about a file that the file does not say itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import InputError
from isotunnel.fields.field import Spin
from isotunnel.fields.kinds import FieldKind

LengthUnit = Literal["angstrom", "bohr"]
EndPlanes = Literal["auto", "keep", "drop"]
Format = Literal["cube", "vasp", "xsf", "gpw", "hdf5"]


@dataclass(frozen=True)
class ReadOptions:
    """The choices of :func:`~isotunnel.fields.readers.read.read_field`, checked.

    Attributes:
        every: all fields of the file, or only the one asked for.
    """

    kind: FieldKind | None = None
    spin: Spin | None = None
    dataset: int | None = None
    length_unit: LengthUnit | None = None
    value_unit: str | None = None
    end_planes: EndPlanes = "auto"
    dtype: np.dtype[Any] = field(default_factory=lambda: np.dtype(np.float64))
    every: bool = False


def checked_options(
    *,
    kind: FieldKind | str | None,
    spin: str | None,
    dataset: int | None,
    length_unit: str | None,
    value_unit: str | None,
    end_planes: str,
    dtype: Any,
    every: bool,
) -> ReadOptions:
    """The options with every word known.

    Raises:
        InputError: an unknown word, with the known ones.
    """
    try:
        number = np.dtype(dtype)
    except TypeError:
        raise InputError(f"dtype must be float32 or float64, got {dtype!r}") from None
    if number not in (np.float32, np.float64):
        raise InputError(f"dtype must be float32 or float64, got {number}")
    if dataset is not None and (not isinstance(dataset, int | np.integer) or dataset < 0):
        raise InputError(f"dataset must be a whole number from 0, got {dataset!r}")
    if not isinstance(value_unit, str | None):
        raise InputError(f"value_unit must be a word such as 'eV', got {value_unit!r}")
    return ReadOptions(
        kind=None if kind is None else FieldKind(_known("kind", str(kind), list(FieldKind))),
        spin=None if spin is None else _spin(spin),
        dataset=dataset,
        length_unit=None if length_unit is None else _length_unit(length_unit),
        value_unit=value_unit,
        end_planes=_end_planes(end_planes),
        dtype=number,
        every=every,
    )


def empty_array(options: ReadOptions, shape: tuple[int, ...]) -> NDArray[Any]:
    """An array for the values, not yet filled."""
    return np.empty(shape, options.dtype)


def checked_spin(options: ReadOptions, said: Spin, *, guessed: bool = False) -> Spin:
    """The spin part of a grid in a format that stores one part, which is not marked as such.

    ``said`` is what the file tells; where that was ``guessed`` from a word, "total" overrules it.

    Raises:
        InputError: another part is asked for, which a new label would not make.
    """
    if options.spin in (None, said) or (guessed and options.spin == "total"):
        return options.spin or said
    raise InputError(
        f"the grid is the spin part {said!r} as far as the file tells, so there is no "
        f"{options.spin!r} one; leave spin out, or read a file that has spin parts"
    )


def _known(name: str, word: str, words: list[Any]) -> str:
    known = [str(w) for w in words]
    if word not in known:
        raise InputError(f"unknown {name} {word!r}; known: {', '.join(known)}")
    return word


def _spin(word: str) -> Spin:
    _known("spin", word, ["total", "up", "down", "difference"])
    return word  # type: ignore[return-value]


def _length_unit(word: str) -> LengthUnit:
    _known("length_unit", word, ["angstrom", "bohr"])
    return word  # type: ignore[return-value]


def _end_planes(word: str) -> EndPlanes:
    _known("end_planes", word, ["auto", "keep", "drop"])
    return word  # type: ignore[return-value]
