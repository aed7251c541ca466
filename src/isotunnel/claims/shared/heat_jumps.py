"""Jumps of the heat capacity at Tc, over the electrons' heat capacity, against BCS's."""

from __future__ import annotations

from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import RIVAL
from isotunnel.scorecard.sample import Case, Gathered
from isotunnel.theories.superconducting.bcs_gap import specific_heat_jump


def heat_jumps(sources: Sources) -> Gathered[Case]:
    """Delta C / (gamma Tc) of each element in both tables: measured, and BCS's 1.426.

    Delta C / Tc is of ``heat_jumps``, gamma of ``elements_ambient``; several samples of one element
    are one group.
    """
    gammas = _sommerfeld(sources)
    expected = specific_heat_jump()
    found, dropped = [], []
    for row in sources.table("heat_jumps"):
        name = row.text("material")
        if name not in gammas:
            dropped.append(RowDropped.of(row, name, "no Sommerfeld coefficient of it is tabulated"))
            continue
        gamma = gammas[name]
        try:
            ratio = row.number("jump_over_tc_mj_mol_k2") / gamma.number("gamma_mj_mol_k2")
        except CannotSay as reason:
            dropped.append(RowDropped.of(row, name, str(reason)))
            continue
        used = (RowUsed.of(row, name), RowUsed.of(gamma, f"{name}, Sommerfeld coefficient"))
        found.append(Case(f"{name} ({row.id})", ratio, {RIVAL: expected}, {}, used, name))
    return Gathered(tuple(found), tuple(dropped))


def _sommerfeld(sources: Sources) -> dict[str, Row]:
    """The row of each element that states a Sommerfeld coefficient."""
    found: dict[str, Row] = {}
    for row in sources.table("elements_ambient"):
        if row["gamma_mj_mol_k2"] and row.grade != "D":
            found.setdefault(row.text("element"), row)
    return found
