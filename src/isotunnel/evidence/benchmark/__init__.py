"""Three-way classification: insulator, metal or superconductor, by each theory, against data."""
