"""Activities of a draft in and out by Excel: the columns, and what a new or changed row means."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.folding import fold
from core.templatetags.portal_numbers import vn_date
from core.workbooks import ChoiceCell, Column, DateCell, TextCell, WholeCell
from plans.excel.cells import YES_NO, WordsCell, plan_key
from plans.excel.resources import PlanResource
from plans.models import Plan
from plans.writing.arranging import LONGEST_ADDRESS
from units.models import Bloc

from .arranging import cells
from .arranging.selectors import people_in_charge, with_arrangements
from .enums import Scope
from .models import Activity
from .said_times import Said, named_span, said_times, written_times
from .selectors import current_windows, with_details
from .services import plan_activity, revise_activity
from .timing import Span

_PLAIN = ("name", "scope", "repeats", "place")
_TIME = {"time", "starts_on", "ends_on"}


class TimeCell(TextCell):
    """A time in words; a cell that Excel has made a date of is that day."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return vn_date(value) if isinstance(value, date | datetime) else super().clean(value)


class ActivityResource(PlanResource):
    """One row is one activity, known by its key; without one it is new."""

    key = Column("key", gettext_lazy("Key (leave blank for a new one)"), WholeCell(largest=10**12), width=12)
    section = Column("section", gettext_lazy("Way to the section"), TextCell(longest=LONGEST_ADDRESS), width=16)
    name = Column("name", gettext_lazy("Activity"), TextCell(longest=300), width=60)
    scope = Column("scope", gettext_lazy("Who does it"), WordsCell(Scope.choices), width=24)
    bloc = Column("bloc", gettext_lazy("Bloc number"), WholeCell(largest=9999), width=12)
    time = Column("time", gettext_lazy("Time"), TimeCell(longest=300), width=24)
    starts_on = Column("starts_on", gettext_lazy("First day"), DateCell(), width=12)
    ends_on = Column("ends_on", gettext_lazy("Last day"), DateCell(), width=12)
    tentative = Column("tentative", gettext_lazy("Tentative"), ChoiceCell(YES_NO), width=10)
    repeats = Column("repeats", gettext_lazy("How many times"), WholeCell(largest=1000), width=10)
    place = Column("place", gettext_lazy("Place"), TextCell(longest=200), width=30)
    owner = cells.owner_column()
    coordinating = cells.coordinating_column()
    budget = cells.budget_column()
    budget_amount = cells.amount_column()
    plan_key = plan_key()

    required = ("name",)
    naming = ("name",)
    blank_key_is_new = True
    error_columns = {"windows": "time"}  # noqa: RUF012 - read only

    class Meta:
        import_id_fields = ("key",)

    def find(self, key: dict[str, Any]) -> Activity | None:
        return activities_to_export(self.plan).filter(pk=key["key"]).first()

    def values_of(self, subject: Activity) -> dict[str, Any]:
        windows = current_windows(subject)
        return {
            **{name: getattr(subject, name) for name in _PLAIN},
            "key": subject.pk,
            "section": subject.section.address if subject.section else None,
            "bloc": subject.bloc.number if subject.bloc else None,
            "time": written_times(windows),
            "starts_on": windows[0].starts_on if windows else None,
            "ends_on": max(window.ends_on for window in windows) if windows else None,
            "tentative": "yes" if subject.is_tentative else "no",
            **cells.written(subject, self.people),
            "plan_key": self.plan.pk,
        }

    @cached_property
    def people(self) -> list[User]:
        """Those among whom a person in charge is known by name."""
        return list(people_in_charge([self.plan.unit_id]))

    def create(self, values: dict[str, Any]) -> None:
        self.check_plan(values)
        if values["key"] is not None:
            words = _("The document has no activity of this key. Leave the cell blank for a new one.")
            raise ValidationError({"key": words})
        self.need(values, "name", "scope")
        said = self._said(values, {name for name in _TIME if values[name]})
        self._check_new(values["name"], said.windows)
        plan_activity(
            actor=self.user,
            plan=self.plan,
            unit=self.plan.unit,
            name=values["name"],
            scope=values["scope"],
            section=self.section_at(values["section"]),
            bloc=self._bloc(values["bloc"]),
            windows=said.windows,
            is_tentative=values["tentative"] == "yes" or said.tentative,
            repeats=1 if values["repeats"] is None else values["repeats"],
            place=values["place"] or "",
            **cells.meant(self.plan.unit, values, cells.COLUMNS),
        )

    def change(self, subject: Activity, values: dict[str, Any], changed: set[str]) -> None:
        self.check_plan(values)
        facts = {name: values[name] for name in _PLAIN if name in changed}
        facts |= cells.meant(self.plan.unit, values, changed)
        if "section" in changed:
            facts["section"] = self.section_at(values["section"])
        if changed & {"bloc", "scope"}:
            facts["bloc"] = self._bloc(values["bloc"]) if values["scope"] == Scope.BLOC else None
        if "tentative" in changed:
            facts["is_tentative"] = values["tentative"] == "yes"
        if changed & _TIME:
            said = self._said(values, changed & _TIME)
            facts["windows"] = said.windows
            if said.tentative:
                facts["is_tentative"] = True
        revise_activity(actor=self.user, activity=subject, **facts)

    def _said(self, values: dict[str, Any], given: set[str]) -> Said:
        """The time that a row names, by words or by days (``given``). Raises ValidationError where they disagree."""
        first, last = values["starts_on"], values["ends_on"]
        if "time" not in given:
            if not given:
                return Said([], False)
            if first is None:
                raise ValidationError({"starts_on": _("Say from which day.")})
            return Said([named_span(first, last or first)], False)
        try:
            said = said_times(values["time"], year=self.plan.starts_on.year)
        except ValueError as wrong:
            raise ValidationError({"time": str(wrong)}) from wrong
        days = {"starts_on": min(span.starts_on for span in said.windows), "ends_on": _last(said.windows)}
        if any(name in given and values[name] != day for name, day in days.items()):
            raise ValidationError({"time": _("The time in words and the days do not agree. Leave one of them blank.")})
        return said

    def _check_new(self, name: str, windows: list[Span]) -> None:
        """A workbook that was brought in once already would enter everything twice."""
        for known in activities_to_export(self.plan).filter(folded=fold(" ".join(name.split()))[:400]):
            if sorted((row.starts_on, row.ends_on) for row in current_windows(known)) == sorted(
                (span.starts_on, span.ends_on) for span in windows
            ):
                words = _("The document has this activity at this time already. Take a fresh workbook.")
                raise ValidationError({"name": words})

    def _bloc(self, number: int | None) -> Bloc | None:
        if number is None:
            return None
        bloc = Bloc.objects.filter(owner=self.plan.unit_id, number=number).first()
        if bloc is None:
            raise ValidationError({"bloc": _("The issuing body has no bloc of this number.")})
        return bloc


def _last(windows: list[Span]) -> date:
    return max(span.ends_on for span in windows)


def activities_to_export(plan: Plan) -> Any:
    """Return the activities of the plan's own body with all that their columns say, in the plan's order."""
    rows = with_arrangements(with_details(Activity.objects.filter(plan=plan, unit=plan.unit_id)))
    return rows.order_by("order", "pk")
