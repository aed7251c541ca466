"""Molecules and bonds."""
