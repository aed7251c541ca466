"""Writers of grid files, one format per module."""

from isotunnel.fields.writers.cube import write_cube
from isotunnel.fields.writers.hdf5 import write_hdf5
from isotunnel.fields.writers.write import write_field

__all__ = ["write_cube", "write_field", "write_hdf5"]
