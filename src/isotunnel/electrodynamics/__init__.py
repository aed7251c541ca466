"""Fields and currents in conductors and superconductors."""
