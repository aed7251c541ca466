"""A material of one's own: known to diagrams, matter, scans and claims through one file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from isotunnel import materials
from isotunnel.errors import InputError, IsotunnelError


def register_material(material: str | Path | Mapping[str, Any]) -> str:
    """Make a material known until :func:`unregister_material`.

    Args:
        material: path of a TOML file as in ``examples/unobtainium.toml``, or what it holds.

    Returns:
        its name.

    Raises:
        IsotunnelError: the file cannot be read, or a room cannot use its part; then nothing of it
            is kept.
    """
    document = materials.add(material)
    try:
        _read_in_every_room(document)
    except (IsotunnelError, KeyError, TypeError, ValueError) as trouble:
        materials.remove(document["name"])
        if isinstance(trouble, IsotunnelError):
            raise
        raise InputError(f"the file of {document['name']}: {_message(trouble)}") from None
    return str(document["name"])


def unregister_material(name: str) -> None:
    """Forget a registered material.

    Raises:
        InputError: none of this name was registered.
    """
    materials.remove(name)


def _read_in_every_room(document: Mapping[str, Any]) -> None:
    from isotunnel.crystal.named import named_crystal, named_crystals
    from isotunnel.matter import materials as in_matter
    from isotunnel.measured import table
    from isotunnel.substances.library import in_catalogue, substance

    in_matter()
    named_crystals()
    materials.scans()
    if "crystal" in document:
        named_crystal(document["crystal"].get("name", document["name"]))
    for name in document.get("measured", {}):
        table(name)
    # Reading one name checks that no other substance answers to it.
    in_catalogue(document["name"].swapcase() + " ")
    if document.get("phases"):
        substance(document["name"])


def _message(trouble: Exception) -> str:
    return f"{trouble} is missing" if isinstance(trouble, KeyError) else str(trouble)
