"""Reading ``elf``: the networking value against the homogeneous electron gas.

The level is -ELF and the valence level that of ELF = 0.5, which the homogeneous gas has, so the gap
is 0.5 - ELF_d; for d = 3 that is 0.5 - phi with the networking value phi.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from isotunnel.fields.kinds import FieldKind
from isotunnel.levels.reading import FieldReading

if TYPE_CHECKING:
    from isotunnel.engines.base import ElectronicStructure

HOMOGENEOUS_GAS = 0.5


def _lack_of_localisation(elf: float) -> float:
    return -elf


def _gas(_structure: ElectronicStructure) -> float:
    return -HOMOGENEOUS_GAS


ELF = FieldReading(
    name="elf",
    title="Electron localization at the bottleneck against the homogeneous gas, 0.5 - ELF",
    kind=FieldKind.ELF.value,
    unit="1",
    valence=_gas,
    level=_lack_of_localisation,
    # ELF = 1 / (1 + chi^2): chi^2, the excess kinetic energy ratio squared, is 1 in the gas and e
    # at this distance from it.
    delta_c=round(HOMOGENEOUS_GAS - 1 / (1 + math.e), 3),
    delta_c_reason="default until data fit it: chi^2 of ELF = 1 / (1 + chi^2) grows by a factor e",
)
