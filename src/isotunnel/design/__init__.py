"""Candidates: other elements in known structure types, ranked by what is at hand.

What is searched, how it is ranked, and how the ranking is judged stands in
:mod:`isotunnel.design.plan`; it was written before a candidate was ranked.
"""
