"""Tests of the one consequence of the tunnel theory that needs no tunnels: spacing is everything.

Five tests, each a function of typed rows (so that it can be fed with made-up worlds) and a
``measured_...`` function that takes the rows from ``isotunnel.measured`` and ``isotunnel.matter``:

====  ============================================  =======================================
T1    ``collapse``, ``measured_collapse``           heating against squeezing at equal volume
T2    ``isochores``, ``measured_isochores``         slope of Tc(P) against the isochore
T3    ``isotopes``, ``measured_isotopes``           isotope exponents against 0
T4    ``ohm``, ``measured_ohm``                     a fixed loss per hop against Ohm's law
T5    ``reentrant``, ``measured_reentrant``         conductors that compression makes worse
====  ============================================  =======================================

They state numbers with intervals, rows used and dropped; verdicts are drawn elsewhere. Names are
imported on first use.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
