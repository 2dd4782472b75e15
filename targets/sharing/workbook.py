"""Writing the grid as a workbook: sums and gaps above, then a row for each unit; the day of each share beside it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.workbooks.export import DAY_FORMAT
from core.workbooks.filling import FillCell, FillColumn, FillSheet, number_rule, write_filling
from plans.fields import BIGGEST

from ..enums import IndicatorKind
from .excel import NO_UNIT, SharesResource
from .forms import first_day
from .grid import Column, Grid
from .splitting import Bounds

WHOLE_FORMAT, DECIMAL_FORMAT = "#,##0", "#,##0.####"
_HEAD = ("unit_code", "unit_name", "effective_on")


def shares_workbook(resource: SharesResource) -> bytes:
    """The workbook of the grid as it stands: cells that may be handed down are open, all else is locked."""
    grid = resource.grid
    columns = [FillColumn(resource.columns[name].label, resource.columns[name].width, key=name) for name in _HEAD]
    for column in grid.columns:
        names = resource.names_of(column)
        columns += [FillColumn(resource.columns[name].label, 16, key=name, rule=_rule(column)) for name in names]
        columns.append(FillColumn(_("in force from"), 12))
    title = _("Shares handed down: %(plan)s") % {"plan": grid.plan.symbol or grid.plan.title}
    sheet = FillSheet(title, _words(grid), resource.marks, columns, frozen=2, name=_("Shares handed down"))
    return write_filling(sheet, [*_sums(resource), *_units(resource)])


def _words(grid: Grid) -> list[str]:
    return [
        grid.line.base.name,
        _("Type in the yellow cells only. A blank cell changes nothing; write 0 where nothing is asked any more."),
        _("A change is a new share from the day of its row on; earlier shares stay on record."),
    ]


def _rule(column: Column) -> Any:
    is_ratio = column.target.indicator.kind == IndicatorKind.RATIO
    most = 100 if is_ratio else int(BIGGEST)
    return number_rule(whole=False, most=most, title=_("A figure"), words=_("A number from 0 on."))


def _format(column: Column) -> str:
    is_whole = column.target.indicator.is_whole and column.target.indicator.kind == IndicatorKind.AMOUNT
    return WHOLE_FORMAT if is_whole else DECIMAL_FORMAT


def _sums(resource: SharesResource) -> Iterator[list[FillCell]]:
    """What there is to hand down, the sums, what is beyond or short of it, and how many units have a share."""

    def row(word: str, values: Iterable[tuple[Column, Bounds]]) -> list[FillCell]:
        cells = [FillCell(NO_UNIT), FillCell(word), FillCell(None)]
        for column, bounds in values:
            for name in resource.names_of(column):
                is_low = resource.places[name][1] == "minimum"
                value = bounds.minimum if is_low else bounds.maximum
                cells.append(FillCell(value, number_format=_format(column)))
            cells.append(FillCell(None))
        return cells

    none, columns = Bounds(None), resource.grid.columns
    yield row(_("To hand down"), [(column, column.due or none) for column in columns])
    yield row(_("Handed down"), [(column, column.handed or none) for column in columns])
    yield row(_("Beyond (+) or short of it (−)"), [(column, _at_key(column, column.gap)) for column in columns])
    counts = [(column, _at_key(column, Decimal(len(column.filled)))) for column in columns]
    yield row(_("Units with a share"), counts)


def _at_key(column: Column, value: Decimal | None) -> Bounds:
    return Bounds(None, value) if column.is_limit else Bounds(value)


def _units(resource: SharesResource) -> Iterator[list[FillCell]]:
    may, day = resource.grid.line.may_hand_down, first_day(resource.grid.plan)
    for row in resource.rows.values():
        values = resource.values_of(row)
        cells = [FillCell(values["unit_code"]), FillCell(values["unit_name"]), FillCell(day, may, DAY_FORMAT)]
        for column in resource.grid.columns:
            cell = row.cells[column.target.pk]
            names, may_fill = resource.names_of(column), may and cell.is_open
            cells += [FillCell(values[name], may_fill, _format(column)) for name in names]
            cells.append(FillCell(cell.share.effective_on if cell.share else None, number_format=DAY_FORMAT))
        yield cells
