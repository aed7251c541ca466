"""Scans of named crystals computed beforehand, so that diagrams and scores need no DFT."""
