"""The table of isotope exponents in docs/explanation/rigid-muffin-tins.md."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from isotunnel.number_text import with_error
from isotunnel.studies.pairing.isotopes import isotopes_beside
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import MU_STAR, BenchmarkRow


def isotope_lines(rows: Sequence[BenchmarkRow]) -> list[str]:
    """Predicted exponents beside the measured ones; nothing where there are none."""
    found = isotopes_beside(rows)
    if not found:
        return []
    off = [abs(one.predicted - one.measured.value) for one in found]
    return [
        "### Isotope exponents with nothing put in, beside the measured ones",
        "",
        f"-d ln Tc / d ln M by the Eliashberg equations, μ* = {MU_STAR:.2f} at the highest phonon",
        "frequency; of compounds that of one element's masses. Measured: table `isotope_effect`,",
        "with its error where one is printed. A hydride has the pressure of its cell, not",
        "always that of the measurement.",
        "",
        "| Crystal | Element | Exponent | Measured |",
        "|---|---|---|---|",
        *(
            f"| {one.row.id.partition('-')[2]} | {one.element} | {one.predicted:.2f} "
            f"| {with_error(one.measured.value, one.measured.error)} |"
            for one in found
        ),
        "",
        f"The difference is {np.median(off):.2f} in the median of {len(found)}, at most "
        f"{max(off):.2f}.",
        "",
    ]
