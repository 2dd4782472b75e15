"""Writing the two workbooks: what may be typed in is open and yellow, all else is locked and grey."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.worksheet.datavalidation import DataValidation

from accounts.models import User
from core.status_looks import look
from core.templatetags.portal_numbers import vn_number
from core.workbooks import Column
from core.workbooks.export import DAY_FORMAT
from core.workbooks.filling import FillCell, FillColumn, FillSheet, day_rule, number_rule, write_filling
from reports.progress.entries import BIGGEST
from reports.progress.models import ProgressReport
from reports.progress.sheet import Line, sheet_of
from targets.enums import IndicatorKind
from targets.models import Indicator

from .cells import NOT_YET_WORD
from .resources import MonthResource, UnitResource

WHOLE_FORMAT, DECIMAL_FORMAT = "#,##0", "#,##0.####"


def words_above(resource: MonthResource | UnitResource) -> list[str]:
    """How the workbook is filled in, line by line."""
    day = f"{resource.period.last_day.day}/{resource.period.last_day.month}/{resource.period.last_day.year}"
    return [
        _("Type in the yellow cells only. A blank cell means that nothing is said: it changes nothing. None is 0."),
        _("A ratio takes two numbers as they stand on %(day)s: reached, and out of the total; never a percentage.")
        % {"day": day},
        _("A milestone takes the day on which it was done (26/3/2024), or the words “%(word)s”. No formulas.")
        % {"word": NOT_YET_WORD},
    ]


def month_workbook(resource: MonthResource, user: User) -> bytes:
    """The whole month's workbook: what stands is filled in, the cells that this person may fill in are open."""
    title = _("Figures of month %(month)s, all units") % {"month": resource.month_words}
    words = words_above(resource)
    columns = [
        _named(resource, "unit_code"),
        _named(resource, "unit_name"),
        FillColumn(_("State"), 16),
    ]
    sheet = FillSheet(title, words, resource.marks, columns, frozen=3, name=_sheet_name(resource))
    for name, (indicator, field) in resource.places.items():
        rule = _rule(indicator, field, len(columns) + 1, sheet.heading_row + 1)
        columns.append(_named(resource, name, rule))
    return write_filling(sheet, _month_rows(resource, user))


def _month_rows(resource: MonthResource, user: User) -> Iterator[list[FillCell]]:
    formats = {name: _format(indicator, field) for name, (indicator, field) in resource.places.items()}
    for month in resource.months.values():
        values, may = resource.values_of(month), month.may_fill(user)
        row = [
            FillCell(values["unit_code"]),
            FillCell(values["unit_name"]),
            FillCell(str(look(month.report.state, "report").word)),
        ]
        for name, (indicator, _field) in resource.places.items():
            value = resource.fields[name].cell(values[name])
            row.append(FillCell(value, may and month.takes(indicator.pk), formats[name]))
        yield row


def unit_workbook(resource: UnitResource, report: ProgressReport, user: User) -> bytes:
    """One unit's workbook: a row for each figure, with what it came to before this month."""
    sheet_now = sheet_of(report)
    title = _("Report of month %(month)s: %(unit)s") % {"month": resource.month_words, "unit": report.unit.name}
    before = sheet_now.month_before
    columns = [
        FillColumn(_("No."), 6),
        _named(resource, "name"),
        FillColumn(_("Measure"), 14),
        FillColumn(_("To the end of month %(month)s") % {"month": f"{before.month}/{before.year}"}, 16),
    ]
    sheet = FillSheet(title, words_above(resource), resource.marks, columns, frozen=2, name=_sheet_name(resource))
    first = sheet.heading_row + 1
    columns += [
        _named(resource, "figure", _number_rule(whole=False)),
        _named(resource, "denominator", _number_rule(whole=False)),
        _named(resource, "done_on", _day_rule(len(columns) + 3, first)),
        _named(resource, "note"),
        _named(resource, "indicator", hidden=True),
    ]
    lines = {line.indicator.pk: line for line in sheet_now.lines}
    rows = (
        _unit_row(resource, lines[key], number, resource.month.may_fill(user))
        for number, key in enumerate(resource.indicators, start=1)
    )
    return write_filling(sheet, rows)


def _unit_row(resource: UnitResource, line: Line, number: int, may: bool) -> list[FillCell]:
    indicator = line.indicator
    values, kind = resource.values_of(indicator), indicator.kind
    may = may and resource.month.takes(indicator.pk)
    shown, done = _format(indicator, "amount"), resource.columns["done_on"].cell(values["done_on"])
    return [
        FillCell(number),
        FillCell(indicator.name),
        FillCell("" if kind == IndicatorKind.MILESTONE else indicator.measure),
        FillCell(_before(line), number_format=shown, to_right=True),
        FillCell(values["figure"], may and kind != IndicatorKind.MILESTONE, shown),
        FillCell(values["denominator"], may and kind == IndicatorKind.RATIO, shown),
        FillCell(done, may and kind == IndicatorKind.MILESTONE, DAY_FORMAT),
        FillCell(values["note"] or None, may, "@"),
        FillCell(indicator.pk),
    ]


def _before(line: Line) -> Any:
    """What the figure came to before this month, as the form shows it; null where nothing was said."""
    if line.is_sum or line.newest is None:
        return line.earlier
    entry = line.newest.entry
    if line.indicator.kind == IndicatorKind.RATIO:
        return f"{vn_number(entry.numerator)}/{vn_number(entry.denominator)}"
    return entry.amount


def _named(
    resource: MonthResource | UnitResource, name: str, rule: DataValidation | None = None, *, hidden: bool = False
) -> FillColumn:
    column: Column = resource.columns[name]
    return FillColumn(column.label, column.width, key=name, rule=rule, hidden=hidden)


def _rule(indicator: Indicator, field: str, column: int, row: int) -> DataValidation:
    return _day_rule(column, row) if field == "done_on" else _number_rule(whole=indicator.is_whole)


def _number_rule(*, whole: bool) -> DataValidation:
    words = _("A whole number from 0 on.") if whole else _("A number from 0 on.")
    return number_rule(whole=whole, most=int(BIGGEST), title=_("A figure"), words=words)


def _day_rule(column: int, row: int) -> DataValidation:
    words = _("Write the day on which it was done, like 26/3/2024. Where it is not done, write “%(word)s”.")
    told = words % {"word": NOT_YET_WORD}
    return day_rule(column=column, row=row, word=str(NOT_YET_WORD), title=_("Done or not"), words=told)


def _format(indicator: Indicator, field: str) -> str:
    if field == "done_on":
        return DAY_FORMAT
    return WHOLE_FORMAT if indicator.is_whole else DECIMAL_FORMAT


def _sheet_name(resource: MonthResource | UnitResource) -> str:
    # Excel takes no slash in the name of a sheet.
    return _("Month %(month)s") % {"month": resource.month_words.replace("/", "-")}
