"""Readers of grid files, one format per module."""

from isotunnel.fields.readers.read import read_field, read_fields

__all__ = ["read_field", "read_fields"]
