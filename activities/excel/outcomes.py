"""Outcomes of an activity that many units do, as a workbook: a row for each unit, or for each day that it recorded.

Where the activity has occurrences, a row is what a unit did in one of them, and a column says which one it is. What is
yellow may be typed in; a blank cell changes nothing. Every row goes through ``record_participation``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.scope import units_for
from core import clock
from core.workbooks import Column, DateCell, Outdated, TextCell, WholeCell
from core.workbooks.export import DAY_FORMAT
from core.workbooks.filling import FillCell, FillColumn, FillSheet, number_rule, write_filling
from core.workbooks.keyed import KeyedResource
from plans.excel.cells import FigureCell
from plans.fields import BIGGEST
from targets.enums import IndicatorKind
from targets.models import Indicator
from units.models import Unit

from ..models import Activity, Occurrence, Participation
from ..occurrences.wording import occurrence_text
from ..rules import RECORDING_ROLES
from ..selectors import occurrences_of, units_taking_part
from ..services import record_participation
from ..wording import time_of

WHOLE_FORMAT, DECIMAL_FORMAT = "#,##0", "#,##0.####"
MOST_PEOPLE = 10_000_000


@dataclass(frozen=True)
class OutcomeRow:
    """A unit, with what it did on one day or in one occurrence; ``participation`` null: nothing yet.

    ``occurrence`` is null where the activity has none, and for what was recorded beyond them.
    """

    unit: Unit
    participation: Participation | None = None
    occurrence: Occurrence | None = None

    @property
    def key(self) -> str:
        day = self.participation.done_on.isoformat() if self.participation else ""
        return "|".join([self.unit.code, day, *([str(self.occurrence.pk)] if self.occurrence else [])])


@dataclass(frozen=True)
class Outcome:
    """What is to be recorded. ``known`` is when the outcome that it corrects was recorded, null for a new one.

    ``host`` owns the figures of what was held together; a workbook does not change it.
    """

    unit: Unit
    done_on: date
    people: int | None
    note: str
    figures: dict[Indicator, Decimal]
    known: datetime | None
    occurrence: Occurrence | None = None
    host: Unit | None = None

    @property
    def place(self) -> tuple[int, int | None, date | None]:
        """By what there is only one of it: unit and occurrence, or unit and day."""
        return place_of(self.unit.pk, self.occurrence.pk if self.occurrence else None, self.done_on)


def place_of(unit: int, occurrence: int | None, day: date) -> tuple[int, int | None, date | None]:
    """Return what tells the outcome from the others of its activity."""
    return unit, occurrence, day if occurrence is None else None


class OutcomesResource(KeyedResource):
    """What the units in the person's reach did in one activity; rows are known by unit, day and time as they stood."""

    product = "activities.outcomes"
    written_together = True
    max_rows = 10_000
    naming = ("unit_name", "which")

    class Meta:
        import_id_fields = ("row",)

    def __init__(self, activity: Activity, user: User) -> None:
        super().__init__()
        self.activity = activity
        self.occurrences = occurrences_of(activity)
        self.indicators = list(activity.indicators.filter(kind=IndicatorKind.AMOUNT))
        self.fields: dict[str, Column] = {
            "row": Column("row", gettext_lazy("Row"), TextCell(longest=80), width=10),
            "unit_name": Column("unit_name", gettext_lazy("Unit"), TextCell(longest=300), width=40),
            **({"which": _which_time()} if self.occurrences else {}),
            "done_on": Column("done_on", gettext_lazy("Held on"), DateCell(), width=14),
            "people": Column("people", gettext_lazy("People taking part"), WholeCell(largest=MOST_PEOPLE), width=14),
        }
        self.places = {f"i{indicator.pk}": indicator for indicator in self.indicators}
        for name, indicator in self.places.items():
            self.fields[name] = Column(name, f"{indicator.name} ({indicator.measure})", FigureCell(), width=18)
        self.fields["note"] = Column("note", gettext_lazy("Note"), TextCell(longest=2000), width=40)
        self._read(user)
        self._outcomes: list[Outcome] = []

    def _read(self, user: User) -> None:
        """Units that may be recorded for, and what each has recorded; three queries whatever their number."""
        reach = units_taking_part(self.activity) & units_for(user, *RECORDING_ROLES)
        units = list(reach.open_on(clock.today()).order_by("path"))  # type: ignore[attr-defined]
        found = Participation.objects.filter(activity=self.activity, unit__in=[unit.pk for unit in units])
        recorded: dict[int, list[Participation]] = {}
        for participation in found.prefetch_related("figures__indicator").order_by("done_on"):
            recorded.setdefault(participation.unit_id, []).append(participation)
        self._recorded = recorded
        self._shown = [row for unit in units for row in self._rows_of(unit)]
        open_ones = [] if self.occurrences else [OutcomeRow(unit) for unit in units]
        blank = [OutcomeRow(unit, occurrence=one) for unit in units for one in self.occurrences]
        self._rows = {row.key: row for row in [*open_ones, *blank, *self._shown]}

    def _rows_of(self, unit: Unit) -> Iterator[OutcomeRow]:
        """What the unit recorded, and rows to fill in: one for each of the occurrences, or while not all are held."""
        found = self._recorded.get(unit.pk, [])
        yield from (OutcomeRow(unit, one) for one in found if one.occurrence_id is None)
        by_occurrence = {one.occurrence_id: one for one in found}
        yield from (OutcomeRow(unit, by_occurrence.get(one.pk), one) for one in self.occurrences)
        if not self.occurrences and len(found) < self.activity.repeats:
            yield OutcomeRow(unit)

    @property
    def shown(self) -> list[OutcomeRow]:
        """The rows that go out."""
        return self._shown

    @property
    def details(self) -> tuple[str, ...]:
        return (str(self.activity.pk),)

    def wrong_details(self, found: tuple[str, ...]) -> str:
        return _("This workbook is of another activity. Take the one of this page.")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self._outcomes.clear()

    def find(self, key: dict[str, Any]) -> OutcomeRow | None:
        return self._rows.get(key["row"])

    def values_of(self, subject: OutcomeRow) -> dict[str, Any]:
        values: dict[str, Any] = {**dict.fromkeys(self.fields), "row": subject.key, "unit_name": subject.unit.name}
        if subject.occurrence is not None:
            values["which"] = occurrence_text(subject.occurrence)
        taken_part = subject.participation
        if taken_part is None:
            return values
        figures = {f"i{figure.indicator_id}": figure.amount for figure in taken_part.figures.all()}
        own = {name: getattr(taken_part, name) for name in ("done_on", "people", "note")}
        return {**values, **own, **{name: figures.get(name) for name in self.places}}

    def changed(self, instance: Any, original: Any) -> set[str]:
        """A row that says what was recorded there meanwhile, say by itself the time before, changes nothing."""
        found = super().changed(instance, original)
        same = self._meanwhile(instance.subject, instance.done_on) if instance.subject else None
        if same is None:
            return found
        stands = self.values_of(OutcomeRow(instance.subject.unit, same, instance.subject.occurrence))
        return {name for name in found if getattr(instance, name) != stands[name]}

    def _meanwhile(self, subject: OutcomeRow, day: date | None) -> Participation | None:
        """What is recorded for the occurrence or the typed day of a row of which nothing was; null where nothing is."""
        if subject.participation is not None:
            return None
        recorded = self._recorded.get(subject.unit.pk, [])
        if subject.occurrence is not None:
            return next((one for one in recorded if one.occurrence_id == subject.occurrence.pk), None)
        return next((one for one in recorded if one.done_on == day), None)

    def create(self, values: dict[str, Any]) -> None:
        raise ValidationError({"unit_name": _("Nothing of this unit and day stands here. Take the workbook anew.")})

    def change(self, subject: OutcomeRow, values: dict[str, Any], changed: set[str]) -> None:
        self._check_names(subject, changed)
        self._check_day(subject, values["done_on"], changed)
        outcome = self._outcome(subject, values)
        try:
            with transaction.atomic():
                self._record(outcome)
                transaction.set_rollback(True)
        except ValidationError as error:
            raise self._at_columns(error) from error
        self._outcomes.append(outcome)

    def _check_names(self, subject: OutcomeRow, changed: set[str]) -> None:
        """The columns that are only read say what they said. Raises ValidationError at them."""
        if "unit_name" in changed:
            words = _("The unit of this row is “%(name)s”. Names are not changed; take the workbook anew.")
            raise ValidationError({"unit_name": words % {"name": subject.unit.name}})
        if "which" in changed:
            which = occurrence_text(subject.occurrence) if subject.occurrence else "–"
            words = _("This row is of “%(which)s” now. Times are not changed here; take the workbook anew.")
            raise ValidationError({"which": words % {"which": which}})

    def _at_columns(self, error: ValidationError) -> ValidationError:
        """Show what the service says of the unit, the occurrence and of figures at a column of the sheet."""
        if not hasattr(error, "error_dict"):
            return error
        which = "which" if self.occurrences else "unit_name"
        places = {"unit": "unit_name", "occurrence": which, "figures": next(iter(self.places), "people")}
        return ValidationError({places.get(name, name): said for name, said in error.message_dict.items()})

    def _check_day(self, subject: OutcomeRow, day: date | None, changed: set[str]) -> None:
        if day is None:
            raise ValidationError({"done_on": _("Say on which day it was held.")})
        if subject.participation is not None and subject.occurrence is None and "done_on" in changed:
            stands = self.columns["done_on"].show(subject.participation.done_on)
            words = _("The day of what was recorded is not changed here: %(day)s stands. Record another day by itself.")
            raise ValidationError({"done_on": words % {"day": stands}})
        if self._meanwhile(subject, day) is not None:
            words = _("Another outcome of this unit was recorded for this day meanwhile. Take the workbook anew.")
            if subject.occurrence is not None:
                words = _("Another outcome of this unit was recorded for this time meanwhile. Take the workbook anew.")
            raise ValidationError({"done_on": words})

    def _outcome(self, subject: OutcomeRow, values: dict[str, Any]) -> Outcome:
        """What is recorded then; figures of indicators that the activity does not name any more stay."""
        before = subject.participation
        others = [] if before is None else [f for f in before.figures.all() if f"i{f.indicator_id}" not in self.places]
        kept = {figure.indicator: figure.amount for figure in others}
        given = {indicator: values[name] for name, indicator in self.places.items() if values[name] is not None}
        known = before.recorded_at if before else None
        note = values["note"] or ""
        facts = (subject.unit, values["done_on"], values["people"], note, {**kept, **given}, known)
        return Outcome(*facts, subject.occurrence, before.host if before else None)

    def _record(self, outcome: Outcome) -> None:
        record_participation(
            actor=self.user,
            activity=self.activity,
            unit=outcome.unit,
            done_on=outcome.done_on,
            people=outcome.people,
            note=outcome.note,
            figures=outcome.figures,
            occurrence=outcome.occurrence,
            host=outcome.host,
        )

    def write(self) -> None:
        Activity.objects.select_for_update(of=("self",)).get(pk=self.activity.pk)
        rows = Participation.objects.filter(activity=self.activity)
        places = rows.values_list("unit", "occurrence", "done_on", "recorded_at")
        stands = {place_of(unit, occurrence, day): at for unit, occurrence, day, at in places}
        for outcome in self._outcomes:
            if stands.get(outcome.place) != outcome.known:
                raise Outdated
            try:
                self._record(outcome)
            except (ValidationError, PermissionDenied) as changed:
                raise Outdated from changed


def _which_time() -> Column:
    return Column("which", gettext_lazy("Which time"), TextCell(longest=100), width=24)


def outcomes_workbook(resource: OutcomesResource) -> bytes:
    """Return the workbook as it stands, to be filled in; the hidden column says which row is which."""
    names = [name for name in resource.columns if name != "row"]
    columns = [
        FillColumn(_("No."), 6),
        *(_column(resource, name) for name in names),
        FillColumn(resource.columns["row"].label, 10, key="row", hidden=True),
    ]
    words = [
        f"{resource.activity.name} · {time_of(resource.activity)}",
        _("Type in the yellow cells only. A blank cell changes nothing; leave a row blank where nothing was held yet."),
        _("The figures are offered to the month's report of the unit; nothing is counted twice."),
    ]
    sheet = FillSheet(_("Outcomes of units"), words, resource.marks, columns, frozen=2)
    return write_filling(sheet, (_cells(resource, number, row) for number, row in enumerate(resource.shown, start=1)))


def _column(resource: OutcomesResource, name: str) -> FillColumn:
    column, rule = resource.columns[name], None
    if name == "people":
        rule = number_rule(
            whole=True, most=MOST_PEOPLE, title=_("People taking part"), words=_("A whole number from 0 on.")
        )
    elif name in resource.places:
        whole = resource.places[name].is_whole
        words = _("A whole number from 0 on.") if whole else _("A number from 0 on.")
        rule = number_rule(whole=whole, most=int(BIGGEST), title=_("A figure"), words=words)
    return FillColumn(column.label, column.width, key=name, rule=rule)


def _cells(resource: OutcomesResource, number: int, row: OutcomeRow) -> Sequence[FillCell]:
    values = resource.values_of(row)
    formats = {name: WHOLE_FORMAT if one.is_whole else DECIMAL_FORMAT for name, one in resource.places.items()}
    return [
        FillCell(number),
        FillCell(values["unit_name"]),
        *([FillCell(values["which"])] if resource.occurrences else []),
        FillCell(values["done_on"], row.participation is None or row.occurrence is not None, DAY_FORMAT),
        FillCell(values["people"], True, WHOLE_FORMAT),
        *(FillCell(values[name], True, shown) for name, shown in formats.items()),
        FillCell(values["note"] or None, True, "@"),
        FillCell(values["row"]),
    ]
