"""The standard theory's answer: Kohn-Sham gap, then Allen and Dynes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from isotunnel.crystal.symmetry import symmetry_of
from isotunnel.errors import CannotSay, InputError, IsotunnelError
from isotunnel.studies.benchmark.crystals import crystal_of
from isotunnel.studies.benchmark.materials import BenchmarkMaterial
from isotunnel.studies.benchmark.prediction import Prediction
from isotunnel.substances import Substance, substance
from isotunnel.theories import MaterialData, Parameter, Theory, theory
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR
from isotunnel.theories.superconducting.pairing import ASSUMED_MU_STAR
from isotunnel.theories.superconducting.rigid_muffin_tin import theory as rigid_muffin_tin
from isotunnel.theories.superconducting.rigid_muffin_tin.stored import stored_like

UNAIDED = rigid_muffin_tin.NAME
"""The theory that takes its coupling from the crystal."""

TcOf = Callable[[BenchmarkMaterial], tuple[float | None, str]]

PAIRINGS = ("allen_dynes", "mcmillan")
"""Asked in this order: the second where no phonon moment is known, only a Debye temperature."""


def standard_rule(
    _known: Sequence[BenchmarkMaterial], asked: Sequence[BenchmarkMaterial]
) -> list[Prediction]:
    """Insulator where the Kohn-Sham gap is open, else by Tc of a known coupling, else metal.

    Nothing is fitted, and nothing of what is known of the coupling was fitted to a Tc.
    """
    return [standard(m, predicted_tc) for m in asked]


def unaided_rule(
    _known: Sequence[BenchmarkMaterial], asked: Sequence[BenchmarkMaterial]
) -> list[Prediction]:
    """The same with a coupling that was computed from the crystal by rigid muffin tins, or none.

    Nothing that is known of any coupling is put in.
    """
    return [standard(m, unaided_tc) for m in asked]


def standard(material: BenchmarkMaterial, tc_of: TcOf) -> Prediction:
    """The standard theory on one material, with Tc by ``tc_of``."""
    gap = material.band_gap_ev
    if gap is None:
        raise CannotSay(material.missing["band gap"])
    if gap > 0:
        return Prediction(INSULATOR, gap, f"Kohn-Sham gap {gap:.2f} eV")
    tc, why = tc_of(material)
    if tc is None:
        return Prediction(METAL, 0.0, f"no Kohn-Sham gap; {why}", assumed=True)
    state = SUPERCONDUCTOR if tc > material.temperature_k else METAL
    off = abs(tc - material.temperature_k) / max(tc, material.temperature_k)
    shown = f"no Kohn-Sham gap; Tc {tc:.3g} K by {why} at {material.temperature_k:.3g} K"
    return Prediction(state, off, shown)


def unaided_tc(material: BenchmarkMaterial) -> tuple[float | None, str]:
    """Tc by rigid muffin tins and its name; None and why there is none.

    That of a crystal of the same composition and space group at about this pressure, or scaled to
    it from another by the equation of state of the catalogue.
    """
    try:
        group = symmetry_of(crystal_of(material.row)).number
        found = stored_like(material.formula, group, material.pressure_gpa)
    except IsotunnelError:
        found = None
    if found is not None:
        return found.tc_k(ASSUMED_MU_STAR.value), UNAIDED
    known = known_substance(material.formula, material.row.text("material"))
    if known is None:
        return None, f"no rigid-muffin-tin result of {material.name} is stored"
    phase = known.at(material.pressure_gpa).without_tc()
    scaled = _theory(UNAIDED).answer(phase, material.pressure_gpa, material.temperature_k).tc_k
    if scaled.cannot_say is not None:
        return None, scaled.cannot_say
    return scaled.value, UNAIDED


def predicted_tc(material: BenchmarkMaterial) -> tuple[float | None, str]:
    """Tc by the first pairing theory that can say, and its name; None and why none can."""
    reason = "no coupling is known"
    try:
        data = blind(material)
    except CannotSay as unknown:
        return None, str(unknown)
    if data.lambda_ep is None and data.spectrum is None:
        return None, reason
    reasons = []
    for name in PAIRINGS:
        asked = _theory(name)
        try:
            tc = asked.answer(data, material.pressure_gpa, material.temperature_k).tc_k
        except (CannotSay, InputError) as trouble:
            reasons.append(str(trouble))
            continue
        if tc.cannot_say is None:
            return tc.value, name if tc.beside is None else f"{name} ({tc.beside})"
        reasons.append(tc.cannot_say)
    return None, reasons[0]


def blind(material: BenchmarkMaterial) -> MaterialData:
    """What is known of a material without its Tc, whatever was fitted to a Tc, and its gap.

    Raises:
        CannotSay: neither the catalogue nor the row knows anything of it.
    """
    known = known_substance(material.formula, material.row.text("material"))
    if known is not None:
        phase = known.at(material.pressure_gpa)
        return replace(phase.without_tc(), band_gap_ev=None, gap_law=None, insulator="")
    row = material.row
    if row["lambda_ep"] is None:
        raise CannotSay(f"no coupling of {material.name} is known")
    source = row.text("coupling_source")
    numbers = {
        name: Parameter(row.number(name), source)
        for name in ("lambda_ep", "omega_log_k", "theta_d_k")
        if row[name] is not None
    }
    return MaterialData(name=material.name, reference_pressure_gpa=material.pressure_gpa, **numbers)  # type: ignore[arg-type]


@lru_cache(maxsize=256)
def known_substance(*names: str) -> Substance | None:
    """The catalogue's substance of one of the names, without what was fitted to a Tc."""
    for name in names:
        try:
            return substance(name).without_fits("tc_k", "dtc_dp", "elements_pressure")
        except InputError:
            continue
    return None


@lru_cache(maxsize=8)
def _theory(name: str) -> Theory:
    return theory(name)
