"""Thresholds, errors and bottlenecks of a grid file.

python examples/grid_file.py [FILE]
"""

import sys

from isotunnel import find_tunnels, read_fields


def main(path: str) -> None:
    for field in read_fields(path):
        tunnels = find_tunnels(field)
        print(f"{field.kind} ({field.spin}), {tunnels.side} the level, in {field.unit}")
        for rank, bottleneck in enumerate(tunnels.bottlenecks, start=1):
            if bottleneck is None:
                print(f"  {rank}D: never reached")
                continue
            atoms = "-".join(n.symbol for n in bottleneck.between) or "unknown atoms"
            value, error = tunnels.thresholds[rank - 1], tunnels.thresholds_error[rank - 1]
            print(f"  {rank}D: {value:.4f} +- {error:.4f}, between {atoms}")
        for warning in tunnels.as_dict()["warnings"]:
            print(f"  warning: {warning}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "tests/data/h3s_elf.cube.gz")
