"""Where results go, the same way on every command: stdout, files, figures.

A command declares what it can write (:class:`Forms`), gets the user's choice (:class:`Output`),
and hands its :class:`Product` to :func:`deliver`.
"""

from isotunnel.cli.output.deliver import Product, deliver, write_files
from isotunnel.cli.output.forms import NOTHING, Forms, Output
from isotunnel.cli.output.names import file_stem
from isotunnel.csv_tables import CsvTable, csv_of, csv_text

__all__ = [
    "NOTHING",
    "CsvTable",
    "Forms",
    "Output",
    "Product",
    "csv_of",
    "csv_text",
    "deliver",
    "file_stem",
    "write_files",
]
