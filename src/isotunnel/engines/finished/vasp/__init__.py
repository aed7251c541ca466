"""The output folder of a VASP run."""
