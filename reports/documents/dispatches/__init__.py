"""The reminder dispatch to units that have not sent a month's report: ``context`` (what is frozen), ``building``
(from the database), ``rendering`` (to paper), ``services`` and ``views`` (asking for one).
"""
