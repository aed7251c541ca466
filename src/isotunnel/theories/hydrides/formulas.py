"""The published closed formulas that turn ELF networking values into a critical temperature.

Symbols, all dimensionless in [0, 1]: ``phi`` networking value (highest ELF at which one network
spans three dimensions), ``phi_star`` molecularity index (highest ELF that joins two hydrogens),
``h_fraction`` H_f (hydrogen atoms over all atoms), ``h_dos`` H_DOS (hydrogen's share of the
projected density of states at the Fermi level). All formulas were fitted to ELF of PBE
calculations; Tc is in kelvin.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from isotunnel.theories.reference import Reference

BELLI_2021 = Reference(
    "F. Belli, T. Novoa, J. Contreras-Garcia and I. Errea, Nat. Commun. 12, 5381 (2021)",
    doi="10.1038/s41467-021-25687-0",
)
TCESTIME = Reference(
    "TcESTIME, J. Contreras-Garcia and co-workers",
    url="https://github.com/juliacontrerasgarcia/Tcestime",
)
SYMBOLIC_2024 = Reference(
    "arXiv:2403.07584 (2024), as cited by TcESTIME for this formula",
    url="https://arxiv.org/abs/2403.07584",
)
BELLI_2025 = Reference(
    "Belli, Torres, Contreras-Garcia and Zurek, Ann. Phys. (Berlin) 537, e00280 (2025)",
    doi="10.1002/andp.202500280",
    url="https://arxiv.org/abs/2506.17456",
)
TCESTIME_PAPER = Reference("Chem. Sci. 16, 57 (2025)", doi="10.1039/D4SC04465G")
PREDICTOR = Reference(
    "Hydride-Tc-Predictor, SR_H_Tc_pred.py (commit 6bb74d5c)",
    url="https://github.com/chen121760/Hydride-Tc-Predictor",
)
CONVENTIONAL_SC = Reference(
    "Conventional-SC-Dataset, backend/api/tc_predict.py (commit 7eea0783)",
    url="https://github.com/JLU-ICCMS-MaYuan/Conventional-SC-Dataset",
)

CURRENT = "current"
"""Status of a formula that no later one of the same authors replaces."""

Rule = Callable[[float, float, float, float], float]
"""Tc in kelvin from phi, phi_star, h_fraction, h_dos; what a rule does not use is ignored."""


@dataclass(frozen=True)
class TcFormula:
    """One closed formula.

    Attributes:
        id: short name: F0 to F2 are fits linear in phi_DOS, SR2, SR4, SR5 symbolic regressions.
        text: the formula.
        inputs: which of phi, phi_star, h_fraction, h_dos it uses.
        rule: the formula as a function.
        reference: where it is published.
        status: "current", "superseded", or "unconfirmed".
        error_k: published error in kelvin, None where none was found.
        error_kind: what that error is.
        note: what a user should know.
    """

    id: str
    text: str
    inputs: tuple[str, ...]
    rule: Rule
    reference: Reference
    status: str
    error_k: float | None = None
    error_kind: str = ""
    note: str = ""


@dataclass(frozen=True)
class Unavailable:
    """A published estimate that is not computed here, and why."""

    id: str
    title: str
    reason: str
    reference: Reference


def phi_dos(phi: float, h_fraction: float, h_dos: float) -> float:
    """phi_DOS = phi H_f H_DOS^(1/3) of Belli et al. (2021)."""
    return float(phi * h_fraction * h_dos ** (1 / 3))


def _linear(slope: float, offset: float) -> Rule:
    def rule(phi: float, _phi_star: float, h_fraction: float, h_dos: float) -> float:
        return slope * phi_dos(phi, h_fraction, h_dos) + offset

    return rule


def _sr2(phi: float, phi_star: float, h_fraction: float, h_dos: float) -> float:
    return float(442.3 * (1 - (phi_star - phi)) * h_fraction**3 * h_dos**0.5)


def _sr4(phi: float, _phi_star: float, h_fraction: float, h_dos: float) -> float:
    return float(574.7 * phi * (h_dos * h_fraction**3) ** 0.5)


def _sr5(phi: float, phi_star: float, h_fraction: float, h_dos: float) -> float:
    molecularity = 27 / 4 * (phi_star**2 - phi_star**3)
    return float(422.2 * molecularity * h_fraction**3 * (phi * h_dos) ** (1 / 3) + 5.5)


_THREE = ("phi", "h_fraction", "h_dos")
_FOUR = ("phi", "phi_star", "h_fraction", "h_dos")

FORMULAS: tuple[TcFormula, ...] = (
    TcFormula(
        id="F0",
        text="Tc = 750 phi H_f H_DOS^(1/3) - 85",
        inputs=_THREE,
        rule=_linear(750.0, -85.0),
        reference=BELLI_2021,
        status="unconfirmed",
        note="Found as a commented-out line in TcESTIME (2023-2024); probably the fit of the paper "
        "named, in which it could not be read.",
    ),
    TcFormula(
        id="F1",
        text="Tc = 429.3 phi H_f H_DOS^(1/3) - 10.4",
        inputs=_THREE,
        rule=_linear(429.3, -10.4),
        reference=TCESTIME,
        status="superseded",
        error_k=65.0,
        error_kind="quoted by the program's output",
        note="TcESTIME's leastsq until May 2024.",
    ),
    TcFormula(
        id="F2",
        text="Tc = 456.34 phi H_f H_DOS^(1/3) - 9.46",
        inputs=_THREE,
        rule=_linear(456.34, -9.46),
        reference=TCESTIME,
        status=CURRENT,
        note="TcESTIME's leastsq since June 2024.",
    ),
    TcFormula(
        id="SR2",
        text="Tc = 442.3 (1 - (phi* - phi)) H_f^3 H_DOS^(1/2)",
        inputs=_FOUR,
        rule=_sr2,
        reference=SYMBOLIC_2024,
        status=CURRENT,
    ),
    TcFormula(
        id="SR4",
        text="Tc = 574.7 phi (H_DOS H_f^3)^(1/2)",
        inputs=_THREE,
        rule=_sr4,
        reference=SYMBOLIC_2024,
        status=CURRENT,
    ),
    TcFormula(
        id="SR5",
        text="Tc = 422.2 (27/4) (phi*^2 - phi*^3) H_f^3 (phi H_DOS)^(1/3) + 5.5",
        inputs=_FOUR,
        rule=_sr5,
        reference=BELLI_2025,
        status=CURRENT,
        error_k=41.0,
        error_kind="root mean square over the 244 hydrides of the fit",
        note="Mean absolute error 31 K, largest 108 K (as quoted by github lanl/mcts_materials).",
    ),
)
"""Every published closed formula in phi that we know of."""

UNAVAILABLE: tuple[Unavailable, ...] = (
    Unavailable(
        "GBR",
        "Gradient boosting regressor in phi, H_f, H_DOS, phi*",
        "no closed formula: a pickled model, which we neither ship nor load",
        TCESTIME_PAPER,
    ),
    Unavailable(
        "NN",
        "Mean of three neural networks in phi, phi*, H_f, H_DOS",
        "no closed formula: the weights are files of TcESTIME, which we do not ship",
        TCESTIME,
    ),
    Unavailable(
        "N1",
        "Symbolic regression in integrated densities of states and pressure",
        "it needs the density of states integrated within 1 eV of the Fermi level, hydrogen's p "
        "states apart; the engines give the values at the Fermi level, by element only",
        PREDICTOR,
    ),
    Unavailable(
        "N2",
        "Hydrogen density of states weighted over H-H distances of 0.98 to 1.28 angstrom",
        "marked experimental at its source, with no stated unit for the density of states per atom "
        "and bond, on which the number depends",
        CONVENTIONAL_SC,
    ),
)
"""Published estimates that are not computed here, with the reasons."""
