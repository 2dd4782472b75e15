"""The grid's workbook as it comes back: a row for each unit, a column (or two, for a range) for each target.

What is yellow may be typed in. Above the units stand what there is to hand down, the sums and the gaps; they are only
to be read. A blank cell changes nothing. Each row has the day from which its changes are in force.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.workbooks import Column as SheetColumn
from core.workbooks import DateCell, Outdated, TextCell
from core.workbooks.keyed import KeyedResource
from core.workbooks.reading import Table
from plans.excel.cells import FigureCell
from units.models import Unit

from ..enums import IndicatorKind
from ..services import Share, SharesRefused, hand_down_many
from .forms import first_day
from .grid import Cell, Column, Grid
from .splitting import Bounds

NO_UNIT = "–"  # in place of a unit's code: a row that is only to be read
BOUNDS = ("minimum", "maximum")


@dataclass(frozen=True)
class UnitRow:
    """One receiver with its cells, by target id."""

    unit: Unit
    cells: dict[int, Cell]


class SharesResource(KeyedResource):
    """The shares that one unit hands down of one plan; rows are known by the unit's code."""

    product = "targets.shares"
    written_together = True
    max_rows = 2000
    naming = ("unit_name",)

    class Meta:
        import_id_fields = ("unit_code",)

    def __init__(self, grid: Grid) -> None:
        super().__init__()
        self.grid = grid
        self.rows = {unit.code: UnitRow(unit, {cell.target.pk: cell for cell in cells}) for unit, cells in grid.rows}
        self.fields: dict[str, SheetColumn] = {
            "unit_code": SheetColumn("unit_code", gettext_lazy("Unit code"), TextCell(longest=40), width=16),
            "unit_name": SheetColumn("unit_name", gettext_lazy("Unit"), TextCell(longest=300), width=34),
            "effective_on": SheetColumn("effective_on", gettext_lazy("Changes in force from"), DateCell(), width=14),
        }
        self.places: dict[str, tuple[Column, str]] = {}
        for column in grid.columns:
            for bound in bounds_shown(column):
                made = _sheet_column(column, bound)
                self.fields[made.column_name] = made
                self.places[made.column_name] = column, bound
        self._shares: list[tuple[date, Share]] = []

    @property
    def details(self) -> tuple[str, ...]:
        return str(self.grid.plan.pk), self.grid.line.base.code

    def wrong_details(self, found: tuple[str, ...]) -> str:
        return _("This workbook is of another document, or of another unit that hands down. Take the one of this page.")

    def check(self, table: Table) -> None:
        super().check(table)
        table.rows = [row for row in table.rows if row[1].get("unit_code") != NO_UNIT]

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self._shares.clear()

    def find(self, key: dict[str, Any]) -> UnitRow | None:
        return self.rows.get(key["unit_code"])

    def values_of(self, subject: UnitRow) -> dict[str, Any]:
        values: dict[str, Any] = {
            "unit_code": subject.unit.code,
            "unit_name": unit_name(subject.unit),
            "effective_on": None,
        }
        shares = {key: cell.share for key, cell in subject.cells.items()}
        for name, (column, bound) in self.places.items():
            values[name] = getattr(shares[column.target.pk], bound, None)
        return values

    def changed(self, instance: Any, original: Any) -> set[str]:
        """A day alone changes nothing: it says from when the figures of its row are in force."""
        found = super().changed(instance, original)
        return found if found - {"effective_on"} else set()

    def create(self, values: dict[str, Any]) -> None:
        raise ValidationError({"unit_code": _("Nothing is handed down from here to a unit of this code.")})

    def change(self, subject: UnitRow, values: dict[str, Any], changed: set[str]) -> None:
        if "unit_name" in changed:
            words = _("The unit of this code is “%(name)s”. Codes and names are not changed; take the workbook anew.")
            raise ValidationError({"unit_name": words % {"name": unit_name(subject.unit)}})
        day = values["effective_on"] or first_day(self.grid.plan)
        wished = [column for column in self.grid.columns if any(name in changed for name in self.names_of(column))]
        shares = [Share(column.target, subject.unit, *self._bounds(column, values)) for column in wished]
        self._judge(shares, day)
        self._shares += [(day, share) for share in shares]

    def names_of(self, column: Column) -> list[str]:
        """Return the columns of the workbook that hold a target's bounds."""
        return [name for name, (known, _bound) in self.places.items() if known is column]

    def _bounds(self, column: Column, values: dict[str, Any]) -> Bounds:
        said = {self.places[name][1]: values[name] for name in self.names_of(column)}
        return Bounds(said.get("minimum"), said.get("maximum"))

    def _judge(self, shares: list[Share], day: date) -> None:
        """Hand down as in earnest, and undo it. Raises ValidationError at the columns that are wrong."""
        try:
            with transaction.atomic():
                self._hand_down(shares, day)
                transaction.set_rollback(True)
        except SharesRefused as refused:
            raise ValidationError(self._at_columns(refused)) from refused

    def _hand_down(self, shares: list[Share], day: date) -> None:
        line = self.grid.line
        hand_down_many(
            actor=self.user, plan=self.grid.plan, shares=shares, effective_on=day, handed_by=line.base, seen=None
        )

    def _at_columns(self, refused: SharesRefused) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for (target_id, _unit), error in refused.errors.items():
            column = next(one for one in self.grid.columns if one.target.pk == target_id)
            names = {self.places[name][1]: name for name in self.names_of(column)}
            for field, words in error.message_dict.items():
                found.setdefault(names.get(field) or next(iter(names.values())), []).extend(words)
        return found

    def write(self) -> None:
        for day in sorted({day for day, _share in self._shares}):
            try:
                self._hand_down([share for on, share in self._shares if on == day], day)
            except (SharesRefused, ValidationError, PermissionDenied) as changed:
                raise Outdated from changed


def bounds_shown(column: Column) -> list[str]:
    """Return which bounds have a column of their own: those of the target, and those that a share has all the same."""
    shares = [cell.share for cell in column.cells if cell.share is not None]
    target = column.target
    return [
        bound
        for bound in BOUNDS
        if getattr(target, bound) is not None or any(getattr(share, bound) is not None for share in shares)
    ]


def _sheet_column(column: Column, bound: str) -> SheetColumn:
    target, shown = column.target, bounds_shown(column)
    measure = "%" if target.indicator.kind == IndicatorKind.RATIO else target.indicator.measure
    heading: Any = f"{target.code} {target.name} ({measure})"
    if len(shown) > 1 or bound == "maximum":
        word = gettext_lazy("minimum") if bound == "minimum" else gettext_lazy("maximum")
        heading = format_lazy("{}: {}", heading, word)
    return SheetColumn(f"t{target.pk}_{bound}", heading, FigureCell(), width=16)


def unit_name(unit: Unit) -> str:
    """Return what a unit is called in the workbook."""
    return unit.short_name or unit.name
