from .bands import BandEdges as BandEdges
from .bands import BandMesh as BandMesh
from .bands import band_edges as band_edges
from .bands import fermi_dos as fermi_dos
from .gpw import read_gpw_calculation as read_gpw_calculation
