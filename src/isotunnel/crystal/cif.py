"""What a CIF must hold to be one crystal, checked before it is read."""

from __future__ import annotations

import warnings
from typing import Any

from isotunnel.errors import CrystalError, FileFormatError

_BLOCKS_NAMED = 5
_NAMES = ("a", "b", "c", "alpha", "beta", "gamma")


def check_cif(shown: str) -> None:
    """Raise unless the CIF at ``shown`` holds the atom sites and the cell of one crystal.

    Files of other formats pass, and so does a CIF that cannot be parsed: reading it tells why.

    Raises:
        FileFormatError: no block with atom sites.
        CrystalError: several crystals, of which nobody knows which is meant; no cell; an edge or
            an angle that no cell has.
    """
    blocks = _blocks(shown)
    if blocks is None:
        return
    if not blocks:
        raise FileFormatError(
            f"{shown}: no crystal in this CIF: no data block holds atom sites with coordinates"
        )
    if len(blocks) > 1:
        names = ", ".join(f"data_{block.name}" for block in blocks[:_BLOCKS_NAMED])
        more = f" and {len(blocks) - _BLOCKS_NAMED} more" if len(blocks) > _BLOCKS_NAMED else ""
        raise CrystalError(
            f"{shown} holds {len(blocks)} crystals, in the blocks {names}{more}; keep one block "
            "in the file, or write the one you mean to a file of its own"
        )
    _check_cell(blocks[0].get_cellpar(), shown)


def _blocks(shown: str) -> list[Any] | None:
    """The data blocks that hold a crystal; None for what is no CIF or cannot be parsed."""
    from ase.io.cif import parse_cif
    from ase.io.formats import filetype, open_with_compression

    with warnings.catch_warnings():
        # Reading the crystal collects them.
        warnings.simplefilter("ignore")
        try:
            if filetype(shown) != "cif":
                return None
            with open_with_compression(shown, "rb") as file:
                return [block for block in parse_cif(file) if block.has_structure()]
        except Exception:
            # ASE's parser fails in many ways; reading the file again turns them into one line.
            return None


def _check_cell(parameters: list[Any] | None, shown: str) -> None:
    if parameters is None:
        raise CrystalError(f"{shown}: the CIF states no complete cell")
    for name, value in zip(_NAMES, parameters, strict=True):
        if not isinstance(value, int | float):
            raise CrystalError(f"{shown}: the cell's {name} is no number: {value!r}")
        is_angle = len(name) > 1
        if not value > 0 or (is_angle and not value < 180):
            limits = "above 0 and below 180 degrees" if is_angle else "above 0"
            raise CrystalError(f"{shown}: no cell has {name} = {value:g}; it must be {limits}")
