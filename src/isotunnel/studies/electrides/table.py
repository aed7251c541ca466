"""The table of computed electrides, as it is shipped."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from isotunnel.analysis.engine_settings import EngineSettings

if TYPE_CHECKING:
    from isotunnel.analysis.electride import Electride

SETTINGS = EngineSettings(grid_spacing=0.12, kpoint_spacing=0.4)
"""Of every run: points 0.12 angstrom apart, k-points 0.4/angstrom."""


@dataclass(frozen=True)
class ComputedElectride:
    """One crystal.

    Attributes:
        crystal: name.
        atoms: in the primitive cell.
        sites: interstitial maxima of the ELF per cell.
        site_elf, site_charge_e, site_charge_error_e, clearance: of the highest; None without one.
        nearest: its first shell, as in "6 Ca 2.86".
        charge_e: electrons in all sites of the cell.
        dimension: None where it cannot be said, or without a site.
        reason: why; "" where there is one.
        margin, margin_error: see :class:`~isotunnel.tunnels.InterstitialNetwork`.
        elf_1d, elf_2d, elf_3d: at which the basins alone connect; None where never.
        contact: ELF at which they touch the basin of an atom or bond.
        dimension_near, dimension_far: the same with reaches of 1.15 and 1.45.
    """

    crystal: str
    atoms: int
    sites: int
    site_elf: float | None
    site_charge_e: float | None
    site_charge_error_e: float | None
    clearance: float | None
    nearest: str
    charge_e: float | None
    dimension: int | None
    reason: str
    margin: float | None
    margin_error: float | None
    elf_1d: float | None
    elf_2d: float | None
    elf_3d: float | None
    contact: float | None
    dimension_near: int | None
    dimension_far: int | None


COLUMNS = tuple(f.name for f in fields(ComputedElectride))
REACHES = (1.15, 1.45)
"""Beside the usual 1.3 covalent radii."""
_WORDS = frozenset(["crystal", "nearest", "reason"])
_WHOLE = frozenset(["atoms", "sites", "dimension", "dimension_near", "dimension_far"])


def row_of(name: str, found: Electride, near: Electride, far: Electride) -> ComputedElectride:
    """From the results with the usual and the other two reaches."""
    network = found.network
    assert network.elf.atoms is not None  # electrides have atoms
    first = network.sites[0] if network.sites else None
    return ComputedElectride(
        crystal=name,
        atoms=len(network.elf.atoms),
        sites=len(network.sites),
        site_elf=None if first is None else first.elf,
        site_charge_e=None if first is None else _number(first.charge_e),
        site_charge_error_e=None if first is None else _number(first.charge_error_e),
        clearance=None if first is None else first.clearance,
        nearest=""
        if first is None
        else _shell([n.symbol for n in first.nearest])
        + f" {first.nearest[0].distance_angstrom:.2f}",
        charge_e=_number(network.charge_e) if network.sites else None,
        dimension=network.dimension,
        reason=network.reason,
        margin=_number(network.margin),
        margin_error=_number(network.margin_error),
        elf_1d=_number(network.thresholds[0]),
        elf_2d=_number(network.thresholds[1]),
        elf_3d=_number(network.thresholds[2]),
        contact=_number(network.contact),
        dimension_near=near.network.dimension,
        dimension_far=far.network.dimension,
    )


def _shell(symbols: list[str]) -> str:
    return " ".join(f"{symbols.count(s)} {s}" for s in dict.fromkeys(symbols))


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def cells_of(row: ComputedElectride) -> list[str]:
    """As texts, five digits each."""
    found = []
    for name in COLUMNS:
        value = getattr(row, name)
        if value is None:
            found.append("")
        else:
            found.append(f"{value:.5g}" if isinstance(value, float) else str(value))
    return found


@cache
def computed_electrides() -> tuple[ComputedElectride, ...]:
    """The shipped table, see ``scripts/make_electrides.py``."""
    text = files("isotunnel.studies.electrides").joinpath("data/computed.csv").read_text("utf-8")
    return tuple(_of_row(row) for row in csv.DictReader(text.splitlines()))


def _of_row(row: Mapping[str, str]) -> ComputedElectride:
    values: dict[str, object] = {}
    for name in COLUMNS:
        text = row[name]
        if name in _WORDS:
            values[name] = text
        elif not text:
            values[name] = None
        else:
            values[name] = int(text) if name in _WHOLE else float(text)
    return ComputedElectride(**values)  # type: ignore[arg-type]
