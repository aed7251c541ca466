"""A pairing result without DFT: a made-up metal with made-up phonons."""

from __future__ import annotations

import numpy as np
from ase import Atoms

from isotunnel.analysis.pairing import PairingResult, PairingSettings
from isotunnel.analysis.pairing.compute import result_of
from isotunnel.engines.phonons.spectrum import PhononSpectrum
from isotunnel.engines.scatterers import FermiScatterers, MuffinTin


def made_up_metal(atoms: Atoms) -> FermiScatterers:
    radii = np.geomspace(1e-5, 3.0, 50)
    tins = tuple(
        MuffinTin(s, z, 2.5, radii, z * (1 - np.exp(-radii)), np.full(4, 0.1), np.full(4, 0.01))
        for s, z in zip(atoms.get_chemical_symbols(), atoms.numbers.tolist(), strict=True)
    )
    return FermiScatterers(
        atoms, tins, tuple([0] * len(atoms)), 9.0, -1.0, 0.7, 0.02, (4, 4, 4), 1.5,
        np.zeros((len(atoms), 3)), {"xc": "PBE"}, {"gpaw": "made up"}, ("a doubt",),
    )  # fmt: skip


def made_up_result(
    atoms: Atoms, settings: PairingSettings | None = None, *, lowest_ev: float | None = None
) -> PairingResult:
    """``lowest_ev`` stands among the modes at exact wave vectors; negative: imaginary."""
    energies = np.linspace(0.002, 0.03, 200)
    shares = np.tile(energies**2 / (energies**2).sum(), (len(atoms), 1))
    masses = np.array(atoms.get_masses())
    exact = energies if lowest_ev is None else np.array([lowest_ev, *energies])
    phonons = PhononSpectrum(energies, shares, masses, exact, 2 * np.eye(3, dtype=int))
    settings = settings or PairingSettings()
    return result_of("made up", atoms, made_up_metal(atoms), phonons, settings)
