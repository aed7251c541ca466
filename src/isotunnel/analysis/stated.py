"""What a user states of a crystal because no file tells it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from isotunnel.engines.base import ElectronicStructure
from isotunnel.engines.finished.calculation import BY_USER
from isotunnel.errors import InputError

_SAME = 1e-6


@dataclass(frozen=True)
class Stated:
    """Numbers that stand in for, or before, those of the files; None for what is not stated.

    Attributes:
        h_dos: hydrogen's share of the projected density of states at the Fermi level, 0 to 1.
        fermi_ev: Fermi level, eV, on the energy zero of the potential fields.
        pressure_gpa: pressure of the crystal, GPa.
    """

    h_dos: float | None = None
    fermi_ev: float | None = None
    pressure_gpa: float | None = None

    def __post_init__(self) -> None:
        for name in ("h_dos", "fermi_ev", "pressure_gpa"):
            value = getattr(self, name)
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise InputError(f"{name} must be a number, got {value!r}")
            if not math.isfinite(value):
                raise InputError(f"{name} must be a finite number, got {value!r}")
        if self.h_dos is not None and not 0 <= self.h_dos <= 1:
            raise InputError(f"h_dos is a share from 0 to 1, got {self.h_dos!r}")

    def as_dict(self) -> dict[str, float]:
        """What is stated, by name."""
        every = {"h_dos": self.h_dos, "fermi_ev": self.fermi_ev, "pressure_gpa": self.pressure_gpa}
        return {name: value for name, value in every.items() if value is not None}


def with_stated(
    structure: ElectronicStructure, stated: Stated, *, computed: bool
) -> ElectronicStructure:
    """The structure with what is stated, told as such in ``sources`` and, against a file, warned.

    A stated Fermi level is also the band edge of a metal; the band edges of an insulator stay.

    Raises:
        InputError: a Fermi level or pressure for what an engine computes itself.
    """
    changes: dict[str, float | None] = {}
    if stated.fermi_ev is not None:
        if computed:
            raise InputError(
                f"a Fermi level is stated for files that lack one; {structure.engine} computes the "
                "crystal on an energy zero of its own"
            )
        changes["fermi_ev"] = stated.fermi_ev
        if structure.vbm_ev is not None and structure.band_gap_ev == 0:
            changes |= {"vbm_ev": stated.fermi_ev, "cbm_ev": stated.fermi_ev}
    if stated.pressure_gpa is not None:
        if computed and structure.pressure_gpa is not None:
            raise InputError(
                f"a pressure is stated for files that lack one; {structure.engine} computes it "
                f"({structure.pressure_gpa:.4g} GPa)"
            )
        changes["pressure_gpa"] = stated.pressure_gpa
    if not changes:
        return structure
    return replace(
        structure,
        **changes,  # type: ignore[arg-type]
        warnings=(*structure.warnings, *_contradictions(structure, changes)),
        cannot_say={k: v for k, v in structure.cannot_say.items() if k not in changes},
        sources={**structure.sources, **dict.fromkeys(changes, BY_USER)},
    )


def _contradictions(
    structure: ElectronicStructure, changes: Mapping[str, float | None]
) -> list[str]:
    found = []
    for name, words in (("fermi_ev", "Fermi level (eV)"), ("pressure_gpa", "pressure (GPa)")):
        told, new = getattr(structure, name), changes.get(name)
        if told is not None and new is not None and abs(told - new) > _SAME:
            source = structure.sources.get(name, "the file")
            found.append(
                f"the {words} was stated as {new:.6g}; {source} has {told:.6g}, which was set aside"
            )
    return found
