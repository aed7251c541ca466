"""Electron-phonon spectra: the function, its moments, and the files that programs write."""

from __future__ import annotations

from isotunnel.theories.superconducting.alpha2f.readers import read_alpha2f
from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F

__all__ = ["Alpha2F", "read_alpha2f"]
