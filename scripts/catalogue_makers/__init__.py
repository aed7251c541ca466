"""Where rows of the catalogue come from; ``make_catalogue.py`` puts them together."""
