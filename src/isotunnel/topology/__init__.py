"""Topology of periodic arrays: basins, merge graph, percolation. Pure numbers, no physics."""
