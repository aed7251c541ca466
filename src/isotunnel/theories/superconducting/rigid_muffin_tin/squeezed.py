"""How pressure moves Tc with nothing put in: crystals as they are and squeezed by one per cent.

Written by ``scripts/pairing_slopes.py`` (minutes of DFT a crystal) and shipped.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import DONE
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc


@dataclass(frozen=True)
class Moments:
    """What Tc follows from, at one volume.

    Attributes:
        pressure_gpa: GPAW's, of the cell.
        coupling: lambda.
        omega_log_k, omega_2_k: means of the frequencies, kelvin.
    """

    pressure_gpa: float
    coupling: float
    omega_log_k: float
    omega_2_k: float

    def tc_k(self, mu_star: float) -> float:
        """Tc by Allen and Dynes, kelvin."""
        tc: float = allen_dynes_tc(self.coupling, self.omega_log_k, mu_star, self.omega_2_k)
        return tc


@dataclass(frozen=True)
class SqueezedCrystal:
    """One crystal at two volumes.

    Attributes:
        material: as table ``dtc_dp`` calls it.
        formula: of the crystal.
        rest, squeezed: None where there is no Tc to move, see ``reason``.
        reason: why.
    """

    material: str
    formula: str
    rest: Moments | None
    squeezed: Moments | None
    reason: str

    def dtc_dp_k_per_gpa(self, mu_star: float) -> float | None:
        """Difference of both Tc over that of the pressures; None where one is missing or zero.

        mu* is the same at both volumes. Both pressures are computed, so that their common error
        drops out.
        """
        if self.rest is None or self.squeezed is None:
            return None
        first, second = self.rest.tc_k(mu_star), self.squeezed.tc_k(mu_star)
        if first <= 0 or second <= 0:
            return None
        return (second - first) / (self.squeezed.pressure_gpa - self.rest.pressure_gpa)


@cache
def squeezed_crystals() -> tuple[SqueezedCrystal, ...]:
    """All that were run, in the order of the table."""
    text = files(__package__).joinpath("data", "squeezed.csv").read_text(encoding="utf-8")
    return tuple(_crystal(row) for row in csv.DictReader(text.splitlines()))


def _crystal(row: dict[str, str]) -> SqueezedCrystal:
    done = row["status"] == DONE
    rest = _moments(row, "") if done else None
    squeezed = _moments(row, "squeezed_") if done else None
    return SqueezedCrystal(row["material"], row["formula"], rest, squeezed, row["reason"])


def _moments(row: dict[str, str], before: str) -> Moments:
    names = ("pressure_gpa", "lambda", "omega_log_k", "omega_2_k")
    return Moments(*(float(row[f"{before}{name}"]) for name in names))
