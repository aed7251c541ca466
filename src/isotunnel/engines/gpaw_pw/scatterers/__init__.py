"""Atoms as scatterers of Fermi electrons, out of GPAW: potentials, spheres, densities of states."""

from __future__ import annotations

from isotunnel.engines.gpaw_pw.scatterers.compute import DenseMesh, compute_scatterers

__all__ = ["DenseMesh", "compute_scatterers"]
