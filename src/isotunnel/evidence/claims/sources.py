"""Where claims take their data from: one object, so that a made-up world can replace it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from isotunnel.atlas import AtlasScan
    from isotunnel.measured import Table
    from isotunnel.theories import Theory


def _table(name: str) -> Table:
    from isotunnel.measured import table

    return table(name)


def _scan(name: str) -> AtlasScan:
    from isotunnel.atlas import scan_of

    return scan_of(name)


def _scans() -> tuple[str, ...]:
    from isotunnel.atlas import names

    return tuple(names())


@dataclass(frozen=True)
class Sources:
    """The data of a scorecard.

    Attributes:
        table: a measured table by name.
        scan: a scan of the atlas by the crystal's name.
        scans: names of the crystals there.
        yours: a user's theory to be judged beside the others, None for none.
    """

    table: Callable[[str], Table] = field(default=_table)
    scan: Callable[[str], AtlasScan] = field(default=_scan)
    scans: Callable[[], tuple[str, ...]] = field(default=_scans)
    yours: Theory | None = None
