"""The tunnel theory without DFT: every boundary an isochore through one measured point."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.parameter import Parameter, printed_source
from isotunnel.theories.base import (
    INSULATOR,
    METAL,
    SUPERCONDUCTOR,
    Quantity,
    TheoryAnswer,
    Used,
    check_conditions,
)
from isotunnel.theories.calibration import PutIn
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.reference import Reference
from isotunnel.theories.tunnel.anchors import (
    INSULATING,
    SUPERCONDUCTING,
    Anchor,
    Line,
    anchor_volume,
    measured_anchors,
    steepness,
)
from isotunnel.theories.tunnel.critical import IsochoreCrossing, isochore_crossing
from isotunnel.theories.tunnel.fitted import FittedLaw
from isotunnel.theories.tunnel.reading_theory import (
    LIU_2024,
    ONE_FIELD,
    refuse_other_phases,
    refused,
)
from isotunnel.theories.tunnel.spacing import spacing_of
from isotunnel.units import ROOM_K

NO_ENERGY = "volumes alone give no overlap energy, and so neither field nor current"


@dataclass(frozen=True)
class Isochores:
    """The volumes that part the states of one material.

    Attributes:
        superconducting: V* below which it superconducts, None where nothing measured fixes it.
        insulating: V* above which it insulates, None likewise.
        normal_from: smallest volume at which it was seen not to superconduct, None where unknown.
        insulating_from: smallest volume at which it was seen to insulate, None likewise.
        reasons: why a boundary is missing, or why its error is not known.
    """

    superconducting: Line | None
    insulating: Line | None
    normal_from: float | None
    insulating_from: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class TunnelSpacing:
    """Spacing is everything: V(P, T) against one measured volume per boundary; no gap, no DFT.

    Superconductor where V < V*_s, insulator where V > V*_i, metal between. V*_s and V*_i are the
    volumes at one measured transition each (:mod:`~isotunnel.theories.tunnel.anchors`); all else
    follows without freedom: every boundary is an isochore with slope dT/dP = kappa_T / beta.
    Resistivity: a law fitted to rows of V, T and rho, or cannot say.

    Attributes:
        anchors: by name of the material, in place of the measured ones.
        fitted: resistivity laws fitted to rows, by name of the material.
    """

    anchors: Mapping[str, tuple[Anchor, ...]] = field(default_factory=dict, compare=False)
    fitted: Mapping[str, FittedLaw] = field(default_factory=dict, compare=False)
    name: str = "tunnel-spacing"
    title: str = "Tunnel theory, spacing only"
    references: tuple[Reference, ...] = (LIU_2024,)
    assumptions: ClassVar[str] = (
        "Assumes: one volume per boundary, whatever the structure on either side; temperature "
        "acts only through expansion. Breaks: for elements whose measured Tc falls under "
        "pressure (nearly all), as it makes any squeeze raise Tc, by some 100 K/GPa and more "
        "near T = 0, where solids hardly expand; for insulators that appear on squeezing (Na, "
        "Li). It has no energies: no critical field or current."
    )

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        """See ``Theory.answer``."""
        check_conditions(pressure_gpa, temperature_k)
        try:
            refuse_other_phases(material, pressure_gpa, temperature_k)
            spacing = spacing_of(material)
            volume = spacing.volume(pressure_gpa, temperature_k)
        except CannotSay as reason:
            return refused(self.name, material, pressure_gpa, temperature_k, str(reason))
        lines = self.isochores(material)
        state, why = _state(lines, volume.value, pressure_gpa, temperature_k)
        return TheoryAnswer(
            theory=self.name,
            material=material.name,
            pressure_gpa=pressure_gpa,
            temperature_k=temperature_k,
            state=state,
            state_reason=why,
            confidence=_confidence(lines, volume, spacing.shifts(pressure_gpa), state),
            rho_uohm_cm=self._rho(material, volume, temperature_k, state),
            tc_k=self._tc(material, lines, pressure_gpa),
            hc_t=Quantity.refused(NO_ENERGY),
            hc2_t=Quantity.refused(ONE_FIELD),
            jc_a_cm2=Quantity.refused(NO_ENERGY),
            used=_used(lines, volume),
            notes=lines.reasons,
        )

    def anchors_of(self, material: MaterialData) -> tuple[Anchor, ...]:
        """The measured points that fix the boundaries: given, else of the tables."""
        given = self.anchors.get(material.name)
        return measured_anchors(material) if given is None else given

    def put_in(self, material: MaterialData) -> tuple[PutIn, ...]:
        """Its anchors, and what was seen at the reference pressure where one is missing."""
        anchors = self.anchors_of(material)
        known = {a.boundary for a in anchors}
        found = [_put_in(a) for a in anchors]
        reference = material.reference_pressure_gpa
        tc = material.tc_k
        if SUPERCONDUCTING not in known and tc is not None and tc.value == 0:
            words = f"seen not to superconduct at {reference:g} GPa"
            found.append(PutIn("normal", reference, None, 0.0, None, words, printed_source(tc)))
        if INSULATING not in known and _insulates(material):
            gap = material.band_gap_ev
            source = material.insulator or ("" if gap is None else printed_source(gap))
            words = f"seen to insulate at {reference:g} GPa"
            found.append(PutIn("insulator", reference, None, ROOM_K, None, words, source))
        return tuple(found)

    def isochores(self, material: MaterialData) -> Isochores:
        """The volumes of the boundaries, or why there are none."""
        anchors = self.anchors_of(material)
        volumes: dict[str, Line] = {}
        reasons = []
        for anchor in anchors:
            try:
                volumes[anchor.boundary] = anchor_volume(material, anchor)
            except CannotSay as reason:
                reasons.append(str(reason))
            else:
                reasons += _unsure(material, anchor)
        for boundary in (SUPERCONDUCTING, INSULATING):
            if boundary not in {a.boundary for a in anchors}:
                reasons.append(f"no measured {boundary} transition of {material.name} is known")
        return Isochores(
            volumes.get(SUPERCONDUCTING),
            volumes.get(INSULATING),
            _seen(material, material.tc_k is not None and material.tc_k.value == 0, 0.0),
            _seen(material, _insulates(material), None),
            tuple(reasons),
        )

    def boundary(self, material: MaterialData, pressure_gpa: float) -> IsochoreCrossing:
        """Where superconductivity ends along an isobar: none, a temperature, or beyond.

        Raises:
            CannotSay: no measured transition fixes it, or no volume is known at this pressure.
        """
        return self._boundary(material, self.isochores(material), pressure_gpa)

    def _boundary(
        self, material: MaterialData, lines: Isochores, pressure: float
    ) -> IsochoreCrossing:
        spacing = spacing_of(material)
        if lines.superconducting is not None:
            return isochore_crossing(material, spacing, lines.superconducting, pressure)
        cold = spacing.volume(pressure, 0.0).value
        if lines.normal_from is not None and cold >= lines.normal_from:
            return IsochoreCrossing(
                "none", 0.0, None, 0.0, "seen not to superconduct at this volume"
            )
        raise CannotSay(f"no measured superconducting transition of {material.name} is known")

    def _tc(self, material: MaterialData, lines: Isochores, pressure: float) -> Quantity:
        try:
            return self._boundary(material, lines, pressure).as_tc()
        except CannotSay as reason:
            return Quantity.refused(str(reason))

    def _rho(
        self, material: MaterialData, volume: Parameter, temperature: float, state: str | None
    ) -> Quantity:
        if state == SUPERCONDUCTOR:
            return Quantity(0.0, 0.0)
        law = self.fitted.get(material.name)
        if law is None:
            return Quantity.refused(
                f"no resistivity law was fitted to rows of {material.name} (fitted)"
            )
        try:
            value = float(law.rho(volume.value, temperature))
            error = float(law.rho_error(volume.value, temperature))
        except (CannotSay, InputError) as reason:
            return Quantity.refused(str(reason))
        return Quantity(value, error if math.isfinite(error) else None)


def _put_in(anchor: Anchor) -> PutIn:
    superconducting = anchor.boundary == SUPERCONDUCTING
    what = "Tc" if superconducting else "insulator-metal transition"
    words = f"anchor: {what} at {anchor.pressure_gpa:g} GPa and {anchor.temperature_k:g} K"
    if not anchor.stated:
        words += " (error of its pressure not stated, hence no strip)"
    return PutIn(
        "tc" if superconducting else "transition",
        anchor.pressure_gpa,
        None,
        anchor.temperature_k,
        anchor.error_k,
        words,
        anchor.source,
        anchor.rows,
    )


def _unsure(material: MaterialData, anchor: Anchor) -> list[str]:
    """Why the error of a boundary is not known, nothing where it is."""
    if anchor.stated:
        return []
    slope = steepness(material, anchor)
    moves = "" if slope is None else f"; each GPa of it moves the boundary by {slope:.2g} K"
    return [
        f"the error of the {anchor.boundary} boundary is not known: its anchor at "
        f"{anchor.pressure_gpa:g} GPa states no error of pressure{moves}"
    ]


def _insulates(material: MaterialData) -> bool:
    gap = material.band_gap_ev
    return bool(material.insulator) or (gap is not None and gap.value > 0)


def _seen(material: MaterialData, seen: bool, temperature_k: float | None) -> float | None:
    """Volume at the reference pressure if something was seen there, None otherwise."""
    if not seen:
        return None
    try:
        t = ROOM_K if temperature_k is None else temperature_k
        return spacing_of(material).volume(material.reference_pressure_gpa, t).value
    except CannotSay:
        return None


def _state(
    lines: Isochores, volume: float, pressure: float, temperature: float
) -> tuple[str | None, str]:
    here = f"{volume:.5g} angstrom^3 per atom"
    dense = lines.superconducting
    if dense is not None and dense.below(volume, pressure, temperature):
        return (
            SUPERCONDUCTOR,
            f"{here} is below the measured {dense.value:.5g} of the superconducting transition",
        )
    if lines.insulating is not None and volume > lines.insulating.value:
        return (
            INSULATOR,
            f"{here} is above the measured {lines.insulating.value:.5g} of the insulator's "
            "transition",
        )
    if lines.insulating is None and lines.insulating_from is not None:
        if volume >= lines.insulating_from:
            return INSULATOR, f"{here} is not below {lines.insulating_from:.5g}, where it insulates"
        return None, f"{here}: it insulates at larger volumes; where that ends was not measured"
    if dense is not None:
        return METAL, f"{here} is not below the superconducting {dense.value:.5g}"
    if lines.normal_from is not None and volume >= lines.normal_from:
        return METAL, f"{here} is not below {lines.normal_from:.5g}, where it is normal"
    return None, f"{here}: no measured transition decides whether it superconducts there"


def _confidence(
    lines: Isochores, volume: Parameter, shifts: tuple[float, ...], state: str | None
) -> float | None:
    """Gaussian probability that V lies on the stated side of the nearest boundary.

    None where the nearest one's error is not known.
    """
    drawn = [line for line in (lines.superconducting, lines.insulating) if line is not None]
    if state is None or not drawn:
        return None
    nearest = min(drawn, key=lambda line: abs(volume.value - line.value))
    if nearest.spread(shifts) is None:
        return None
    return min(_chance(line, volume.value, shifts) for line in drawn)


def _chance(line: Line, volume: float, shifts: tuple[float, ...]) -> float:
    sigma = line.spread(shifts)
    if not sigma:
        return 1.0
    return (1 + math.erf(abs(volume - line.value) / sigma / math.sqrt(2))) / 2


def _used(lines: Isochores, volume: Parameter) -> tuple[Used, ...]:
    listed = [Used("volume_per_atom_a3", volume)]
    for name, line in (
        ("superconducting_volume_a3", lines.superconducting),
        ("insulating_volume_a3", lines.insulating),
    ):
        if line is not None:
            known = Parameter(line.value, line.source, line.error, unit="angstrom^3")
            listed.append(Used(name, known))
    return tuple(listed)
