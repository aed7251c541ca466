"""Pressure-temperature diagrams: each theory's states with the measured ones on top."""
