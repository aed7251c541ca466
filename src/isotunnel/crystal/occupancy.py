"""Partially occupied sites, which no field can be computed for."""

from __future__ import annotations

from typing import Any

from isotunnel.errors import CrystalError

_FULL_OCCUPANCY = 1e-3


def refuse_partial_occupancy(occupancy: Any, shown: str) -> None:
    """Raise where a table of ASE, site kind -> {symbol: share}, holds a mixture; None passes.

    Raises:
        CrystalError: with the mixture.
    """
    if not isinstance(occupancy, dict):
        return
    for shares in occupancy.values():
        if not isinstance(shares, dict):
            continue
        # "?" and "." of a CIF: not stated, which means 1.
        shares = {s: 1.0 if isinstance(x, str) else float(x) for s, x in shares.items()}
        if len(shares) > 1 or abs(sum(shares.values()) - 1.0) > _FULL_OCCUPANCY:
            mixture = ", ".join(f"{symbol} {share:g}" for symbol, share in shares.items())
            raise CrystalError(
                f"{shown}: a site is partially occupied ({mixture}); give an ordered structure, "
                "such as one supercell with whole atoms"
            )
