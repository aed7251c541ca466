"""Which tunnel descriptors know of the electron-phonon coupling? Linear response of 1,056 crystals.

What is compared, and when a descriptor counts as informed, stands in
:mod:`isotunnel.studies.couplings.plan`; it was written before any number was computed.
"""
