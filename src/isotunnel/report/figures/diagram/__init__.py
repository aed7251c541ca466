"""Figures of pressure-temperature diagrams."""
