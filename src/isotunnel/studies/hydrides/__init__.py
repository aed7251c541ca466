"""Networking values of hydrides, computed with one set of settings, and what they say of Tc."""
