"""Engines: what computes fields from a crystal, behind one interface."""
