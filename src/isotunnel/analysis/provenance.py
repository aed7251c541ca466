"""Which file, or whom, each number of an analysis rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.engines.base import ElectronicStructure
from isotunnel.engines.finished.calculation import BY_USER

if TYPE_CHECKING:
    from isotunnel.levels import LiftingGap
    from isotunnel.theories.hydrides.networks import TcEstimate
    from isotunnel.tunnels import Tunnels

_QUANTITIES = (
    *("pressure_gpa", "energy_ev", "fermi_ev", "vbm_ev", "cbm_ev", "band_gap_ev"),
    *("direct_gap_ev", "dos_fermi", "dos_fermi_by_element"),
)
_JSON_NAMES = {"dos_fermi": "dos_fermi_per_ev_cell"}


def provenance(
    main: ElectronicStructure,
    tunnels: Mapping[str, Tunnels],
    gaps: Iterable[LiftingGap],
    estimates: Iterable[TcEstimate],
    *,
    h_dos_stated: bool,
    computed: bool,
) -> dict[str, str]:
    """Sources by the names that the numbers have in :meth:`Analysis.as_dict`.

    Readings are ``reading:NAME``, thresholds ``tunnels:FIELD``. Of a crystal that an engine
    computed only what the user stated has a source.
    """
    if computed:
        found = {name: s for name, s in main.sources.items() if s == BY_USER}
        return {**found, **({"h_dos": BY_USER} if h_dos_stated else {})}
    files = {kind: Path(t.field.provenance.source).name for kind, t in tunnels.items()}
    default = next(iter(files.values()), "")
    told = {n: main.sources.get(n, default) for n in _QUANTITIES if getattr(main, n) is not None}
    crystal = main.sources.get("atoms", default)
    found = {"crystal": crystal, **{_JSON_NAMES.get(n, n): source for n, source in told.items()}}
    found |= {f"tunnels:{kind}": name for kind, name in files.items()}
    if "elf" in files:
        found |= {"phi": files["elf"], "phi_star": files["elf"]}
    found["h_fraction"] = crystal
    if h_dos_stated:
        found["h_dos"] = BY_USER
    elif "dos_fermi_by_element" in told:
        found["h_dos"] = told["dos_fermi_by_element"]
    for gap in gaps:
        if gap.answered and gap.engine == main.engine:
            found[f"reading:{gap.reading}"] = _of_reading(gap.reading, files, told)
    if any(e.cannot_say is None for e in estimates):
        inputs = (("phi", "phi"), ("h_fraction", "H_f"), ("h_dos", "H_DOS"))
        found["tc_estimates"] = ", ".join(
            f"{words} {found[n]}" if found[n] == BY_USER else f"{words} of {found[n]}"
            for n, words in inputs
        )
    return found


def _of_reading(name: str, files: Mapping[str, str], told: Mapping[str, str]) -> str:
    from isotunnel.levels import get_reading

    reading = get_reading(name)
    level = told.get("vbm_ev") or told.get("fermi_ev", "")
    if name == "band":
        return told.get("band_gap_ev", level)
    grid = files.get(str(reading.kind), "")
    if reading.unit != "eV" or not level:
        return grid
    return grid if grid == level else f"{grid}; occupied level of {level}"


_WORDS = {
    "pressure_gpa": "pressure",
    "energy_ev": "total energy",
    "fermi_ev": "Fermi level",
    "vbm_ev": "valence-band maximum",
    "cbm_ev": "conduction-band minimum",
    "band_gap_ev": "band gap",
    "direct_gap_ev": "direct gap",
    "dos_fermi_per_ev_cell": "DOS at the Fermi level",
    "dos_fermi": "DOS at the Fermi level",
    "dos_fermi_by_element": "projected DOS",
    "phi_star": "phi*",
    "h_fraction": "H fraction",
    "h_dos": "H share of the DOS",
    "tc_estimates": "Tc estimates",
}


def in_words(name: str) -> str:
    """The name of a number as a person reads it."""
    return _WORDS.get(name, name).replace("tunnels:", "tunnels of the ").replace(":", " ")


def by_source(found: Mapping[str, str]) -> dict[str, list[str]]:
    """Numbers in words by source, in order of first use."""
    grouped: dict[str, list[str]] = {}
    for name, source in found.items():
        grouped.setdefault(source, []).append(in_words(name))
    return grouped
