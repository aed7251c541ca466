"""What to cite for a result of Isotunnel, by what it is needed for."""

from __future__ import annotations

from isotunnel.theories.hydrides.formulas import FORMULAS
from isotunnel.theories.reference import Reference

_SOFTWARE = Reference(
    "The Isotunnel developers, Isotunnel: electron tunnels in crystals (see CITATION.cff)"
)
_TUNNEL_THEORY = Reference(
    "J. Z. Liu, Is There a Sea of Free Electrons in Metals? (2024), the hypothesis that the "
    "lifting gaps make computable; not a peer-reviewed result",
    url="https://cs.stanford.edu/people/zjl/abstract.html",
)
_ELF = (
    Reference(
        "A. D. Becke, K. E. Edgecombe, J. Chem. Phys. 92, 5397 (1990): electron localization "
        "function",
        doi="10.1063/1.458517",
    ),
    Reference(
        "F. Belli, T. Novoa, J. Contreras-Garcia, I. Errea, Nat. Commun. 12, 5381 (2021): "
        "networking value and Tc of hydrides",
        doi="10.1038/s41467-021-25687-0",
    ),
)
_TOPOLOGY = (
    Reference(
        "H. Edelsbrunner, J. Harer, Computational Topology, American Mathematical Society (2010)"
    ),
    Reference(
        "M. Unser, IEEE Signal Process. Mag. 16 (6), 22 (1999): spline interpolation",
        doi="10.1109/79.799930",
    ),
)
_GPAW = (
    Reference(
        "J. J. Mortensen et al., J. Chem. Phys. 160, 092503 (2024): GPAW", doi="10.1063/5.0182685"
    ),
    Reference("P. E. Blochl, Phys. Rev. B 50, 17953 (1994): PAW", doi="10.1103/PhysRevB.50.17953"),
    Reference(
        "J. P. Perdew, K. Burke, M. Ernzerhof, Phys. Rev. Lett. 77, 3865 (1996): PBE",
        doi="10.1103/PhysRevLett.77.3865",
    ),
    Reference(
        "S. Lehtola, C. Steigemann, M. J. T. Oliveira, M. A. L. Marques, SoftwareX 7, 1 (2018): "
        "libxc",
        doi="10.1016/j.softx.2017.11.002",
    ),
)
_PROCRYSTAL = (
    Reference(
        "L. F. Mattheiss, Phys. Rev. 133, A1399 (1964): crystal potential from superposed atoms",
        doi="10.1103/PhysRev.133.A1399",
    ),
    _GPAW[0],
)
_PAIRING = (
    Reference(
        "G. D. Gaspari, B. L. Gyorffy, Phys. Rev. Lett. 28, 801 (1972): rigid muffin tins",
        doi="10.1103/PhysRevLett.28.801",
    ),
    Reference(
        "P. B. Allen, R. C. Dynes, Phys. Rev. B 12, 905 (1975): Tc from lambda",
        doi="10.1103/PhysRevB.12.905",
    ),
    Reference(
        "A. Togo, J. Phys. Soc. Jpn. 92, 012001 (2023): phonopy", doi="10.7566/JPSJ.92.012001"
    ),
)
_STRUCTURES = (
    Reference(
        "A. Hjorth Larsen et al., J. Phys.: Condens. Matter 29, 273002 (2017): ASE",
        doi="10.1088/1361-648X/aa680e",
    ),
    Reference(
        "A. Togo, K. Shinohara, I. Tanaka, Sci. Technol. Adv. Mater. Methods 4, 2384822 (2024): "
        "spglib",
        doi="10.1080/27660400.2024.2384822",
    ),
)


def references(crystal: str | None = None) -> dict[str, tuple[Reference, ...]]:
    """References by purpose; with the name of a crystal also the source of its cell.

    Raises:
        CrystalError: no crystal has that name.
    """
    formulas = tuple(dict.fromkeys(f.reference for f in FORMULAS))
    groups: dict[str, tuple[Reference, ...]] = {
        "This program": (_SOFTWARE,),
        "The tunnel theory": (_TUNNEL_THEORY,),
        "ELF and networking value": _ELF,
        "Tc formulas of hydrides": formulas,
        "Network topology": _TOPOLOGY,
        "Engine gpaw": _GPAW,
        "Engine procrystal": _PROCRYSTAL,
        "Pairing": _PAIRING,
        "Crystals and symmetry": _STRUCTURES,
    }
    if crystal is not None:
        from isotunnel.crystal.named import named_entry

        entry = named_entry(crystal, any_pressure=True)
        groups = {f"The crystal {entry.name}": (Reference(entry.source),), **groups}
    return groups
