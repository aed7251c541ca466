"""The tunnel theory in one reading: a lifting gap from the atlas, and all that follows from it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import (
    INSULATOR,
    METAL,
    SUPERCONDUCTOR,
    Quantity,
    TheoryAnswer,
    Used,
    check_conditions,
    outside_phase,
    propagate,
)
from isotunnel.theories.calibration import PutIn
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.reference import Reference
from isotunnel.theories.tunnel.anchors import Line
from isotunnel.theories.tunnel.critical import IsochoreCrossing, isochore_crossing
from isotunnel.theories.tunnel.fitted import FittedLaw
from isotunnel.theories.tunnel.gaps import GapsAt, gaps_at, slope_at
from isotunnel.theories.tunnel.names import scan_of_material, stand_in_note
from isotunnel.theories.tunnel.quantities import (
    carrier_density_m3,
    critical_current_a_cm2,
    critical_field_t,
    overlap_energy_ev,
)
from isotunnel.theories.tunnel.resistivity import anchored_rho
from isotunnel.theories.tunnel.spacing import Spacing, highest_temperature, spacing_of

if TYPE_CHECKING:
    from isotunnel.atlas import Scan
    from isotunnel.levels import ElectricalState, Reading

LIU_2024 = Reference(
    "J. Z. Liu, Is There a Sea of Free Electrons in Metals? (Stanford University 2024; Zenodo 2025)"
)
ONE_FIELD = "the tunnel theory knows one critical field, given as the thermodynamic one"
BEYOND = 0.1
_DIMENSIONS = {1: "along one direction", 2: "in a plane", 3: "in three dimensions"}


@dataclass(frozen=True)
class TunnelTheory:
    """The tunnel theory with Delta(V) of one reading.

    State, by Delta_d at V(P, T): superconductor where Delta_d <= 0 for some d = 1, 2, 3; metal
    where 0 < Delta_d <= Delta_c; insulator above, or where no tunnel opens. Resistivity: zero, or
    a law of :mod:`~isotunnel.theories.tunnel.laws`, fitted to the material's rows, else fixed by
    its one measured resistivity. Tc: the temperature at which W = max(-Delta_3, 0) is used up
    along the isobar. Critical field and current: see
    :mod:`~isotunnel.theories.tunnel.quantities`.

    Attributes:
        reading: name of the reading ("ks", "atomic", "electrostatic", "density", "elf", "band", or
            one of your own that the scan holds).
        delta_c: gap up to which a crystal conducts, in the reading's unit; None takes the
            reading's stated default.
        law: "linear", "activated" or "volume".
        fitted: laws fitted to rows, by name of the material; they go before ``law``.
        beyond: fraction of the volume by which the gap is carried on beyond the scan.
        scans: finds the scan of a material; raises CannotSay where there is none.
    """

    reading: str = "ks"
    delta_c: float | None = None
    law: str = "linear"
    fitted: Mapping[str, FittedLaw] = field(default_factory=dict, compare=False)
    beyond: float = BEYOND
    scans: Callable[[MaterialData], Scan] = scan_of_material
    references: tuple[Reference, ...] = (LIU_2024,)
    assumptions: ClassVar[str] = (
        "Assumes: spacing is the one cause, so that everything is a function of V alone within "
        "one structure (that of the scan); Delta_c the same for all materials; temperature acts "
        "only through expansion. The volume is the measured one, the gap that of DFT (PBE) at "
        "this volume. Breaks: where it calls measured normal metals superconductors (reading "
        "ks does so for every metal), no resistivity can follow; Tc is then without end, as "
        "solids melt before they have expanded enough. No isotope effect, no Hall effect, no "
        "specific heat. Beyond the volumes of the scan the gap is carried on along a straight "
        "line by at most the fraction beyond of the volume, its whole change counted as error."
    )

    def __post_init__(self) -> None:
        if self.law not in ("linear", "activated", "volume"):
            raise InputError(
                f"unknown resistivity law {self.law!r}; known: linear, activated, volume"
            )
        limit = self.delta_c
        if limit is not None and not (math.isfinite(limit) and limit >= 0):
            raise InputError(f"delta_c must be a number of at least 0, got {limit!r}")

    @property
    def name(self) -> str:
        """ "tunnel-" and the reading."""
        return f"tunnel-{self.reading}"

    @property
    def title(self) -> str:
        """For people."""
        return f"Tunnel theory, reading {self.reading}"

    @property
    def limit(self) -> float:
        """Delta_c in the reading's unit."""
        return self._reading().delta_c if self.delta_c is None else self.delta_c

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        """See ``Theory.answer``."""
        check_conditions(pressure_gpa, temperature_k)
        try:
            scan = self.scans(material)
            refuse_other_phases(material, pressure_gpa, temperature_k)
            spacing = spacing_of(material, scan)
            gaps = self._gaps(scan, spacing.volume(pressure_gpa, temperature_k))
        except CannotSay as reason:
            return refused(self.name, material, pressure_gpa, temperature_k, str(reason))
        state = self._classify(gaps)
        overlap = self._overlap(gaps)
        return TheoryAnswer(
            theory=self.name,
            material=material.name,
            pressure_gpa=pressure_gpa,
            temperature_k=temperature_k,
            state=_STATES[state.state.value],
            state_reason=self._reason(gaps, state),
            confidence=self._confidence(gaps, state),
            rho_uohm_cm=self._rho(material, scan, spacing, gaps, state, temperature_k),
            tc_k=self._tc(material, scan, spacing, pressure_gpa),
            hc_t=self._critical(material, gaps, overlap, critical_field_t),
            hc2_t=Quantity.refused(ONE_FIELD),
            jc_a_cm2=self._critical(material, gaps, overlap, critical_current_a_cm2),
            used=self._used(material, scan, gaps),
            notes=self._notes(material, scan, gaps, state),
            extrapolated=gaps.extrapolated,
        )

    def put_in(self, _material: MaterialData) -> tuple[PutIn, ...]:
        """Nothing electrical: gaps are those of DFT, Delta_c is the same for all materials."""
        return ()

    def gaps(self, material: MaterialData, pressure_gpa: float, temperature_k: float) -> GapsAt:
        """Delta_1, Delta_2, Delta_3 at a pressure and temperature.

        Raises:
            CannotSay: no scan, no volume, or a volume outside the scan.
        """
        scan = self.scans(material)
        spacing = spacing_of(material, scan)
        return self._gaps(scan, spacing.volume(pressure_gpa, temperature_k))

    def boundary(self, material: MaterialData, pressure_gpa: float) -> IsochoreCrossing:
        """Where superconductivity ends along an isobar: none, a temperature, or beyond.

        Raises:
            CannotSay: no scan or volume; a gap that never opens in three dimensions.
        """
        scan = self.scans(material)
        return self._boundary(material, scan, spacing_of(material, scan), pressure_gpa)

    def overlap_ev(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> Quantity:
        """W = max(-Delta_3, 0) in eV, or why there is none."""
        try:
            return self._overlap(self.gaps(material, pressure_gpa, temperature_k))
        except CannotSay as reason:
            return Quantity.refused(str(reason))

    def _reading(self) -> Reading:
        from isotunnel.levels import get_reading

        return get_reading(self.reading)

    def _gaps(self, scan: Scan, volume: Parameter) -> GapsAt:
        return gaps_at(scan, self.reading, volume, self.beyond)

    def _classify(self, gaps: GapsAt) -> ElectricalState:
        from isotunnel.levels import StateRule

        return StateRule(self.limit, self._reading().sees_overlap).classify(gaps.values)

    def _overlap(self, gaps: GapsAt) -> Quantity:
        if gaps.unit != "eV":
            return Quantity.refused(
                f"the gap of reading {self.reading} is no energy: no overlap energy follows"
            )
        if not self._reading().sees_overlap:
            return Quantity.refused(
                f"the gap of reading {self.reading} is never negative: it sees no overlap"
            )
        try:
            overlap = overlap_energy_ev(gaps.spanning)
        except CannotSay as reason:
            return Quantity.refused(str(reason))
        if not overlap:
            return Quantity(0.0, 0.0)
        error = float(gaps.errors[2])
        if math.isnan(error):
            return Quantity(overlap, error_unknown=("volume_per_atom_a3",))
        return Quantity(overlap, error)

    def _critical(
        self,
        material: MaterialData,
        gaps: GapsAt,
        overlap: Quantity,
        formula: Callable[[float, float], float],
    ) -> Quantity:
        if overlap.cannot_say is not None:
            return overlap
        if overlap.value == 0:
            return Quantity(0.0, 0.0)
        try:
            electrons = material.need("valence_electrons")
        except CannotSay as reason:
            return Quantity.refused(str(reason))
        return propagate(
            lambda v: formula(v["w"], carrier_density_m3(v["z"], v["v"])),
            {
                "w": Parameter(overlap.value, "overlap", overlap.error),
                "z": electrons,
                "v": gaps.volume,
            },
        )

    def _tc(
        self, material: MaterialData, scan: Scan, spacing: Spacing, pressure: float
    ) -> Quantity:
        if not self._reading().sees_overlap:
            return Quantity.refused(
                f"reading {self.reading} cannot tell a superconductor from a conductor"
            )
        try:
            return self._boundary(material, scan, spacing, pressure).as_tc()
        except CannotSay as reason:
            return Quantity.refused(str(reason))

    def _boundary(
        self, material: MaterialData, scan: Scan, spacing: Spacing, pressure: float
    ) -> IsochoreCrossing:
        cold = spacing.volume(pressure, 0.0)
        gaps = self._gaps(scan, cold)
        if math.isnan(gaps.values[2]):
            return IsochoreCrossing("none", 0.0, None, 0.0, "no tunnel spans the crystal at 0 K")
        delta = gaps.spanning
        curve = scan.curve(self.reading, 3)
        if delta > 0:
            return IsochoreCrossing(
                "none", 0.0, None, 0.0,
                f"Delta = {delta:.3g} {gaps.unit} at 0 K: no overlap to lose by heating",
            )  # fmt: skip
        ending = _next_zero(curve.volumes, curve.gaps, curve, cold.value)
        if ending is None:
            return self._endless(material, scan, spacing, pressure)
        slope = abs(slope_at(scan, self.reading, 3, ending))
        # The volume's own error is added where the isobar is followed.
        width = curve.at(ending).error / slope if slope > 0 else None
        return isochore_crossing(
            material, spacing, Line(ending, "end of the overlap", width), pressure
        )

    def _endless(
        self, material: MaterialData, scan: Scan, spacing: Spacing, pressure: float
    ) -> IsochoreCrossing:
        """No volume of the scan ends the overlap: how far up in temperature that is known."""
        largest = scan.curve(self.reading, 3).range[1]
        top, why = highest_temperature(material, pressure)
        reached = spacing.temperature(pressure, largest * (1 + self.beyond), top)
        until = why if reached is None else f"{reached:.4g} K, where the volume leaves the scan"
        return IsochoreCrossing(
            "beyond", math.nan, None, top if reached is None else reached,
            f"no volume up to {largest:.4g} angstrom^3 per atom, the largest computed, ends the "
            f"overlap: superconducting at {pressure:g} GPa up to {until}",
        )  # fmt: skip

    def _rho(
        self,
        material: MaterialData,
        scan: Scan,
        spacing: Spacing,
        gaps: GapsAt,
        state: ElectricalState,
        temperature_k: float,
    ) -> Quantity:
        if state.superconducting_dimensions == 3:
            return Quantity(0.0, 0.0)
        if state.superconducting_dimensions:
            along = _DIMENSIONS[state.superconducting_dimensions]
            return Quantity.refused(f"zero {along} only: no single number")
        law = self.fitted.get(material.name)
        try:
            gaps.spanning  # noqa: B018 - raises where no tunnel spans the crystal
            if law is None:
                return anchored_rho(
                    self.law,
                    material,
                    lambda v: self._gaps(scan, Parameter(v, "reference", 0.0)),
                    spacing,
                    gaps,
                    temperature_k,
                )
            value = float(law.rho(gaps.volume.value, temperature_k))
            error = float(law.rho_error(gaps.volume.value, temperature_k))
        except (CannotSay, InputError) as reason:
            return Quantity.refused(str(reason))
        return Quantity(value, error if math.isfinite(error) else None)

    def _reason(self, gaps: GapsAt, state: ElectricalState) -> str:
        shown = ", ".join(
            f"Delta_{d} = {v:.3g}" if math.isfinite(v) else f"no tunnel of {d} dimensions"
            for d, v in enumerate(gaps.values, start=1)
        )
        unit = f" {gaps.unit}" if gaps.unit != "1" else ""
        return (
            f"{state} by reading {self.reading} at {gaps.volume.value:.4g} angstrom^3 per atom: "
            f"{shown}{unit} against 0 and Delta_c = {self.limit:g}"
        )

    def _confidence(self, gaps: GapsAt, state: ElectricalState) -> float | None:
        """Gaussian probability that the deciding gap lies on the stated side of its limits."""
        d = state.superconducting_dimensions or state.conducting_dimensions or 1
        value, sigma = float(gaps.values[d - 1]), float(gaps.errors[d - 1])
        if not math.isfinite(value) or math.isnan(sigma):
            return None
        if not sigma > 0:
            return 1.0
        below_limit = _normal((self.limit - value) / sigma)
        below_zero = _normal(-value / sigma) if self._reading().sees_overlap else 0.0
        if state.superconducting_dimensions:
            return below_zero
        return below_limit - below_zero if state.conducting_dimensions else 1 - below_limit

    def _used(self, material: MaterialData, scan: Scan, gaps: GapsAt) -> tuple[Used, ...]:
        source = f"atlas: {scan.title}, {scan.engine} {scan.versions.get(scan.engine, '')}".strip()
        listed = [Used("volume_per_atom_a3", gaps.volume)]
        listed += [
            Used(f"gap_{d}d", Parameter(float(v), source, _known(float(e)), unit=gaps.unit))
            for d, (v, e) in enumerate(zip(gaps.values, gaps.errors, strict=True), start=1)
            if math.isfinite(v)
        ]
        why = self._reading().delta_c_reason if self.delta_c is None else "given"
        listed.append(Used("delta_c", Parameter(self.limit, why, unit=gaps.unit)))
        for name in ("valence_electrons", "rho_reference_uohm_cm", "rho_reference_temperature_k"):
            known = getattr(material, name)
            if known is not None:
                listed.append(Used(name, known))
        return tuple(listed)

    def _notes(
        self, material: MaterialData, scan: Scan, gaps: GapsAt, state: ElectricalState
    ) -> tuple[str, ...]:
        found = [str(getattr(self._reading(), "note", "")), stand_in_note(material)]
        if gaps.extrapolated:
            low, high = float(scan.volumes_a3.min()), float(scan.volumes_a3.max())
            found.append(
                f"{gaps.volume.value:.4g} angstrom^3 lies beyond the scan ({low:.4g} to "
                f"{high:.4g}): carried on along a straight line, the change counted as error"
            )
        if state.superconducting_dimensions in (1, 2):
            found.append(f"overlap {_DIMENSIONS[state.superconducting_dimensions]} only")
        return tuple(note for note in found if note)


_STATES = {
    "superconducting": SUPERCONDUCTOR,
    "conducting": METAL,
    "insulating": INSULATOR,
}


def refuse_other_phases(material: MaterialData, pressure_gpa: float, temperature_k: float) -> None:
    """The theory of one crystal ends with it, as the rivals' do.

    Raises:
        CannotSay: another phase, or a liquid.
    """
    outside = outside_phase(material, pressure_gpa)
    if outside:
        raise CannotSay(outside)
    if material.melting_k is None:
        return
    try:
        melting = material.melting_k(pressure_gpa)
    except (CannotSay, InputError):
        return
    if temperature_k > melting:
        raise CannotSay(f"{material.name} is liquid above its melting line, {melting:.4g} K")


def refused(
    theory: str, material: MaterialData, pressure: float, temperature: float, reason: str
) -> TheoryAnswer:
    """No answer, and why."""
    nothing = Quantity.refused(reason)
    return TheoryAnswer(
        theory, material.name, pressure, temperature, None, reason, None,
        nothing, nothing, nothing, nothing, nothing,
    )  # fmt: skip


def _known(error: float) -> float | None:
    return None if math.isnan(error) else error


def _normal(x: float) -> float:
    return (1 + math.erf(x / math.sqrt(2))) / 2


def _next_zero(
    volumes: np.ndarray, gaps: np.ndarray, curve: Callable[[float], np.ndarray], start: float
) -> float | None:
    """The first volume above ``start`` at which the gap turns positive, None if it never does."""
    from scipy.optimize import brentq

    for right in range(1, volumes.size):
        if volumes[right] <= start or gaps[right] <= 0:
            continue
        left = max(float(volumes[right - 1]), min(start, float(volumes[right])))
        if float(curve(left)) > 0:
            return left
        return float(brentq(lambda v: float(curve(v)), left, float(volumes[right]), xtol=1e-12))
    return None
