"""Crystals in CIFs: symmetry by the file's own words, and the result held against its formula."""
