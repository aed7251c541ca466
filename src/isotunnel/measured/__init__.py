"""Measured facts: curated tables with unit, uncertainty, conditions, source and grade of each row."""
