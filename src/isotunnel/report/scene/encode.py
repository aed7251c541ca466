"""A drawn field as few bytes: differences of neighbours, byte planes, deflate, base64.

The browser undoes this in ``frontend/viewer/decode.ts``; tests have a twin in
:func:`decode_values`.
"""

from __future__ import annotations

import base64
import zlib

import numpy as np
from numpy.typing import NDArray


def encode_values(values: NDArray[np.uint16]) -> str:
    """Pack values: differences to the value before, in the order of the array, modulo 2^16.

    First all low bytes, then all high ones; deflated with a zlib header, as the browser's
    DecompressionStream takes it; base64.
    """
    steps = np.diff(values.reshape(-1), prepend=np.uint16(0)).astype("<u2")
    planes = steps.view(np.uint8).reshape(-1, 2).T.tobytes()
    return base64.b64encode(zlib.compress(planes, 9)).decode("ascii")


def decode_values(text: str, shape: tuple[int, ...]) -> NDArray[np.uint16]:
    """What the browser sees."""
    planes = np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype=np.uint8)
    low, high = planes.reshape(2, -1).astype(np.uint16)
    return np.cumsum(low | (high << 8), dtype=np.uint64).astype(np.uint16).reshape(shape)
