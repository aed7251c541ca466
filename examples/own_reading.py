"""A reading of your own beside the built-in ones.

This one compares inverse densities, the room per electron, where the built-in one compares
logarithms.

python examples/own_reading.py [CRYSTAL]
"""

import sys

from isotunnel import FieldReading, analyze, register_reading

register_reading(
    FieldReading(
        name="thinness",
        title="Inverse density at the bottleneck against that at the edge of a free atom",
        kind="density",
        unit="angstrom^3",
        valence=lambda structure: 1.0 / structure.require("valence_density"),
        level=lambda density: 1.0 / density,
        slope=lambda density: 1.0 / density**2,
        delta_c=1.0,
        delta_c_reason="an example, fitted to nothing",
        note="The room per electron.",
    )
)


def main(crystal: str) -> None:
    for gap in analyze(crystal, engine="procrystal").gaps:
        if gap.answered:
            print(f"{gap.reading:14s} {gap.gaps[2]:10.3f} {gap.unit:11s} {gap.state}")
        else:
            print(f"{gap.reading:14s} cannot say: {gap.cannot_say}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "MgO")
