"""A field of your own: a double helix, which winds twice before it closes.

python examples/own_field.py
"""

import numpy as np

from isotunnel import Field, find_tunnels

POINTS = 32


def double_helix() -> np.ndarray:
    """A potential of 5 eV with a helical channel at 1 eV that turns half a circle per cell."""
    values = np.full((POINTS, POINTS, POINTS), 5.0)
    for step in np.arange(0, 2 * POINTS, 0.2):
        angle = np.pi * step / POINTS
        i = round(POINTS / 2 + POINTS / 4 * np.cos(angle))
        j = round(POINTS / 2 + POINTS / 4 * np.sin(angle))
        values[i, j, int(step) % POINTS] = 1.0
    return values


def main() -> None:
    field = Field.from_array(double_helix(), [8.0, 8.0, 8.0], "potential")
    wire = find_tunnels(field, refine=False).directions[0]
    assert wire is not None
    print("runs along      ", wire.vectors.tolist())
    print("closes after    ", wire.windings.tolist())
    print("interwoven copies", wire.index)


if __name__ == "__main__":
    main()
