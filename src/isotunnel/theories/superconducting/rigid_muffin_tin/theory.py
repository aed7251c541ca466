"""Rigid muffin tins and Allen-Dynes as one of the rivals, where a stored result exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from isotunnel.errors import CannotSay
from isotunnel.materials.names import index_names, look_up
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.calibration import PutIn
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.reference import Reference
from isotunnel.theories.superconducting.allen_dynes import ALLEN_DYNES_1975, AllenDynes
from isotunnel.theories.superconducting.pairing import ASSUMED_MU_STAR
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import (
    MADE_WITH,
    benchmark_rows,
)
from isotunnel.theories.superconducting.rigid_muffin_tin.calibration import coupling_range

NAME = "rigid-muffin-tin+allen_dynes"

GASPARI_GYORFFY_1972 = Reference(
    "G. D. Gaspari and B. L. Gyorffy, Phys. Rev. Lett. 28, 801 (1972)",
    doi="10.1103/PhysRevLett.28.801",
)

STORED_AT_GPA = 0.0
"""All stored results are of measured cells at ambient pressure; other phases have none."""


@dataclass(frozen=True)
class RigidMuffinTin(AllenDynes):
    """Tc by Allen and Dynes from lambda and phonons that were computed, not put in.

    lambda = sum_j eta_j <omega^-2>_j / M_j, Hopfield parameters by rigid muffin tins, phonons by
    finite displacements, both from GPAW (``isotunnel pairing``), as stored in
    ``data/benchmark.csv`` at one pressure; its error is learnt from that benchmark. Other volumes
    by the Grueneisen scaling of the Allen-Dynes theory. mu* is that of the material, or assumed.
    Says nothing of substances without a stored result, nor of crystals whose phonons came out
    imaginary.

    References: Gaspari and Gyorffy (1972); Allen and Dynes (1975).
    """

    name: str = NAME
    title: str = "Rigid muffin tins, Allen-Dynes"
    references: tuple[Reference, ...] = (GASPARI_GYORFFY_1972, ALLEN_DYNES_1975)
    assumptions: ClassVar[str] = (
        "Assumes and breaks: as Allen-Dynes; also the rigid ion inside a sphere (sp metals come "
        "out far too low), harmonic phonons, no magnetism."
    )

    def put_in(self, _material: MaterialData) -> tuple[PutIn, ...]:
        """Nothing electrical: metal or not came out of the calculation."""
        return ()

    def inputs(self, material: MaterialData) -> dict[str, Parameter]:
        """The stored lambda, omega_log and omega_2, and mu*.

        Raises:
            CannotSay: no result is stored for the material's phase.
        """
        found = stored_results().get(material.substance or material.name)
        low, high = material.stable_gpa
        if found is None or not low <= STORED_AT_GPA <= high:
            raise CannotSay(
                f"no rigid-muffin-tin result of {material.name} is stored; "
                f"isotunnel pairing computes one"
            )
        return found | {"mu_star": material.mu_star or ASSUMED_MU_STAR}

    def notes(self, material: MaterialData, values: Mapping[str, float]) -> tuple[str, ...]:
        """That lambda was computed from the crystal."""
        return (
            "lambda and phonons are computed from the crystal by rigid muffin tins",
            *super().notes(material, values),
        )


def stored_name(name: str) -> str:
    """The substance with a stored result that a user calls ``name``.

    Raises:
        InputError: there is none; the message lists those that there are.
    """
    known = stored_results()
    lists = f"there are {', '.join(known)}, at zero pressure"
    stored = index_names(known, "results")
    return look_up(name, stored, str, "stored pairing result", lists, pressures="zero")


@cache
def stored_results() -> dict[str, dict[str, Parameter]]:
    """lambda_ep, omega_log_k and omega_2_k of the metals of the benchmark, by symbol.

    The error of lambda is half the range in which linear response is to be expected.
    """
    spread = coupling_range()
    found: dict[str, dict[str, Parameter]] = {}
    for row in benchmark_rows():
        if not row.is_metal or row.coupling is None:
            continue
        error = None if spread is None else row.coupling * (spread.high - spread.low) / 2.0
        found[row.formula] = {
            "lambda_ep": _stored(row.coupling, "", error),
            "omega_log_k": _stored(row.omega_log_k, "K"),
            "omega_2_k": _stored(row.omega_2_k, "K"),
        }
    return found


def _stored(value: float | None, unit: str, error: float | None = None) -> Parameter:
    if value is None:
        raise CannotSay("a stable crystal of the benchmark has no spectrum: renew it")
    source = f"isotunnel pairing, {MADE_WITH}"
    return Parameter(value, source, error, unit=unit, kind="calculated")
