"""Calculations that another program has finished: their files read as an ElectronicStructure.

A grid file holds a field; a calculation also knows its Fermi level, band edges and pressure.
``read_gpw_calculation`` reads GPAW's, ``read_folder`` the output folders of VASP and Quantum
ESPRESSO, each number with the file it came from; ``bands`` has what any program's eigenvalues need.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
