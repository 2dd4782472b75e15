"""A unit's scorecard of one month, on one page: ``context`` (what is frozen), ``building`` (from the database),
``rendering`` (to paper), ``services`` (asking for one, or for those of all units as one ZIP), ``pieces`` (the pages of
such a ZIP, shared out among workers), ``views``.

A scorecard names no rank: what a body makes of the figures of several units is for its own rules of emulation.
"""
