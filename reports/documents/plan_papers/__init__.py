"""A plan as it was issued, or its draft, on paper: ``context`` (what is frozen), ``building`` (from the database),
``rendering`` (to paper), ``services``, ``views`` and ``beside`` (asking for one, from the plan's page).

The plan's own text stands in its own order and under its own numbers; what it asks and what it announces follow as two
tables. A plan has no figures, so its paper is never provisional.
"""
