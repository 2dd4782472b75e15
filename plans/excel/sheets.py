"""The workbooks of a plan: each app registers what of it goes out to Excel and comes back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from core.workbooks import PortalResource

from ..models import Plan


@dataclass(frozen=True)
class Sheet:
    """One workbook. ``key`` stands in its address and in the file's name; ``explain`` says how rows are read.

    ``resource(plan)`` holds the columns; ``subjects(plan)`` are the rows that stand.
    """

    key: str
    label: str | Promise
    explain: str | Promise
    resource: Callable[[Plan], PortalResource]
    subjects: Callable[[Plan], Iterable[Any]]


_sheets: dict[str, Sheet] = {}


def register_sheet(sheet: Sheet) -> None:
    """Add a workbook; called in ``ready()``, lower apps first. A key that is registered again takes the new one."""
    _sheets[sheet.key] = sheet


def sheets() -> list[Sheet]:
    """Return the workbooks in the order of registering."""
    return list(_sheets.values())


def sheet_of(key: str) -> Sheet | None:
    """Return the workbook of a key; null where there is none."""
    return _sheets.get(key)
