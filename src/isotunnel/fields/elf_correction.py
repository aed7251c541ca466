"""Repairing an ELF: the normalization of Quantum ESPRESSO 6.8 to 7.5, and regions without density.

Nothing here is applied on reading; a caller asks for it, and the field's provenance says so.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from isotunnel.errors import FieldError
from isotunnel.fields.field import Field
from isotunnel.fields.kinds import FieldKind

QE_ELF_SCALE = 2.0 ** (4.0 / 3.0)
"""Ratio of the right (D/D_h)^2 to the one that QE 6.8 to 7.5 forms."""

QE_ELF_WARNING = (
    "Quantum ESPRESSO 6.8 to 7.5 writes a wrongly normalized ELF for runs without spin "
    "polarization; the file does not tell the version. If it was one of them, apply "
    "correct_qe_elf."
)
_CORRECTED_NOTE = (
    "ELF corrected for the normalization of Quantum ESPRESSO 6.8 to 7.5 (nspin = 1): "
    "1/(1 + 2^(4/3) (1/ELF - 1))."
)
_OVERSHOOT = 1e-3


def qe_elf_is_suspect(program: str, version: str | None = None, nspin: int | None = None) -> bool:
    """Whether an ELF may carry the wrong normalization of Quantum ESPRESSO 6.8 to 7.5.

    True where the program is Quantum ESPRESSO and neither the version nor ``nspin`` rules it out:
    an unknown version or ``nspin`` stays suspect.

    Reference:
        Quantum ESPRESSO issue 819 and merge request 1672 on GitLab; mended in release 7.6.
    """
    if not re.search(r"espresso|pwscf|\bqe\b|pp\.x", program.lower()):
        return False
    if nspin is not None and nspin != 1:
        return False
    numbers = re.findall(r"\d+", version or "")
    if not numbers:
        return True
    release = (int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0)
    return (6, 8) <= release <= (7, 5)


def correct_qe_elf(field: Field) -> Field:
    """The ELF that Quantum ESPRESSO 6.8 to 7.5 should have written for a run with nspin = 1.

    ELF_ok = 1 / (1 + 2^(4/3) (1/ELF - 1)), written as ELF / (ELF + 2^(4/3) (1 - ELF)) so that
    ELF = 0 stays 0. The map rises with ELF, so networks and bottlenecks stay where they are and
    only their thresholds change; 0 and 1 are fixed and everything between falls.

    Raises:
        FieldError: not an ELF, a spin part (the defect spares them), values outside [0, 1], or a
            field that has been corrected before.
    """
    if field.kind is not FieldKind.ELF:
        raise FieldError(f"the correction is for an ELF, this field is of kind {field.kind.value}")
    if field.spin != "total":
        raise FieldError(
            f"this is the spin-{field.spin} part: only runs without spin polarization are affected"
        )
    if _CORRECTED_NOTE in field.provenance.notes:
        raise FieldError("this ELF has been corrected already; the correction applies once")
    lowest, highest = float(field.values.min()), float(field.values.max())
    if lowest < -_OVERSHOOT or highest > 1 + _OVERSHOOT:
        raise FieldError(f"an ELF lies in [0, 1], these values in [{lowest:.4g}, {highest:.4g}]")
    raw = field.values
    corrected = raw / (raw + QE_ELF_SCALE * (1.0 - raw))
    provenance = replace(
        field.provenance,
        notes=(*field.provenance.notes, _CORRECTED_NOTE),
        warnings=tuple(w for w in field.provenance.warnings if w != QE_ELF_WARNING),
    )
    return replace(field, values=corrected.astype(raw.dtype, copy=False), provenance=provenance)


def mask_low_density(elf: Field, density: Field, least_density: float = 1e-3) -> Field:
    """An ELF set to 0 where the density is below ``least_density`` (1/angstrom^3).

    There the ELF is a quotient of two tiny numbers and follows numerical noise. The provenance
    notes the share of points that were masked.

    Raises:
        FieldError: the first field is not an ELF, the second no density, or their grids differ.
    """
    if elf.kind is not FieldKind.ELF or density.kind is not FieldKind.DENSITY:
        raise FieldError(
            "needs an ELF and a density, got fields of kind "
            f"{elf.kind.value} and {density.kind.value}"
        )
    same_place = np.allclose(elf.cell, density.cell, atol=1e-4) and np.allclose(
        elf.origin, density.origin, atol=1e-4
    )
    if elf.shape != density.shape or not same_place:
        raise FieldError(
            f"the ELF's grid {elf.shape} and the density's {density.shape} must have the same "
            "shape, cell and origin"
        )
    low = density.values < least_density
    note = (
        f"ELF set to 0 at {100.0 * float(low.mean()):.3g} % of the points, where the density is "
        f"below {least_density:g} 1/angstrom^3."
    )
    provenance = replace(elf.provenance, notes=(*elf.provenance.notes, note))
    return replace(
        elf, values=np.where(low, elf.values.dtype.type(0), elf.values), provenance=provenance
    )
