"""Dry run and applying of a workbook: differences row by row, then all of it or nothing.

Both run the same rows through the same services. A dry run is rolled back; applying is kept only where it did exactly
what the person was shown (``Preview.fingerprint``). Rows that are written together are judged outside a transaction,
so that long judging holds nobody up and can say how far it is.
"""

import hashlib
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import IO, Any

import tablib
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from import_export.results import RowResult

from core import collisions

from .reading import Table, cell_name, read_table
from .resource import Entry, Outdated, PortalResource

log = logging.getLogger(__name__)


class RowState(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ERROR = "error"


@dataclass(frozen=True)
class Change:
    """A column of a row, as people read it, before and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class RowError:
    """What is wrong, and in which column and cell ("D17"; both blank: the row as a whole)."""

    label: str
    words: str
    cell: str = ""


@dataclass(frozen=True)
class PreviewRow:
    """One row of the sheet, by its number in Excel. ``name`` is its key, as written."""

    number: int
    state: RowState
    name: str
    changes: tuple[Change, ...] = ()
    errors: tuple[RowError, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What applying would do (or did). ``notes`` tell what was not read."""

    rows: tuple[PreviewRow, ...]
    notes: tuple[str, ...]

    def of(self, state: RowState) -> list[PreviewRow]:
        return [row for row in self.rows if row.state == state]

    @property
    def new(self) -> list[PreviewRow]:
        return self.of(RowState.NEW)

    @property
    def changed(self) -> list[PreviewRow]:
        return self.of(RowState.CHANGED)

    @property
    def unchanged(self) -> list[PreviewRow]:
        return self.of(RowState.UNCHANGED)

    @property
    def errors(self) -> list[PreviewRow]:
        return self.of(RowState.ERROR)

    @property
    def may_apply(self) -> bool:
        """Whether there is something to do and nothing in the way."""
        return not self.errors and bool(self.new or self.changed)

    @cached_property
    def fingerprint(self) -> str:
        """Equal for two previews exactly when they say the same of every row."""
        return hashlib.sha256(repr(self.rows).encode()).hexdigest()


class NotApplied(Exception):
    """Nothing was written: a row is wrong, or the portal changed since the person looked. ``preview`` is as of now."""

    def __init__(self, preview: Preview) -> None:
        super().__init__("nothing was applied")
        self.preview = preview


Watch = Callable[[int], None]


def unwatched(_rows: int) -> None:
    """Nobody asks how far it is."""


def preview(resource: PortalResource, file: IO[bytes], *, user: Any) -> Preview:
    """Try the workbook and say what it would do; nothing is kept. Raises WorkbookRefused where it cannot be read."""
    return judge(resource, table_of(resource, file), user=user)


def judge(resource: PortalResource, table: Table, *, user: Any, watch: Watch = unwatched) -> Preview:
    """Try the rows of a table that was read; nothing is kept. ``watch`` is told how many rows have been judged."""
    if resource.written_together:
        return _run(resource, table, user, watch)
    with transaction.atomic():
        found = _run(resource, table, user, watch)
        transaction.set_rollback(True)
    return found


def apply(resource: PortalResource, file: IO[bytes], *, user: Any, fingerprint: str) -> Preview:
    """Write the whole workbook, or nothing; return what was done.

    ``fingerprint`` is that of the preview that the person agreed to. Raises NotApplied where a row is wrong or where
    the outcome would be another one; WorkbookRefused where the file cannot be read.
    """
    table = table_of(resource, file)
    with _held(resource):
        done = _run(resource, table, user, unwatched)
        agreed = done.may_apply and done.fingerprint == fingerprint
        if agreed:
            write(resource, done)
        elif not resource.written_together:
            transaction.set_rollback(True)
    if not agreed:
        raise NotApplied(done)
    return done


def _held(resource: PortalResource) -> AbstractContextManager[Any]:
    return nullcontext() if resource.written_together else transaction.atomic()


def write(resource: PortalResource, judged: Preview) -> None:
    """Write what was judged, all of it or nothing. Raises NotApplied where it is no longer as it was judged."""
    try:
        collisions.atomic(resource.write)()
    except Outdated as outdated:
        raise NotApplied(judged) from outdated


def table_of(resource: PortalResource, file: IO[bytes], *, watch: Watch = unwatched) -> Table:
    """Read the workbook as far as it goes without judging a row. Raises WorkbookRefused with the reason."""
    file.seek(0)
    table = read_table(file, resource.shape(), watch=watch)
    resource.check(table)
    return table


def _run(resource: PortalResource, table: Table, user: Any, watch: Watch) -> Preview:
    """Run all rows, whatever errors come up, and keep what was written for the caller to decide on."""
    keys = resource.get_import_id_fields() if resource.blank_key_is_new else ()
    headers = [*table.columns, *(name for name in keys if name not in table.columns)]
    dataset = tablib.Dataset(headers=headers)
    for _number, values in table.rows:
        dataset.append([values.get(name) for name in headers])
    numbers = [number for number, _values in table.rows]
    # Not its own transaction: it would roll back by rules of its own.
    result = resource.import_data(dataset, use_transactions=False, user=user, numbers=numbers, watch=watch)
    for error in result.base_errors:
        raise error.error
    rows = [
        _row(resource, table, number, values, outcome)
        for (number, values), outcome in zip(table.rows, result.rows, strict=True)
    ]
    return Preview(rows=tuple(rows), notes=(*table.notes, *resource.notes()))


def _row(resource: PortalResource, table: Table, number: int, values: dict[str, Any], outcome: RowResult) -> PreviewRow:
    name = " · ".join(str(values[key]) for key in resource.naming or resource.get_import_id_fields() if values.get(key))
    if outcome.validation_error is not None:
        errors = tuple(_row_errors(resource, table, number, outcome.validation_error))
        return PreviewRow(number, RowState.ERROR, name, errors=errors)
    if outcome.errors:
        log.error("Row %s of a workbook failed.", number, exc_info=outcome.errors[0].error)
        words = _("The portal could not work on this row because of an error of its own.")
        return PreviewRow(number, RowState.ERROR, name, errors=(RowError("", words),))
    if outcome.import_type == RowResult.IMPORT_TYPE_SKIP:
        return PreviewRow(number, RowState.UNCHANGED, name)
    is_new = outcome.import_type == RowResult.IMPORT_TYPE_NEW
    original = None if is_new else outcome.original
    changes = tuple(_changes(resource, outcome.instance, original))
    return PreviewRow(number, RowState.NEW if is_new else RowState.CHANGED, name, changes=changes)


def _changes(resource: PortalResource, instance: Entry, original: Entry | None) -> list[Change]:
    changes = []
    for name, column in resource.columns.items():
        new = getattr(instance, name)
        old = getattr(original, name) if original is not None else None
        if new != old:
            changes.append(Change(str(column.label), column.show(old), column.show(new)))
    return changes


def _row_errors(resource: PortalResource, table: Table, number: int, error: ValidationError) -> list[RowError]:
    if not hasattr(error, "error_dict"):
        return [RowError("", words) for words in error.messages]
    found = []
    for field, messages in error.message_dict.items():
        name = resource.error_columns.get(field, field)
        column, position = resource.columns.get(name), table.positions.get(name)
        cell = "" if position is None else cell_name(position, number)
        found += [RowError(str(column.label) if column else "", words, cell) for words in messages]
    return found
