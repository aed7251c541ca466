"""Phonons of a crystal by finite displacements: supercells, force constants, spectra by atom."""
