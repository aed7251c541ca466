"""Which hydrides the table still lacks: their keys, their order, and one computed within a time."""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Sequence
from typing import Any

import numpy as np

from isotunnel.crystal import symmetry_of
from isotunnel.engines.gpaw_pw import GpawEngine, GpawSettings
from isotunnel.errors import IsotunnelError
from isotunnel.scan.store import digest_of
from isotunnel.studies.hydrides.compute import RECORD_VERSION, Record, record_of
from isotunnel.studies.hydrides.structures import HydrideStructure

SETTINGS = GpawSettings()
"""The engine's defaults."""


def key_of(structure: HydrideStructure) -> str:
    """What a hydride's record is kept under: the crystal and the settings."""
    atoms = structure.atoms
    return digest_of(
        {
            "record": RECORD_VERSION,
            "id": structure.id,
            "numbers": atoms.numbers.tolist(),
            # Adding zero turns -0.0 into 0.0.
            "cell": (atoms.cell.array.round(6) + 0.0).tolist(),
            "positions": (atoms.get_scaled_positions().round(6) % 1.0 + 0.0).tolist(),
            "settings": SETTINGS.as_dict(),
        }
    )


def in_turn(structures: Sequence[HydrideStructure]) -> list[HydrideStructure]:
    """The cheapest of every family, then the second cheapest, ...: a partial table is no one's."""
    places: dict[str, int] = {}
    order: list[tuple[int, int, HydrideStructure]] = []
    for structure in sorted(structures, key=cost):
        family = structure.entry.family
        places[family] = places.get(family, -1) + 1
        order.append((places[family], len(order), structure))
    return [structure for *_, structure in sorted(order, key=lambda o: o[:2])]


def cost(structure: HydrideStructure) -> float:
    """Rough: plane waves times k-points that symmetry leaves, and as much again as five of them."""
    atoms = structure.atoms
    cutoff = SETTINGS.cutoff_ev(atoms.get_chemical_symbols())
    lengths = 2 * math.pi * np.linalg.norm(atoms.cell.reciprocal().array, axis=1)
    points = np.prod(np.ceil(lengths / SETTINGS.kpoint_spacing))
    left = points / symmetry_of(atoms).operations
    return float(atoms.get_volume() * cutoff**1.5 * (left + 5))


def limited_record(structure: HydrideStructure, limit_s: float) -> Record:
    """The record, or why there is none, within a wall time in seconds, by a process of its own."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(structure, sender))
    process.start()
    sender.close()
    try:
        if not receiver.poll(limit_s):
            return {"status": "left out", "reason": f"stopped after {limit_s:g} s"}
        result: Record = receiver.recv()
        return result
    except EOFError:
        return {"status": "failed", "reason": "the calculation died"}
    finally:
        process.join(5)
        if process.is_alive():
            process.kill()
        process.join()


def _child(structure: HydrideStructure, sender: Any) -> None:
    import warnings

    warnings.simplefilter("ignore")
    try:
        sender.send(record_of(structure, GpawEngine(SETTINGS)))
    except IsotunnelError as error:
        sender.send({"status": "failed", "reason": str(error)})
