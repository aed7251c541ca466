"""How exchange-correlation is made of the atoms, and which functional fits which way."""

from __future__ import annotations

from typing import Literal, get_args

from isotunnel.engines.procrystal.tables import FUNCTIONALS, Functional
from isotunnel.errors import EngineError

XcTreatment = Literal["summed_density", "superposed"]
XC_TREATMENTS: tuple[str, ...] = get_args(XcTreatment)
DEFAULT_XC: XcTreatment = "summed_density"

NOTES: dict[str, str] = {
    "summed_density": "potential: superposed electrostatic potentials and the local-density v_xc "
    "of the summed density (Mattheiss 1964)",
    "superposed": "potential: superposed Kohn-Sham potentials; exchange-correlation is added atom "
    "by atom, which makes it far too deep in dense crystals",
}


def check_xc(functional: Functional, xc: XcTreatment) -> None:
    """Refuse unknown choices and those that do not fit together.

    Raises:
        EngineError: an unknown functional or treatment; "summed_density" with PBE atoms.
    """
    if functional not in FUNCTIONALS:
        raise EngineError(
            f"no free atoms for functional {functional!r}; choose {' or '.join(FUNCTIONALS)}"
        )
    if xc not in XC_TREATMENTS:
        raise EngineError(
            f"unknown treatment of exchange-correlation {xc!r}; choose {' or '.join(XC_TREATMENTS)}"
        )
    if xc == "summed_density" and functional != "LDA":
        raise EngineError(
            f"v_xc of the summed density is computed in the local-density approximation, which "
            f"does not fit {functional} atoms (a lone atom would lose its own potential): use "
            "functional='LDA', or xc='superposed'"
        )
