"""The calendar as it is looked at, as rows of a workbook: out only."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.status_looks import look
from core.workbooks import Column, DateCell, PortalResource, TextCell, WholeCell

from ..models import Activity
from ..pages import card_of
from ..selectors import current_windows, participations_visible_to
from ..timing import latest_end

# More than any body plans in a year; what is beyond is left out, as a line at the end says.
MOST_ROWS = 5000


class CalendarResource(PortalResource):
    """One row is one activity; ``done`` is activity id → how many units have an outcome, and their people or null."""

    number = Column("number", gettext_lazy("No."), WholeCell(), width=6)
    name = Column("name", gettext_lazy("Activity"), TextCell(longest=300), width=60)
    time = Column("time", gettext_lazy("Time"), TextCell(longest=300), width=28)
    starts_on = Column("starts_on", gettext_lazy("First day"), DateCell(), width=12)
    ends_on = Column("ends_on", gettext_lazy("Last day"), DateCell(), width=12)
    unit = Column("unit", gettext_lazy("Unit"), TextCell(longest=300), width=34)
    bloc = Column("bloc", gettext_lazy("Bloc"), TextCell(longest=300), width=24)
    scope = Column("scope", gettext_lazy("Who does it"), TextCell(longest=100), width=24)
    state = Column("state", gettext_lazy("State"), TextCell(longest=100), width=18)
    place = Column("place", gettext_lazy("Place"), TextCell(longest=200), width=30)
    plan = Column("plan", gettext_lazy("Document"), TextCell(longest=100), width=18)
    units = Column("units", gettext_lazy("Units that have done it"), WholeCell(), width=14)
    people = Column("people", gettext_lazy("People taking part"), WholeCell(), width=14)

    def __init__(self, done: dict[int, tuple[int, int | None]], today: date) -> None:
        super().__init__()
        self._done = done
        self._today = today

    def export_rows(self, subjects: Iterable[Activity]) -> Iterator[dict[str, Any]]:
        for number, activity in enumerate(subjects, start=1):
            if number > MOST_ROWS:
                yield {**dict.fromkeys(self.fields), "name": _("There are more activities. Narrow the calendar down.")}
                return
            yield {"number": number, **self.values_of(activity)}

    def values_of(self, subject: Activity) -> dict[str, Any]:
        windows = current_windows(subject)
        card = card_of(subject, self._today, with_year=True)
        units, people = self._done.get(subject.pk, (None, None))
        return {
            "name": subject.name,
            "time": card.when,
            "starts_on": windows[0].starts_on if windows else None,
            "ends_on": latest_end(windows),
            "unit": subject.unit.name,
            "bloc": subject.bloc.name if subject.bloc else None,
            "scope": subject.get_scope_display(),
            "state": str(look(card.look, "activity").word),
            "place": subject.place,
            "plan": (subject.plan.symbol or _("Draft")) if subject.plan else None,
            "units": units,
            "people": people,
        }


def done_in(activities: QuerySet[Activity], user: User) -> dict[int, tuple[int, int | None]]:
    """Return activity id → how many units in the person's reach have an outcome, and how many people, where counted."""
    known = participations_visible_to(user).filter(activity__in=activities.values("pk"))
    rows = known.order_by().values("activity").annotate(units=Count("unit", distinct=True), people=Sum("people"))
    return {row["activity"]: (row["units"], row["people"]) for row in rows}
