"""Theories of the normal state: Drude and Bloch-Grueneisen."""
