"""The output folder of a Quantum ESPRESSO run."""
