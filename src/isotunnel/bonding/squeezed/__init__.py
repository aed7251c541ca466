"""Atoms squeezed together: how their clouds deform, and what forces that makes.

Low to high: ``harmonics`` and ``multipoles`` know points and charges, ``free_clouds`` and
``partition`` the clouds of free atoms and where one atom ends, ``moments`` measures a deformed
cloud, ``dispersion`` and ``frozen`` give the forces to compare with. ``series`` computes it all
with GPAW; ``library`` reads what was computed beforehand.
"""
