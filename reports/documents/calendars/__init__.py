"""A quarter's calendar of a body on the turned sheet: ``context`` (what is frozen), ``building`` (from the database),
``drawing`` (the days of a month), ``rendering`` (to paper), ``services``, ``forms``, ``views`` and ``beside`` (asking
for one, from the calendar).

Columns are the quarter's months; what all units do at once stands apart from what the body does itself and from what
its blocs do. A calendar has no figures, so it is never provisional.
"""
