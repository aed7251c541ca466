"""Turning bytes into numbers: a fast way that may decline, and a careful one that explains."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

# Below these counts, importing numba or loading the kernel costs more than it saves.
KERNEL_WORTH_IMPORTING = 3_000_000
KERNEL_WORTH_LOADING = 200_000

SPLIT_BYTES = 1 << 20
"""Blocks from this size on are parsed by two threads."""

_TOKEN = re.compile(rb"\S+")
_OVERFLOW = re.compile(rb"(?<!\S)\*+(?!\S)")
_NUMBER = re.compile(rb"([+-]?(?:\d+\.?\d*|\.\d+))(?:[eEdD]([+-]?\d{1,5})|([+-]\d{3}))?")


class BadNumber(ValueError):  # noqa: N818 - carries a place, is never shown as such
    """A token that is not a finite number: which one, and where in the block."""

    def __init__(self, token: str, index: int, at: int) -> None:
        super().__init__(token)
        self.token = token
        self.index = index
        self.at = at


def parse_block(block: bytes, expected: int) -> NDArray[np.float64] | None:
    """All numbers of a block, or None where it holds anything that needs a closer look.

    ``expected`` is the number of values in the whole file, which decides whether the compiled
    kernel pays.
    """
    if _kernels_pay(expected):
        from isotunnel.fields.readers.decimal_kernel import parse_decimals

        return _in_parts(block, parse_decimals)
    return _parse_with_numpy(block)


def zeros_for_asterisks(block: bytes) -> tuple[bytes, int]:
    """A block of equal length with a zero for each word of asterisks, and how many there were.

    Fortran writes asterisks where a number is too wide for its columns.
    """
    return _OVERFLOW.subn(lambda word: b"0".rjust(len(word[0])), block)


def _in_parts(
    block: bytes, parse: Callable[[bytes], NDArray[np.float64] | None]
) -> NDArray[np.float64] | None:
    """Both halves of a large block side by side, cut at a white space."""
    middle = block.find(b" ", len(block) // 2) + 1
    if len(block) < SPLIT_BYTES or middle == 0:
        return parse(block)
    with ThreadPoolExecutor(1) as pool:
        later = pool.submit(parse, block[middle:])
        first = parse(block[:middle])
        second = later.result()
    return None if first is None or second is None else np.concatenate([first, second])


def first_axis_fastest(
    flat: NDArray[np.floating], shape: tuple[int, int, int], factor: float
) -> NDArray[np.floating]:
    """``factor`` times values stored with the first axis fastest, as an array in C order."""
    if _kernels_pay(flat.size):
        from isotunnel.fields.readers.turn_kernel import turned

        return turned(flat, shape, factor)
    values = np.ascontiguousarray(flat.reshape(shape, order="F"))
    if factor != 1.0:
        values *= factor
    return values


def _kernels_pay(count: int) -> bool:
    """Whether importing or loading compiled code costs less than it saves on so many values."""
    return count >= KERNEL_WORTH_IMPORTING or (
        count >= KERNEL_WORTH_LOADING and "numba" in sys.modules
    )


def _parse_with_numpy(block: bytes) -> NDArray[np.float64] | None:
    if block.isspace():  # numpy makes [-1.0] of it
        return np.empty(0)
    if b"D" in block or b"d" in block:
        block = block.replace(b"D", b"E").replace(b"d", b"e")
    # numpy stops at a NUL without a word, and splits "1.0-102" (Fortran's short form of
    # 1.0E-102) into two numbers.
    if b"\0" in block or _sign_follows_digit(block):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            values = np.fromstring(block.decode("ascii"), sep=" ")
        except (ValueError, DeprecationWarning):
            return None
    return values if np.isfinite(values).all() else None


def _sign_follows_digit(block: bytes) -> bool:
    codes = np.frombuffer(block, np.uint8)
    sign = (codes[1:] == ord("-")) | (codes[1:] == ord("+"))
    # '.' and '/' are the two codes just below '0'; uint8 arithmetic wraps the rest out of range.
    sign &= (codes[:-1] - np.uint8(ord("."))) <= np.uint8(11)
    return bool(sign.any())


def parse_carefully(block: bytes, limit: int) -> tuple[NDArray[np.float64], int]:
    """The first ``limit`` numbers of a block (fewer if it has no more) and where they end.

    Accepts Fortran's D exponents and its form without a letter ("0.123-102").

    Raises:
        BadNumber: a token among them is not a finite number.
    """
    values: list[float] = []
    end = 0
    for match in _TOKEN.finditer(block):
        if len(values) == limit:
            return np.array(values), end
        values.append(_number(match.group(), len(values), match.start()))
        end = match.end()
    return np.array(values), end if len(values) == limit else len(block)


def _number(token: bytes, index: int, at: int) -> float:
    parts = _NUMBER.fullmatch(token)
    if parts is not None:
        exponent = parts[2] or parts[3] or b"0"
        value = float(parts[1] + b"e" + exponent)
        if np.isfinite(value):
            return value
    raise BadNumber(token[:200].decode("latin-1"), index, at)
