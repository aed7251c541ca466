"""Tc of the predicted hydrides by rigid muffin tins, beside formulas of their tunnels and ELF."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from isotunnel.studies.hydrides.study import CONSTANTS, HydrideStudy
from isotunnel.studies.pairing.guesses import FLAT, INDEPENDENT, Guess
from isotunnel.studies.pairing.judged import FEWEST, Judged, judged_guesses
from isotunnel.theories.hydrides.formulas import FORMULAS
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import (
    HYDRIDE_ID,
    BenchmarkRow,
)

FITS = ("median", "composition")
"""Fits of the hydride study to put beside, each without the family that is judged."""


def judged_hydrides(rows: Sequence[BenchmarkRow], study: HydrideStudy) -> tuple[Judged, ...]:
    """Rigid muffin tins, the published formulas and fits on the same hydrides, against the
    predicted Tc, kelvin; empty where fewer than ``FEWEST`` have all.

    Hydrides that are unstable here have no Tc and are left out. Fits have seen all other families
    of the study, also those not reached here.
    """
    known = {f"{HYDRIDE_ID}{id_.partition(':')[2]}": i for i, id_ in enumerate(study.rows)}
    both = [r for r in rows if r.id in known and r.tc_k is not None and r.tc_flat_k is not None]
    if len(both) < FEWEST:
        return ()
    places = [known[r.id] for r in both]
    own = (
        Guess(INDEPENDENT, np.array([r.tc_k for r in both], dtype=float)),
        Guess(FLAT, np.array([r.tc_flat_k for r in both], dtype=float)),
    )
    formulas = (Guess(f"formula {f.id}", study.predictions[f.id][places]) for f in FORMULAS)
    fits = (
        Guess(f"{name}, family unseen", study.predictions[name][places], name not in CONSTANTS)
        for name in FITS
    )
    names = [r.formula for r in both]
    return judged_guesses(names, study.tc_k[places], (*own, *formulas, *fits), with_bias=True)
