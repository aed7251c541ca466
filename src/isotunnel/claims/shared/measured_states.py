"""States measured at a pressure and temperature, other than those that anchor a diagram."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isotunnel.claims.shared.elements import METAL_BELOW_UOHM_CM, room_resistivities
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.materials.names import plain_name
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard.sample import GUESS, Case
from isotunnel.substances import Substance
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR
from isotunnel.units import ROOM_K

WARM_K = 250.0
"""Above this no theory of pairing needs to be asked whether an element superconducts."""
BELOW, ABOVE = 0.5, 1.5
"""A state is asked for at these multiples of a measured Tc."""
PAST = 1.2
"""Past a transition towards an insulator a state is asked for at this multiple of its pressure."""
SHIFT = 0.2
"""Along a slope of Tc a state is asked for where Tc has moved by this share of itself."""


@dataclass(frozen=True, eq=False)
class MeasuredState(Case):
    """A state at a point of the P-T plane: "superconductor", "metal" or "insulator".

    The substance, by its name in the catalogue, is the ``group``.

    Attributes:
        pressure_gpa: pressure.
        temperature_k: temperature.
        why: what was measured.
    """

    pressure_gpa: float = 0.0
    temperature_k: float = 0.0
    why: str = ""

    @property
    def telling(self) -> bool:
        """Whether a guess would not do: all but metals at room temperature and zero pressure."""
        trivial = self.measured == METAL and self.pressure_gpa == 0
        return not (trivial and self.temperature_k >= WARM_K)


def measured_state(
    substance: str,
    pressure_gpa: float,
    temperature_k: float,
    state: str,
    why: str,
    row: RowUsed,
) -> MeasuredState:
    """A point on which nobody has been asked yet but the guess, which is a metal always."""
    key = f"{substance}, {state} at {pressure_gpa:g} GPa, {temperature_k:g} K ({row.row})"
    rest = {"pressure_gpa": pressure_gpa, "temperature_k": temperature_k}
    return MeasuredState(key, state, {GUESS: METAL}, {}, (row,), substance, why=why, **rest)


def measured_states(
    sources: Sources, substances: tuple[Substance, ...]
) -> tuple[MeasuredState, ...]:
    """All points on which diagrams are judged.

    Left out are the points that anchor the spacing-only diagram: Tc at the reference pressure of
    the first phase that has one, and transitions from insulator to metal.
    """
    known = {s.name: s for s in substances}
    found = [*_room(sources, known), *_pressed(sources, known), *_slopes(sources, known)]
    return tuple(found + list(_reentrant(sources, known)))


def _room(sources: Sources, known: dict[str, Substance]) -> Iterator[MeasuredState]:
    for element, value in room_resistivities(sources).items():
        if element in known:
            state = METAL if value.value < METAL_BELOW_UOHM_CM else INSULATOR
            why = f"{value.value:g} microohm cm at room temperature"
            yield measured_state(element, 0.0, ROOM_K, state, why, value.row)


def _pressed(sources: Sources, known: dict[str, Substance]) -> Iterator[MeasuredState]:
    seen: set[tuple[str, float]] = set()
    for row, name, pressure, tc in _tc_under_pressure(sources):
        if name not in known or _anchors(known[name], pressure) or (name, pressure) in seen:
            continue
        seen.add((name, pressure))
        for times, state in ((BELOW, SUPERCONDUCTOR), (ABOVE, METAL)):
            why = f"Tc {tc:g} K at {pressure:g} GPa"
            yield measured_state(name, pressure, times * tc, state, why, RowUsed.of(row, name))


def _tc_under_pressure(sources: Sources) -> Iterator[tuple[Row, str, float, float]]:
    """Row, element, pressure and Tc of both tables of Tc under pressure."""
    for table, element, at, tc in (
        ("elements_pressure", "element", "pressure_at_tc_max_gpa", "tc_max_k"),
        ("tc_at_pressure", "material", "pressure_gpa", "tc_k"),
    ):
        for row in sources.table(table):
            try:
                yield row, row.text(element), row.number(at), row.number(tc)
            except CannotSay:
                continue


def _slopes(sources: Sources, known: dict[str, Substance]) -> Iterator[MeasuredState]:
    """Half-way between the Tc of zero pressure and that of a pressure a slope reaches."""
    for row in sources.table("dtc_dp"):
        name = plain_name(row.text("material"))
        if name not in known or row["use_in_bias_test"] is not True or row["kind"] != "slope":
            continue
        tc = _ambient_tc(known[name])
        slope = row.quantity("dtc_dp_k_per_gpa").value
        if tc is None or not slope:
            continue
        pressure = min(SHIFT * tc / abs(slope), _reach(row))
        moved = tc + slope * pressure
        state = SUPERCONDUCTOR if slope > 0 else METAL
        why = f"Tc {tc:g} K moves by {slope:g} K/GPa"
        yield measured_state(name, pressure, (tc + moved) / 2, state, why, RowUsed.of(row, name))


def _reentrant(sources: Sources, known: dict[str, Substance]) -> Iterator[MeasuredState]:
    for row in sources.table("insulator_metal_transitions"):
        name = plain_name(row.text("material"))
        if name not in known or row["direction"] != "metal_to_insulator":
            continue
        if row["method"] != "experiment" or row["semimetal"] is True:
            continue
        try:
            pressure = PAST * row.number("pressure_gpa")
        except CannotSay:
            continue
        temperature = row["temperature_k"]
        at = ROOM_K if temperature is None else float(temperature)
        why = f"{row.text('to_state')} from {pressure / PAST:g} GPa"
        yield measured_state(name, pressure, at, INSULATOR, why, RowUsed.of(row, name))


def _anchors(substance: Substance, pressure_gpa: float) -> bool:
    """Whether the anchor of superconductivity was taken at this pressure."""
    for phase in substance.phases:
        if phase.tc_k is not None and phase.tc_k.value > 0:
            return abs(phase.reference_pressure_gpa - pressure_gpa) < 1e-6
    return True


def _ambient_tc(substance: Substance) -> float | None:
    for phase in substance.phases:
        if phase.reference_pressure_gpa == 0 and phase.tc_k is not None and phase.tc_k.value > 0:
            return phase.tc_k.value
    return None


def _reach(row: Row) -> float:
    """Up to where a slope was measured, GPa."""
    top = row["pressure_max_gpa"]
    return 1.0 if top is None else float(top)
