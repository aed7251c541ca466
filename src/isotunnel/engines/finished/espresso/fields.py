"""The grids that pp.x wrote, identified by its own output."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from isotunnel.engines.finished.espresso.log import read_log
from isotunnel.engines.finished.files import text_lines
from isotunnel.errors import InputError
from isotunnel.fields import Field, FieldKind, correct_qe_elf, qe_elf_is_suspect, read_fields
from isotunnel.fields.elf_correction import QE_ELF_WARNING
from isotunnel.fields.readers.guess import guess_kind

KINDS: dict[int, FieldKind] = {
    0: FieldKind.DENSITY,
    1: FieldKind.POTENTIAL,
    8: FieldKind.ELF,
    11: FieldKind.ELECTROSTATIC,
}
"""By ``plot_num`` of pp.x: the valence density, V_bare + V_H + V_xc, ELF, V_bare + V_H."""

_ORDER = (FieldKind.POTENTIAL, FieldKind.ELECTROSTATIC, FieldKind.DENSITY, FieldKind.ELF)


@dataclass(frozen=True)
class Plots:
    """What pp.x recorded of the files it wrote: ``plot_num`` by file name, and where that is."""

    numbers: dict[str, int] = field(default_factory=dict)
    version: str = ""
    source: str = ""

    @classmethod
    def of(cls, outputs: list[Path], inputs: list[Path]) -> Plots:
        """From outputs of pp.x, else from its inputs."""
        numbers: dict[str, int] = {}
        versions = []
        for path in inputs:
            numbers |= _of_input(path)
        for path in outputs:
            log = read_log(path)
            numbers |= log.plots
            versions.append(log.version)
        names = ", ".join(p.name for p in outputs or inputs)
        return cls(numbers, versions[0] if versions else "", names)


def _of_input(path: Path) -> dict[str, int]:
    text = "\n".join(line.split("!")[0] for line in text_lines(path))
    number = re.search(r"plot_num\s*=\s*(\d+)", text, re.IGNORECASE)
    written = re.search(r"fileout\s*=\s*['\"]([^'\"]+)['\"]", text, re.IGNORECASE)
    return {Path(written[1]).name: int(number[1])} if number and written else {}


def read_espresso_fields(
    grids: list[Path],
    plots: Plots,
    *,
    version: str,
    nspin: int | None,
    correct_elf: bool | None,
) -> tuple[tuple[Field, ...], list[str]]:
    """One field per kind, and what was left aside.

    What pp.x says that a file holds goes before its name; of several files of a kind, one that
    pp.x names goes first. The ELF is corrected where version and ``nspin`` call for it.
    """
    chosen: dict[FieldKind, tuple[Path, bool]] = {}
    warnings: list[str] = []
    for path in grids:
        number = plots.numbers.get(_plain(path.name))
        kind = KINDS.get(number) if number is not None else guess_kind(path.name)
        if kind is None:
            what = f"plot_num = {number}" if number is not None else "nothing tells its kind"
            warnings.append(f"{path.name} was left aside ({what})")
            continue
        known = chosen.get(kind)
        if known is None or (number is not None and not known[1]):
            chosen[kind] = (path, number is not None)
        if known is not None:
            kept = chosen[kind][0]
            aside = known[0] if kept == path else path
            warnings.append(f"{aside.name} was left aside: {kept.name} is the {kind.value} taken")
    fields: list[Field] = []
    for kind in _ORDER:
        if kind not in chosen:
            continue
        path, by_pp = chosen[kind]
        unit = "rydberg" if kind in (FieldKind.POTENTIAL, FieldKind.ELECTROSTATIC) else None
        for one in read_fields(path, kind=kind, value_unit=unit):
            noted = _noted(one, plots, path, by_pp)
            fields.append(
                _decided(noted, version, nspin, correct_elf) if kind is FieldKind.ELF else noted
            )
    return tuple(fields), warnings


def _plain(name: str) -> str:
    return re.sub(r"\.(gz|bz2|xz)$", "", name)


def _noted(field: Field, plots: Plots, path: Path, by_pp: bool) -> Field:
    how = (
        f"Kind by plot_num = {plots.numbers[_plain(path.name)]} in {plots.source}."
        if by_pp
        else "Kind guessed from the file's name."
    )
    return _with_note(field, how)


def _decided(elf: Field, version: str, nspin: int | None, correct: bool | None) -> Field:
    """The ELF with the question of its normalization settled, as far as the run's output can."""
    warnings = tuple(w for w in elf.provenance.warnings if w != QE_ELF_WARNING)
    plain = replace(elf, provenance=replace(elf.provenance, warnings=warnings))
    suspect = qe_elf_is_suspect("Quantum ESPRESSO", version, nspin)
    run = f"Quantum ESPRESSO {version or '(version unknown)'}"
    spin = "spin unknown" if nspin is None else f"nspin = {nspin}"
    if correct:
        if not suspect:
            raise InputError(
                f"{elf.provenance.source}: {run} with {spin} writes a right ELF; leave "
                "--correct-qe-elf out"
            )
        return correct_qe_elf(plain)
    if not suspect:
        return _with_note(plain, f"The normalization of the ELF is right: {run}, {spin}.")
    if correct is False:
        return plain.with_warnings(
            f"{run}, {spin}: versions 6.8 to 7.5 without spin write a wrongly normalized ELF; it "
            "was left as it is, as asked for."
        )
    if not version or nspin is None:
        return plain.with_warnings(
            f"{run}, {spin}: versions 6.8 to 7.5 without spin write a wrongly normalized ELF, and "
            "no file of the folder decides it; --correct-qe-elf corrects it."
        )
    return correct_qe_elf(plain).with_warnings(
        f"The ELF was corrected for the wrong normalization of {run} with {spin}; --keep-qe-elf "
        "leaves it as it is, for a file that has been corrected before."
    )


def _with_note(field: Field, note: str) -> Field:
    provenance = replace(field.provenance, notes=(*field.provenance.notes, note))
    return replace(field, provenance=provenance)
