"""Reading occurrences: what the pages of an activity show of them."""

from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import User

from ..enums import ActivityState
from ..models import Activity, Occurrence, Participation
from ..rules import can_run, is_standing
from ..selectors import occurrences_of, participations_visible_to
from .recurrence import Rule
from .wording import days_text, rule_text


@dataclass(frozen=True)
class Line:
    """An occurrence in words; ``units``: how many of the units that the reader sees have recorded it."""

    occurrence: Occurrence
    when: str
    units: int
    is_recorded: bool


@dataclass(frozen=True)
class OccurrencesPage:
    """What an activity's page says of its occurrences. ``rule`` is blank where they were made by hand.

    ``may_change``: the reader may set their days now; ``differs``: they are not as many as the plan says.
    """

    lines: list[Line]
    rule: str
    may_change: bool
    differs: bool


def may_set_days(user: User, activity: Activity) -> bool:
    """Whether the person may change the occurrences as the activity stands."""
    is_open = activity.state not in (ActivityState.DONE, ActivityState.CANCELLED)
    return is_open and can_run.test(user, activity) and is_standing(activity)


def occurrences_page(user: User, activity: Activity) -> OccurrencesPage:
    """Return the occurrences by number, in at most two queries beside those of the rights."""
    rows = occurrences_of(activity)
    by_unit = Participation.objects.filter(occurrence__in=rows) if rows else Participation.objects.none()
    seen = Count("pk", filter=Q(pk__in=participations_visible_to(user).filter(activity=activity)))
    units = dict(by_unit.order_by().values("occurrence").annotate(seen=seen).values_list("occurrence", "seen"))
    lines = [Line(row, days_text(row), units.get(row.pk, 0), row.pk in units) for row in rows]
    rule = rule_of(activity)
    return OccurrencesPage(
        lines,
        rule_text(rule) if rule and rows else "",
        may_set_days(user, activity),
        bool(rows) and len(rows) != activity.repeats,
    )


def rule_of(activity: Activity) -> Rule | None:
    """Return the rule that made the occurrences; null where there is none."""
    row = getattr(activity, "recurrence", None)
    return None if row is None else Rule(**{name: getattr(row, name) for name in Rule.__dataclass_fields__})
