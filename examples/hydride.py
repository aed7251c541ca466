"""Networking value and Tc estimates of a hydride, with GPAW (extra "dft").

python examples/hydride.py [CRYSTAL]
"""

import sys

from isotunnel import analyze


def main(crystal: str) -> None:
    result = analyze(crystal, engine="gpaw")
    print(f"{result.title}: {result.structure.pressure_gpa:.1f} GPa")
    if result.phi is None or result.h_dos is None:
        print("no networking value, or no states of hydrogen at the Fermi level")
        return
    print(f"phi = {result.phi:.4f}, H_f = {result.h_fraction:.3f}, H_DOS = {result.h_dos:.3f}")
    for estimate in result.tc_estimates:
        remark = estimate.cannot_say or "; ".join(estimate.warnings) or "inputs within range"
        print(f"{estimate.id:4s} {estimate.tc_k:5.0f} K  {remark}")
        print(f"     {estimate.reference}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "H3S@200GPa")
