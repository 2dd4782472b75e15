"""Handing down (giao chỉ tiêu): shares of a plan's targets as a grid of units × targets (domain: rule 14).

``splitting`` is the arithmetic, pure; ``bounds`` reads and writes a cell; ``grid`` is the table, ``typed`` what was
typed into it; ``dividing`` fills a column for review, by last year where ``results`` knows it; ``excel`` and
``workbook`` take it in and out. Every write is ``targets.services``: ``shares``, and ``adjustments`` for what units
propose instead.
"""
