"""A density held against the atoms: its integral against their protons, its negative share."""

from __future__ import annotations

import numpy as np

from isotunnel.fields.field import Field
from isotunnel.fields.kinds import FieldKind
from isotunnel.units import BOHR_ANGSTROM

_SPARE_SHARE = 0.03
_SPARE_ELECTRONS = 1.5
_FEWEST_ELECTRONS = 0.5
_NEGATIVE_WARNED = 1e-3
_NEGATIVE_SEEN = 1e-9
_SIGNED = 0.05


def checked_density(field: Field) -> Field:
    """The field; a density carries what it integrates to, and a warning where that cannot be.

    The integral N = V mean(n) of a density of valence or all electrons lies between 0 and the
    number of protons (a few more in an anion); what is missing are core electrons, or all bands but
    those of a PARCHG. Negative values are overshoot of a Fourier series where they are a small
    share, an orbital or a difference where they are a large one.
    """
    if field.kind is not FieldKind.DENSITY or field.spin == "difference":
        return field
    total, negative = _moments(field)
    against = _against_protons(field, total)
    notes, warnings = [f"The density integrates to {total:.4g} electrons in the cell."], []
    if negative > _NEGATIVE_SEEN:
        notes.append(f"{100 * negative:.2g} % of the density's magnitude is negative.")
    if negative > _SIGNED or total <= 0 < negative:
        warnings.append(
            f"{100 * negative:.3g} % of the magnitude of these values is negative and they "
            f"integrate to {total:.3g}: an orbital or a difference, not a density; pass "
            "kind='other' and a side, or give the density."
        )
        against = []
    elif negative > _NEGATIVE_WARNED:
        warnings.append(f"{100 * negative:.2g} % of the density's magnitude is negative.")
    return field.with_notes(*notes).with_warnings(*warnings, *against)


def _moments(field: Field) -> tuple[float, float]:
    """Integral, and the negative values' share of the integral of the magnitude."""
    total = negative = 0.0
    for plane in field.values:
        total += float(plane.sum(dtype=np.float64))
        if plane.min() < 0:
            negative -= float(plane[plane < 0].sum(dtype=np.float64))
    voxel = field.volume / field.values.size
    magnitude = total + 2 * negative
    return total * voxel, negative / magnitude if magnitude > 0 else 0.0


def _against_protons(field: Field, total: float) -> list[str]:
    if field.atoms is None or not field.atoms.numbers.all():
        return []
    protons = int(field.atoms.numbers.sum())
    if 0 < total < _FEWEST_ELECTRONS and field.spin == "total":
        return [
            f"The density integrates to {total:.3g} electrons only, the atoms in the cell have "
            f"{protons} protons: a part of the bands, or unit, cell or kind of the file are not "
            "what they were taken for."
        ]
    if total <= protons * (1 + _SPARE_SHARE) + _SPARE_ELECTRONS:
        return []
    text = (
        f"The density integrates to {total:.4g} electrons, but the atoms in the cell have "
        f"{protons} protons"
    )
    bohr = total * BOHR_ANGSTROM**3
    if field.provenance.format in ("cube", "xsf") and bohr <= protons * (1 + _SPARE_SHARE) + 1.5:
        return [
            f"{text}; taken as 1/angstrom^3 (value_unit='1/angstrom^3', on the command line "
            f"--value-unit 1/angstrom^3) it would be {bohr:.4g}."
        ]
    return [f"{text}: unit, cell or kind of the file are not what they were taken for."]
