"""Do the tunnels of a crystal know more of superconductivity than its formula? The world's table.

What is compared, and when something counts as help, stands in
:mod:`isotunnel.studies.world.plan`; it was written before any number was computed.
"""
