"""Workbooks that the portal makes to be filled in: how they are known again, and that nobody changed their frame.

Above the headings that people see stand two hidden rows: marks (whose workbook it is) and keys (which column is
which). ``core.workbooks.filling`` writes them. The sheet is protected against slips only; all is looked at again here.
"""

from typing import ClassVar

from django.utils.translation import gettext as _

from .opening import WorkbookRefused
from .reading import Shape, Table, cell_name
from .resource import PortalResource

MADE_BY = "doan-portal"
LONGEST_SHOWN = 80
MORE_COLUMNS = 40  # besides the resource's own: those to be read only, and what a person wrote beside them


def key_of(name: str) -> str:
    """Return what stands in the hidden row of keys for a column."""
    return f"#{name}"


class KeyedResource(PortalResource):
    """The rows of such a workbook. ``product`` names the kind of workbook; ``details`` which of them this is.

    Formulas are refused, cell by cell. Columns that the workbook lacks change nothing; keys that are not known refuse
    all of it, for their figures would be lost.
    """

    product: ClassVar[str]

    @property
    def details(self) -> tuple[str, ...]:
        """Return what tells this workbook from others of its kind: a month, a unit's code."""
        raise NotImplementedError

    def wrong_details(self, found: tuple[str, ...]) -> str:
        """Return the sentence for a workbook of the same kind with other details."""
        raise NotImplementedError

    @property
    def marks(self) -> tuple[str, ...]:
        """Return the cells of the hidden row of marks."""
        return (MADE_BY, self.product, *self.details)

    def shape(self) -> Shape:
        return Shape(
            names={name: [key_of(name)] for name in self.columns},
            required=self.required or tuple(self.get_import_id_fields()),
            max_rows=self.max_rows,
            max_columns=len(self.columns) + MORE_COLUMNS,
            keyed=True,
            keeps_formulas=True,
        )

    def check(self, table: Table) -> None:
        """Refuse another workbook, an unknown column and a changed heading. Raises WorkbookRefused."""
        if table.marks[:2] != self.marks[:2]:
            raise WorkbookRefused(_("This workbook is of another kind. Take the one of this page and fill that in."))
        if table.marks != self.marks:
            raise WorkbookRefused(self.wrong_details(table.marks[2:]))
        for position in table.strange:
            raise WorkbookRefused(
                _("The column of cell %(cell)s, “%(heading)s”, is not asked for any more. Take the workbook anew.")
                % {"cell": cell_name(position, table.seen_row), "heading": _short(table.seen_headings.get(position))}
            )
        for name, position in table.positions.items():
            self._check_heading(table, name, position)

    def _check_heading(self, table: Table, name: str, position: int) -> None:
        column, found = self.columns[name], table.seen_headings.get(position, "")
        known = [" ".join(heading.split()) for heading in column.headings]
        if found in known:
            return
        words = _(
            "Cell %(cell)s must hold the heading “%(heading)s”, but it holds “%(found)s”. "
            "Headings are not changed: take the workbook anew."
        )
        cell = cell_name(position, table.seen_row)
        raise WorkbookRefused(words % {"cell": cell, "heading": known[0], "found": _short(found)})


def _short(text: str | None) -> str:
    return (text or "")[:LONGEST_SHOWN]
