"""Pairing of one crystal at several pressures, and how Tc moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from isotunnel.analysis.pairing.compute import paired
from isotunnel.analysis.pairing.result import PairingResult
from isotunnel.analysis.pairing.settings import PairingSettings
from isotunnel.analysis.pairing.store import PieceStore
from isotunnel.engines.base import Progress, part_of_progress
from isotunnel.engines.time_to_go import with_time_to_go
from isotunnel.errors import CannotSay, EngineError, InputError


@dataclass(frozen=True, eq=False)
class PairingPoint:
    """One pressure.

    Attributes:
        asked_gpa: the pressure that the cell was relaxed under.
        result: None where there is none.
        cannot_say: why there is no Tc, "" where there is.
    """

    asked_gpa: float
    result: PairingResult | None
    cannot_say: str

    @property
    def tc_k(self) -> float | None:
        """Tc by Allen-Dynes, kelvin."""
        return None if self.result is None else self.result.tc_allen_dynes_k


@dataclass(frozen=True, eq=False)
class PairingAlongPressure:
    """Pairing at several pressures.

    Attributes:
        name: of the crystal.
        points: in the order asked for.
    """

    name: str
    points: tuple[PairingPoint, ...]

    @property
    def dtc_dp_k_per_gpa(self) -> float | None:
        """Slope of the straight line through all Tc, kelvin per GPa; None from fewer than two."""
        known = [(p.asked_gpa, p.tc_k) for p in self.points if p.tc_k is not None]
        if len({p for p, _ in known}) < 2:
            return None
        return float(np.polyfit([p for p, _ in known], [t for _, t in known], 1)[0])

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        from isotunnel.schemas import PairingScan, document

        return document(PairingScan, self)


def pairing_along_pressure(
    crystal: Any,
    pressures_gpa: Sequence[float],
    *,
    settings: PairingSettings | None = None,
    store: PieceStore | None = None,
    accept_formula_mismatch: bool = False,
    progress: Progress | None = None,
    workers: int = 1,
) -> PairingAlongPressure:
    """Pairing at each pressure; one that fails does not stop the others.

    ``progress`` is told of each step, with the time to go to the last pressure's end.

    Raises:
        InputError: no pressure, or a crystal that cannot be understood.
        MissingExtraError: GPAW, phonopy or the potential is not installed.
    """
    from isotunnel.analysis.inputs import understand

    if not pressures_gpa:
        raise InputError("give at least one pressure")
    # Known before any pressure has a result, for there may be none.
    subject = understand(crystal, cell="primitive", accept_formula_mismatch=accept_formula_mismatch)
    progress = with_time_to_go(progress)
    points = []
    for index, pressure in enumerate(pressures_gpa):
        low, high = index / len(pressures_gpa), (index + 1) / len(pressures_gpa)
        part = part_of_progress(progress, low, high)
        try:
            result = paired(
                crystal,
                pressure_gpa=pressure,
                settings=settings,
                store=store,
                accept_formula_mismatch=accept_formula_mismatch,
                progress=part,
                workers=workers,
            )
        except (CannotSay, EngineError) as error:
            points.append(PairingPoint(pressure, None, str(error)))
        else:
            points.append(PairingPoint(pressure, result, result.unstable))
    return PairingAlongPressure(subject.name, tuple(points))
