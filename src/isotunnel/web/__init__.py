"""The web lab: a server on this machine, and the page that it serves.

``create_app`` makes the server; ``isotunnel serve`` runs it. Needs the extra ``web``. Heavy work
runs in other processes (:mod:`isotunnel.web.jobs`); what a client sends is never trusted
(:mod:`isotunnel.web.guard`, :mod:`isotunnel.web.uploads`).
"""
