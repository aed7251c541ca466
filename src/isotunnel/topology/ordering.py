"""The order in which a filtration meets a list of levels."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def ascending(level: NDArray[Any]) -> NDArray[np.int64]:
    """Indices that sort the levels, ties in the order given.

    Single precision is sorted as 64-bit integers, the level's bits above the index: several times
    faster than a stable sort of floating-point numbers, and the same.
    """
    if level.dtype != np.float32:
        return np.argsort(level, kind="stable")
    # Adding zero makes -0.0 equal to 0.0.
    bits = (level + np.float32(0.0)).view(np.uint32)
    # Ordered as unsigned integers: negative numbers reversed, positive ones above them.
    bits = np.where(bits >> 31, ~bits, bits | np.uint32(1 << 31))
    keys = bits.astype(np.uint64) << np.uint64(32)
    keys |= np.arange(len(level), dtype=np.uint64)
    keys.sort()
    keys &= np.uint64(0xFFFFFFFF)
    return keys.astype(np.int64)
