"""Planets: profiles, what their layers are made of, and the electrical state there by theory."""
