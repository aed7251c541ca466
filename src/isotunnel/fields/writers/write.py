"""Writing a field in the format that the file's name asks for."""

from __future__ import annotations

import os

from isotunnel.errors import InputError
from isotunnel.fields.field import Field
from isotunnel.fields.writers.cube import write_cube
from isotunnel.fields.writers.hdf5 import write_hdf5
from isotunnel.fields.writers.xsf import write_xsf


def write_field(field: Field, path: str | os.PathLike[str]) -> None:
    """Write a field: ".cube", ".cub" (also with ".gz") as Gaussian cube, ".xsf", ".h5" or ".hdf5".

    Raises:
        InputError: another suffix, or the file cannot be written there.
    """
    name = os.fspath(path).lower()
    if name.removesuffix(".gz").endswith((".cube", ".cub")):
        write_cube(field, path)
    elif name.endswith((".h5", ".hdf5")):
        write_hdf5(field, path)
    elif name.endswith(".xsf"):
        write_xsf(field, path)
    else:
        raise InputError(
            f"{os.fspath(path)}: fields are written as .cube, .cube.gz, .xsf, .h5 or .hdf5"
        )
