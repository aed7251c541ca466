"""Figures of the spacing tests."""
