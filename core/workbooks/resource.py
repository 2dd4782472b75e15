"""The base of every Excel import: django-import-export's loop, with rows written by services instead of ``save()``.

A subclass names its columns, finds what a row is about, and hands new and changed rows to its app's services. Each row
is tried for real inside a transaction; whether that is kept is ``core.workbooks.running``'s affair. Where thousands of
rows are written in few statements (``written_together``), rows are only judged, and ``write`` comes at the end.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource

from .columns import Column, is_blank
from .reading import ROWS_BETWEEN_SIGNS, Shape, Table


class Entry:
    """One row while it is worked on: the values as they stand or shall stand, and what they are about (or null)."""

    def __init__(self, subject: Any, values: dict[str, Any]) -> None:
        self.subject = subject
        self.__dict__.update(values)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Entry":
        """Values only; the row in the database that they describe is the same."""
        return Entry(self.subject, {name: value for name, value in self.__dict__.items() if name != "subject"})


class Outdated(Exception):
    """What was judged has changed before it was written; nothing was."""


class PortalResource(Resource):
    """What an app subclasses, naming columns (``Column``), ``Meta.import_id_fields`` and the four methods below.

    ``user`` is who imports, set before the first row. ``error_columns`` maps a field that a service complains of to
    the column that a person filled. ``naming`` are the columns by which the preview names a row (none: its key).
    ``blank_key_is_new``: a row without a key is a new one, where keys are the portal's own. ``written_together``:
    ``create`` and ``change`` judge a row and write nothing; ``write`` then writes all.
    """

    max_rows: ClassVar[int] = 2000
    written_together: ClassVar[bool] = False
    required: ClassVar[tuple[str, ...]] = ()
    error_columns: ClassVar[dict[str, str]] = {}
    naming: ClassVar[tuple[str, ...]] = ()
    blank_key_is_new: ClassVar[bool] = False

    class Meta:
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_instance = True
        use_transactions = True
        using_db = "default"
        instance_loader_class = BaseInstanceLoader  # asked for nothing: ``find`` knows

    def __init__(self, **context: Any) -> None:
        super().__init__(**context)
        self.user: Any = None
        self._first_seen: dict[tuple[str, ...], int] = {}
        self._watch: Callable[[int], None] = lambda _rows: None

    # --- What a subclass says ---------------------------------------------------------------------------------------

    def find(self, key: dict[str, Any]) -> Any | None:
        """Return what the row is about, by its key columns, or null where it is new."""
        raise NotImplementedError

    def values_of(self, subject: Any) -> dict[str, Any]:
        """Return column → value as it stands now."""
        raise NotImplementedError

    def create(self, values: dict[str, Any]) -> None:
        """Make what a new row describes, through services. Raises ValidationError or PermissionDenied."""
        raise NotImplementedError

    def change(self, subject: Any, values: dict[str, Any], changed: set[str]) -> None:
        """Change what stands, through services; ``changed`` names the columns that differ."""
        raise NotImplementedError

    def export_rows(self, subjects: Iterable[Any]) -> Iterable[dict[str, Any]]:
        """Return column → value for each; override it where many can be read in few queries."""
        return (self.values_of(subject) for subject in subjects)

    def shape(self) -> Shape:
        """Return what a table has to look like to be read at all."""
        names = {name: column.headings for name, column in self.columns.items()}
        required = self.required or tuple(self.get_import_id_fields())
        return Shape(names=names, required=required, max_rows=self.max_rows)

    def check(self, table: Table) -> None:
        """Refuse a table as a whole, before its rows. Raises WorkbookRefused."""

    def notes(self) -> list[str]:
        """Return what is to be told of the rows as a whole, once all have been judged."""
        return []

    def write(self) -> None:
        """Write all rows that were judged good (``written_together``), in the caller's transaction.

        Raises Outdated where what was judged is no longer so.
        """

    # --- How django-import-export's loop is led -----------------------------------------------------------------------

    @property
    def columns(self) -> dict[str, Column]:
        return self.fields

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.user = kwargs["user"]
        self._first_seen = {}
        self._numbers: list[int] = kwargs["numbers"]
        self._watch = kwargs["watch"]

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """Read the key and refuse one that stood in a row above."""
        number = self._numbers[kwargs["row_number"] - 1]
        if kwargs["row_number"] % ROWS_BETWEEN_SIGNS == 0:
            self._watch(kwargs["row_number"])
        if self._is_keyless(row):
            return
        key = tuple(str(value) for value in self._key(row).values())
        first = self._first_seen.setdefault(key, number)
        if first != number:
            raise ValidationError(_("This row repeats row %(row)s.") % {"row": first})

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Entry | None:
        subject = None if self._is_keyless(row) else self.find(self._key(row))
        return None if subject is None else Entry(subject, self.values_of(subject))

    def init_instance(self, row: dict[str, Any] | None = None) -> Entry:
        return Entry(None, dict.fromkeys(self.fields))

    def import_field(
        self, field: Column, instance: Entry, row: dict[str, Any], is_m2m: bool = False, **kwargs: Any
    ) -> None:
        if field.column_name in row and not is_blank(row[field.column_name]):
            super().import_field(field, instance, row, is_m2m, **kwargs)

    def skip_row(
        self, instance: Entry, original: Entry, row: dict[str, Any], import_validation_errors: Any = None
    ) -> bool:
        return instance.subject is not None and not import_validation_errors and not self.changed(instance, original)

    def validate_instance(
        self, instance: Entry, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def save_instance(self, instance: Entry, is_create: bool, row: dict[str, Any], **kwargs: Any) -> None:
        """Hand the row to the subclass; what a refused row wrote is undone at once, so that others are judged alone."""
        values = {name: getattr(instance, name) for name in self.fields}
        try:
            with self._undoing():
                if is_create:
                    self.create(values)
                else:
                    before = Entry(instance.subject, self.values_of(instance.subject))
                    self.change(instance.subject, values, self.changed(instance, before))
        except PermissionDenied as refused:
            raise ValidationError(_("You may not do this.")) from refused

    def _undoing(self) -> AbstractContextManager[Any]:
        return nullcontext() if self.written_together else transaction.atomic()

    def save_m2m(self, instance: Entry, row: dict[str, Any], **kwargs: Any) -> None:
        """Nothing: services write all of a row."""

    def changed(self, instance: Entry, original: Entry) -> set[str]:
        """Return the columns in which two states of a row differ."""
        return {name for name in self.fields if getattr(instance, name) != getattr(original, name)}

    def _is_keyless(self, row: dict[str, Any]) -> bool:
        return self.blank_key_is_new and all(is_blank(row.get(name)) for name in self.get_import_id_fields())

    def _key(self, row: dict[str, Any]) -> dict[str, Any]:
        key = {}
        for name in self.get_import_id_fields():
            if is_blank(row.get(name)):
                raise ValidationError({name: _("Fill in this cell: it says which row this is.")})
            try:
                key[name] = self.fields[name].widget.clean(row[name])
            except ValueError as wrong:
                raise ValidationError({name: str(wrong)}) from wrong
        return key
