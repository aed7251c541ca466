"""Theories of superconductivity: BCS, McMillan, Allen-Dynes, Migdal-Eliashberg."""
