"""A month's figures as an Excel workbook, out and in again: one unit's, and those of all units in one's reach.

Two shapes, because two people use them. **One unit's** month has a row for each figure, as the form has, with the
figure to date beside it and room for a note: it is filled in by whoever would fill in the form. **The whole month**
has a row for each unit and a column for each figure (two for a ratio): an office that gathers figures of many units
reads down a column and pastes one, and 1,000 units × 24 figures are 1,000 rows and not 24,000. One row is one report
there, so a refusal names the unit as well as the cell. Notes and words are written in the form.

A blank cell changes nothing: it never takes a figure out, and it is not 0. What came in is kept as drafts, through
``reports.progress.services``; handing in stays a step of its own.
"""
