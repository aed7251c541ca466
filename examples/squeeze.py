"""How the gaps of a crystal change when it is compressed evenly.

python examples/squeeze.py [CRYSTAL]
"""

import sys

from isotunnel import analyze, as_atoms
from isotunnel.crystal import with_volume_ratio

RATIOS = (1.0, 0.8, 0.6)


def main(crystal: str) -> None:
    atoms = as_atoms(crystal)
    print("V/V0   atomic 3D gap (eV)   density 3D gap (1)")
    for ratio in RATIOS:
        result = analyze(with_volume_ratio(atoms, ratio), engine="procrystal")
        gaps = {gap.reading: gap.gaps[2] for gap in result.gaps if gap.answered}
        print(f"{ratio:4.2f} {gaps['atomic']:18.3f} {gaps['density']:18.3f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "Ne")
