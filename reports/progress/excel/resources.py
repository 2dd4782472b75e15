"""The rows of the two workbooks: which cell is which figure, and what is wrong with one.

Rows are judged by the very rules of the form (``entries``, ``states``, ``rules``) and kept by ``save_drafts``, which
asks them again.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from core.status_looks import look
from core.workbooks import Column, Outdated, TextCell, WholeCell
from core.workbooks.columns import is_blank
from core.workbooks.keyed import KeyedResource
from reports.progress import rules
from reports.progress.entries import EntryInput
from reports.progress.errors import ReportError
from reports.progress.models import Period, ProgressReport
from reports.progress.services import Draft, save_drafts
from reports.progress.services.saving import entry_problems
from reports.progress.states import OPEN_FOR_ENTRY
from targets.enums import IndicatorKind
from targets.models import Indicator

from .cells import NOT_YET, FigureCell, MilestoneCell, MilestoneColumn
from .months import UnitMonth, indicators_of, months_of

LONGEST_NAME = 300


class FiguresResource(KeyedResource):
    """What both have in common: judging figures of one report, gathering them, writing all at the end."""

    written_together = True

    def __init__(self, user: User, period: Period) -> None:
        super().__init__()
        self.reader = user
        self.period = period
        self._entries: dict[int, dict[int, EntryInput]] = defaultdict(dict)
        self._of: dict[int, UnitMonth] = {}
        self._kept_blank = 0

    @property
    def month_words(self) -> str:
        return f"{self.period.month}/{self.period.year}"

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self._entries.clear()
        self._kept_blank = 0

    def import_field(
        self, field: Column, instance: Any, row: dict[str, Any], is_m2m: bool = False, **kwargs: Any
    ) -> None:
        """Count the blank cells that leave a figure as it stands."""
        if is_blank(row.get(field.column_name)) and getattr(instance, field.column_name) not in (None, ""):
            self._kept_blank += 1
        super().import_field(field, instance, row, is_m2m, **kwargs)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Judge the cells of a row that can be read, too, where others cannot: all that is wrong is told at once."""
        wrong = dict(import_validation_errors or {})
        if wrong and instance.subject is not None:
            now = {name: getattr(instance, name) for name in self.fields}
            changed = {name for name, value in self.values_of(instance.subject).items() if value != now[name]}
            try:
                self.change(instance.subject, now, changed)
            except ValidationError as more:
                wrong = {**more.error_dict, **wrong}
        super().validate_instance(instance, wrong, validate_unique)

    def notes(self) -> list[str]:
        if not self._kept_blank:
            return []
        words = ngettext(
            "%(count)s cell is blank although the portal holds something there. A blank cell changes nothing; "
            "to take a figure out, clear it in the report's form.",
            "%(count)s cells are blank although the portal holds something there. A blank cell changes nothing; "
            "to take a figure out, clear it in the report's form.",
            self._kept_blank,
        )
        return [words % {"count": self._kept_blank}]

    def judge(
        self, month: UnitMonth, entries: dict[int, EntryInput], columns: "Columns", changed: Iterable[str]
    ) -> None:
        """Keep these entries of a report for ``write``. Raises ValidationError with a sentence at each wrong cell.

        ``changed``: the columns that say something new.
        """
        wrong = self._not_now(month)
        if wrong:
            raise ValidationError(dict.fromkeys(changed, wrong))
        found: dict[str, list[str]] = defaultdict(list)
        for key in entries:
            if key in month.done:
                name, day = month.done[key]
                words = _("It was reported done on %(day)s, in month %(month)s/%(year)s. Correct it there.")
                told = {"day": f"{day.day}/{day.month}/{day.year}", "month": name.month, "year": name.year}
                found[columns.first_of(key)].append(words % told)
        for problem in entry_problems(month.report, entries, month.asked.values()):
            found[columns.at(problem.indicator_id, problem.field)].append(problem.message)
        if found:
            raise ValidationError(dict(found))
        self._entries[month.report.pk].update(entries)
        self._of[month.report.pk] = month

    def _not_now(self, month: UnitMonth) -> str:
        """Why this person cannot change the report as it stands; blank where nothing is in the way."""
        if not rules.can_enter.test(self.reader, month.report):
            return _("You do not enter figures for %(unit)s.") % {"unit": month.report.unit.short_name}
        if month.report.state not in OPEN_FOR_ENTRY:
            words = _("The report of %(unit)s is “%(state)s”: its figures do not change.")
            state = look(month.report.state, "report").word
            return words % {"unit": month.report.unit.short_name, "state": state}
        return ""

    def write(self) -> None:
        drafts = [
            Draft(self._of[pk].report, self._of[pk].report.version, entries) for pk, entries in self._entries.items()
        ]
        try:
            save_drafts(actor=self.user, drafts=drafts)
        except (ReportError, PermissionDenied) as changed:
            raise Outdated from changed


@dataclass(frozen=True)
class Columns:
    """Which columns of a row hold the figures of an indicator, by the entry's fields."""

    places: dict[int, dict[str, str]]

    def first_of(self, indicator_id: int) -> str:
        return next(iter(self.places[indicator_id].values()))

    def at(self, indicator_id: int | None, field: str) -> str:
        """The column of a field that is complained of; the indicator's first where the field has none."""
        named = self.places[indicator_id or 0]
        return named.get(field, self.first_of(indicator_id or 0))


def with_value(entry: EntryInput, field: str, value: Any) -> EntryInput:
    """The entry with what one cell says; a milestone's cell says both whether and when."""
    if field == "done_on":
        return replace(entry, is_done=value != NOT_YET, done_on=None if value == NOT_YET else value)
    return replace(entry, **{field: value})


def _column_of(indicator: Indicator, field: str) -> Column:
    name = f"i{indicator.pk}_{field}"
    if field == "done_on":
        words = format_lazy("{}: {}", indicator.name, gettext_lazy("done on"))
        return MilestoneColumn(name, words, MilestoneCell(), width=14)
    if field == "amount":
        return Column(name, f"{indicator.name} ({indicator.measure})", FigureCell(), width=14)
    part = gettext_lazy("reached") if field == "numerator" else gettext_lazy("out of the total")
    return Column(name, format_lazy("{}: {} ({})", indicator.name, part, indicator.measure), FigureCell(), width=14)


FIELDS_SHOWN: dict[str, tuple[str, ...]] = {
    IndicatorKind.AMOUNT: ("amount",),
    IndicatorKind.RATIO: ("numerator", "denominator"),
    IndicatorKind.MILESTONE: ("done_on",),
}


class MonthResource(FiguresResource):
    """The whole month: one row is one unit's report, known by the unit's code; a column (or two) for each figure."""

    product = "reports.month"
    max_rows = 5000
    naming = ("unit_name",)

    class Meta:
        import_id_fields = ("unit_code",)

    def __init__(self, user: User, period: Period, reports: Iterable[ProgressReport]) -> None:
        super().__init__(user, period)
        self.months = {month.report.unit.code: month for month in months_of(reports)}
        self.indicators = indicators_of(self.months.values())
        self.fields = {
            "unit_code": Column("unit_code", gettext_lazy("Unit code"), TextCell(longest=40), width=16),
            "unit_name": Column("unit_name", gettext_lazy("Unit"), TextCell(longest=LONGEST_NAME), width=34),
        }
        self.places: dict[str, tuple[Indicator, str]] = {}
        for indicator in self.indicators:
            for field in FIELDS_SHOWN[indicator.kind]:
                column = _column_of(indicator, field)
                self.fields[column.column_name] = column
                self.places[column.column_name] = indicator, field
        named: dict[int, dict[str, str]] = defaultdict(dict)
        for name, (indicator, field) in self.places.items():
            named[indicator.pk][field] = name
        self._columns = Columns(named)

    @property
    def details(self) -> tuple[str, ...]:
        return (str(self.period),)

    def wrong_details(self, found: tuple[str, ...]) -> str:
        words = _("This workbook is not the one of month %(month)s. Take that one and fill it in.")
        return words % {"month": self.month_words}

    def find(self, key: dict[str, Any]) -> UnitMonth | None:
        return self.months.get(key["unit_code"])

    def values_of(self, subject: UnitMonth) -> dict[str, Any]:
        unit = subject.report.unit
        values: dict[str, Any] = {"unit_code": unit.code, "unit_name": unit.short_name}
        for name, (indicator, field) in self.places.items():
            is_day = field == "done_on"
            values[name] = subject.milestone(indicator.pk) if is_day else getattr(subject.entry(indicator.pk), field)
        return values

    def create(self, values: dict[str, Any]) -> None:
        raise ValidationError({"unit_code": _("You have no unit of this code that reports in this month.")})

    def change(self, subject: UnitMonth, values: dict[str, Any], changed: set[str]) -> None:
        if "unit_name" in changed:
            words = _("The unit of this code is “%(name)s”. Codes and names are not changed; take the workbook anew.")
            raise ValidationError({"unit_name": words % {"name": subject.report.unit.short_name}})
        entries: dict[int, EntryInput] = {}
        for name, (indicator, field) in self.places.items():
            if name in changed:
                entry = entries.get(indicator.pk, subject.entry(indicator.pk))
                entries[indicator.pk] = with_value(entry, field, values[name])
        self.judge(subject, entries, self._columns, [name for name in self.places if name in changed])


class UnitResource(FiguresResource):
    """One unit's month: one row is one figure, known by the indicator's number in a hidden column."""

    product = "reports.unit"
    max_rows = 500
    naming = ("name",)

    indicator = Column("indicator", gettext_lazy("Number of the figure"), WholeCell(largest=10**9), width=8)
    name = Column("name", gettext_lazy("What is reported"), TextCell(longest=LONGEST_NAME), width=52)
    figure = Column("figure", gettext_lazy("This month (for a ratio: reached)"), FigureCell(), width=16)
    denominator = Column("denominator", gettext_lazy("Out of the total (ratios only)"), FigureCell(), width=16)
    done_on = MilestoneColumn("done_on", gettext_lazy("Done on (milestones only)"), MilestoneCell(), width=16)
    note = Column("note", gettext_lazy("Note"), TextCell(longest=500), width=36)

    class Meta:
        import_id_fields = ("indicator",)

    def __init__(self, user: User, report: ProgressReport) -> None:
        super().__init__(user, report.period)
        self.month = months_of([report])[0]
        self.indicators = {one.pk: one for one in indicators_of([self.month])}

    @property
    def details(self) -> tuple[str, ...]:
        return str(self.period), self.month.report.unit.code

    def wrong_details(self, found: tuple[str, ...]) -> str:
        words = _("This workbook is not the one of %(unit)s in month %(month)s. Take that one and fill it in.")
        return words % {"unit": self.month.report.unit.short_name, "month": self.month_words}

    def find(self, key: dict[str, Any]) -> Indicator | None:
        return self.indicators.get(key["indicator"])

    def values_of(self, subject: Indicator) -> dict[str, Any]:
        entry = self.month.entry(subject.pk)
        return {
            "indicator": subject.pk,
            "name": subject.name,
            "figure": entry.numerator if subject.kind == IndicatorKind.RATIO else entry.amount,
            "denominator": entry.denominator,
            "done_on": self.month.milestone(subject.pk) if subject.kind == IndicatorKind.MILESTONE else None,
            "note": entry.note,
        }

    def create(self, values: dict[str, Any]) -> None:
        raise ValidationError({"name": _("This is not asked of the unit in this month.")})

    def change(self, subject: Indicator, values: dict[str, Any], changed: set[str]) -> None:
        if "name" in changed:
            words = _("In this row stands “%(name)s”. Names are not changed; take the workbook anew.")
            raise ValidationError({"name": words % {"name": subject.name}})
        fields = _FIELDS_OF_UNIT[subject.kind]
        if strange := changed - set(fields) - {"note"}:
            words = _("Nothing is written in this cell for “%(name)s”.") % {"name": subject.name}
            raise ValidationError(dict.fromkeys(sorted(strange), words))
        entry = self.month.entry(subject.pk)
        for name in sorted(changed):
            entry = with_value(entry, {**fields, "note": "note"}[name], values[name])
        places = {field: name for name, field in fields.items()}
        self.judge(self.month, {subject.pk: entry}, Columns({subject.pk: {**places, "note": "note"}}), sorted(changed))


# Kind → the columns that say something of it, and what of an entry they are.
_FIELDS_OF_UNIT: dict[str, dict[str, str]] = {
    IndicatorKind.AMOUNT: {"figure": "amount"},
    IndicatorKind.RATIO: {"figure": "numerator", "denominator": "denominator"},
    IndicatorKind.MILESTONE: {"done_on": "done_on"},
}
