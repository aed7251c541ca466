"""Where the equation-of-state tables come from; ``make_matter_tables.py`` puts them together."""
