"""Which measurements a theory contradicts over its plane."""

from __future__ import annotations

from collections.abc import Sequence

from isotunnel.diagrams.axes import ATMOSPHERE_GPA
from isotunnel.diagrams.choose import NORMAL
from isotunnel.diagrams.theory_plane import Panel
from isotunnel.measured.contradiction import Contradiction, contradiction
from isotunnel.measured.points import MeasuredPoint
from isotunnel.theories.base import METAL, SUPERCONDUCTOR


def contradictions(panel: Panel, points: Sequence[MeasuredPoint]) -> tuple[Contradiction, ...]:
    """Each measured point that the theory of a panel contradicts; see ``measured.contradiction``.

    Beyond the axes a theory is not asked; a theory of the normal state alone leaves open whether a
    conductor superconducts.
    """

    def possible(pressure_gpa: float, temperature_k: float) -> frozenset[str]:
        found = _on_axes(panel, pressure_gpa, temperature_k)
        if panel.theory in NORMAL and METAL in found:
            return found | {SUPERCONDUCTOR}
        return found

    asked = (contradiction(point, possible, points) for point in points)
    return tuple(found for found in asked if found is not None)


def _on_axes(panel: Panel, pressure_gpa: float, temperature_k: float) -> frozenset[str]:
    pressures, temperatures = panel.pressures, panel.temperatures
    lowest = 0.0 if pressures.low <= ATMOSPHERE_GPA else pressures.low
    if not lowest <= pressure_gpa <= pressures.high or temperature_k > temperatures.high:
        return frozenset()
    found = panel.possible_at(pressure_gpa, max(temperature_k, temperatures.low))
    # What conducts at the lower edge may superconduct when colder.
    return frozenset() if temperature_k < temperatures.low and METAL in found else found
