"""Targets handed down, on paper: to one unit, or to all units of a body with the whole grid as an annex. ``context``
(what is frozen), ``building`` (from the database), ``layout`` (the grid cut to the sheet), ``rendering``, ``services``,
``forms`` and ``views`` (asking for one), ``beside`` (the way from the page of shares).
"""
