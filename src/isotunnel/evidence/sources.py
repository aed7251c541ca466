"""Where claims take their data from: one object, so that a made-up world can replace it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from isotunnel.atlas import Scan
    from isotunnel.atlas.first_tunnels import FirstTunnels
    from isotunnel.bonding.h2 import Molecule
    from isotunnel.bonding.h4_bond import H4Bond
    from isotunnel.measured import Table
    from isotunnel.substances import Substance
    from isotunnel.theories import Theory


def _table(name: str) -> Table:
    from isotunnel.measured import table

    return table(name)


def _scan(name: str) -> Scan:
    from isotunnel.atlas import scan_of

    return scan_of(name)


def _scans() -> tuple[str, ...]:
    from isotunnel.atlas import names

    return tuple(names())


def _substances() -> tuple[Substance, ...]:
    from isotunnel.substances import substances

    return substances()


def _molecule() -> Molecule:
    from isotunnel.bonding.h2 import molecule

    return molecule()


def _h4() -> H4Bond:
    from isotunnel.bonding.bond_points import shipped
    from isotunnel.bonding.h4_bond import h4_bond

    return h4_bond(shipped("h4"))


def _first_tunnels() -> Mapping[str, FirstTunnels]:
    from isotunnel.atlas.first_tunnels import first_tunnels

    return first_tunnels()


@dataclass(frozen=True)
class Sources:
    """The data of a scorecard.

    Attributes:
        table: a measured table by name.
        scan: a scan of the atlas by the crystal's name.
        scans: names of the crystals there.
        user_theory: a user's own, to be judged beside the others, None for none.
        substances: of the catalogue, as the theories are given them.
        molecule: the hydrogen molecule of B2.
        h4: four hydrogen atoms, for B3.
        first_tunnels: those of anisotropic crystals, by material, for B15.
        search: the search for candidates, judged (:class:`isotunnel.design.Judged`), for B17; None
            for that of the package, which lies above this room.
    """

    table: Callable[[str], Table] = field(default=_table)
    scan: Callable[[str], Scan] = field(default=_scan)
    scans: Callable[[], tuple[str, ...]] = field(default=_scans)
    user_theory: Theory | None = None
    substances: Callable[[], tuple[Substance, ...]] = field(default=_substances)
    molecule: Callable[[], Molecule] = field(default=_molecule)
    h4: Callable[[], H4Bond] = field(default=_h4)
    first_tunnels: Callable[[], Mapping[str, FirstTunnels]] = field(default=_first_tunnels)
    search: Callable[[], Any] | None = None
