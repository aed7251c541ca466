"""One module for each generated page of the documentation: ``PAGE`` and ``render()``.

A module with figures also has ``draw()``, one with other files ``more_files()``, texts by path.
"""
