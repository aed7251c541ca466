"""Three-way classification: insulator, metal or superconductor, by each theory, against data.

::

    from isotunnel.studies.benchmark import run_benchmark

    found = run_benchmark()
    found.score("ks").balanced_accuracy      # value, low, high
    found.contest                            # predictions on the rows that every side answers
    found.score("rival").failures            # the most confident mistakes

Names are imported on first use.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
