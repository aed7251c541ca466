"""The ``gpaw`` engine (extra ``dft``). Importing this package does not import GPAW."""

from __future__ import annotations

from isotunnel.engines.gpaw_pw.engine import GpawEngine
from isotunnel.engines.gpaw_pw.inside import augmentation_warning, inside_augmentation
from isotunnel.engines.gpaw_pw.many import compute_many
from isotunnel.engines.gpaw_pw.settings import GpawSettings

__all__ = [
    "GpawEngine",
    "GpawSettings",
    "augmentation_warning",
    "compute_many",
    "inside_augmentation",
]
