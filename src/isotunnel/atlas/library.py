"""The scans that are packed with Isotunnel, by name."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from isotunnel.atlas.scan import Scan
from isotunnel.errors import CannotSay, CrystalError, FileFormatError
from isotunnel.materials.names import index_names, look_up

SCHEMA = "isotunnel.scan/1"
_END = ".json.gz"


def names() -> tuple[str, ...]:
    """Names of the crystals that have a scan, sorted; only the folder is looked at."""
    folder = files("isotunnel.atlas").joinpath("data")
    return tuple(
        sorted(f.name.removesuffix(_END) for f in folder.iterdir() if f.name.endswith(_END))
    )


def scan_of(name: str) -> Scan:
    """The scan of a crystal, by its name or an alias ("H3S" for "H3S@200GPa").

    Raises:
        CannotSay: the crystal is known, but the atlas holds no scan of it.
        InputError: no crystal answers to the name; the message lists the scans.
    """
    return _read(_resolve(name))


def _resolve(name: str) -> str:
    known = names()
    if name.strip() in known:
        return name.strip()
    from isotunnel.crystal.named import named_entry

    listed = ", ".join(known) or "none"
    try:
        crystal = named_entry(name, any_pressure=True)
    except CrystalError:
        # A scan may be of a crystal that a user registered and removed again.
        index = index_names(known, "scans")
        return look_up(name, index, str, "crystal", f"the atlas holds scans of {listed}")
    if crystal.name in known:
        return crystal.name
    raise CannotSay(
        f"no scan of {crystal.name} in the atlas; it holds {listed}. isotunnel scan "
        f"{crystal.name} computes one"
    )


def document_of(name: str) -> dict[str, Any]:
    """The packed document of a scan: that of ``isotunnel scan --json``, without wall time.

    Raises:
        CannotSay, InputError: as ``scan_of``.
    """
    return _document(_resolve(name))


@lru_cache(maxsize=128)
def _read(name: str) -> Scan:
    return from_document(_document(name))


def _document(name: str) -> dict[str, Any]:
    path = files("isotunnel.atlas").joinpath(f"data/{name}{_END}")
    try:
        document: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, ValueError) as error:
        raise FileFormatError(
            f"the atlas file {name}{_END} is damaged ({error}); install Isotunnel again"
        ) from None
    return document


def from_document(document: dict[str, Any]) -> Scan:
    """A scan from the document of ``isotunnel scan --json``, computed by anyone.

    Raises:
        FileFormatError: of another schema or without a finished point.
    """
    found = document.get("schema") if isinstance(document, dict) else None
    if found != SCHEMA:
        raise FileFormatError(f"not a scan: schema {found!r} instead of {SCHEMA!r}")
    return Scan.from_document(document)
