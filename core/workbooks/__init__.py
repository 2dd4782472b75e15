"""Excel in and out: the one preview-and-apply for every import, and the one export.

``reading`` opens a workbook that a stranger may have made; ``columns`` reads single cells; ``resource`` is what an
app subclasses for its rows; ``running`` holds the dry run, the differences and the applying; ``export`` writes;
``pages`` are the two pages of every import. What the rows mean belongs to the apps.
"""

from .columns import ChoiceCell, Column, DateCell, TextCell, WholeCell
from .export import XLSX, put_safely, write_workbook
from .reading import WorkbookRefused
from .resource import Outdated, PortalResource
from .running import Change, NotApplied, Preview, PreviewRow, RowError, RowState, apply, preview

__all__ = [
    "XLSX",
    "Change",
    "ChoiceCell",
    "Column",
    "DateCell",
    "NotApplied",
    "Outdated",
    "PortalResource",
    "Preview",
    "PreviewRow",
    "RowError",
    "RowState",
    "TextCell",
    "WholeCell",
    "WorkbookRefused",
    "apply",
    "preview",
    "put_safely",
    "write_workbook",
]
