"""One crystal as it was handed in, and a structure as the dataset holds it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from isotunnel.errors import FileFormatError

if TYPE_CHECKING:
    from ase import Atoms

MOST_BYTES = 64 << 20
"""Of one crystal's file; nothing larger is one."""


@dataclass(frozen=True)
class CrystalInput:
    """One crystal as it was handed in.

    Attributes:
        source: name of the file (below the folder or archive that was given), with the number of
            the frame or record behind a # where there are several.
        payload: content of the file, or the structure as JSON.
        structure: whether the payload is a structure (see :func:`packed`), not a file.
        problem: why there is no content, "" where there is.
    """

    source: str
    payload: bytes
    structure: bool = False
    problem: str = ""

    @cached_property
    def id(self) -> str:
        """Digest of name and content: the same input has the same id wherever it lies."""
        digest = hashlib.sha256(self.source.encode("utf-8", "surrogateescape"))
        digest.update(b"\0" + self.problem.encode("utf-8", "surrogateescape") + b"\0")
        digest.update(self.payload)
        return digest.hexdigest()[:20]


def packed(atoms: Atoms) -> bytes:
    """A structure as JSON; floats keep all their digits."""
    return json.dumps(
        {
            "cell": atoms.cell.array.tolist(),
            "numbers": atoms.numbers.tolist(),
            "positions": atoms.get_scaled_positions(wrap=False).tolist(),
        }
    ).encode()


def unpacked(payload: bytes | str) -> Atoms:
    """The structure that :func:`packed` made JSON of.

    Raises:
        FileFormatError: it did not.
    """
    from ase import Atoms

    try:
        data = json.loads(payload)
        return Atoms(
            numbers=data["numbers"],
            cell=data["cell"],
            scaled_positions=data["positions"],
            pbc=True,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise FileFormatError(f"this is no structure as a dataset holds it: {error}") from None
