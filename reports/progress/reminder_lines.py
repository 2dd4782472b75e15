"""The lines about reports that lie with their units: to each secretary one, to each officer above one.

Words only; who is reminded of what is ``reminders``, who sends them ``services.reminding``.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from core.notices import Told
from core.templatetags.portal_numbers import vn_day

from .deadlines import Deadline
from .models import Period, ProgressReport
from .notices import address_of, month_name
from .recipients import OfficersAbove
from .reminders import Due, Owed

# A line of 500 characters holds them also where names are long.
UNITS_NAMED = 3


def names_of(reports: Sequence[ProgressReport], most: int = UNITS_NAMED) -> str:
    """The units' names, "A, B, C và 3 đơn vị khác"."""
    names = ", ".join(report.unit.short_name for report in reports[:most])
    left_out = len(reports) - most
    if left_out <= 0:
        return names
    words = ngettext("%(names)s and %(count)s more unit", "%(names)s and %(count)s more units", left_out)
    return words % {"names": names, "count": left_out}


def lines_to_secretaries(
    heard: dict[int, list[User]], owed: Iterable[Owed], today: date, actor: User | None = None
) -> list[Told]:
    """One line a person, month, deadline and situation, naming all units that it is about.

    ``heard``: report id → whom to tell; ``actor``: the officer who reminds, null where the calendar does.
    """
    gathered: dict[tuple[User, Period, Deadline, bool], list[ProgressReport]] = defaultdict(list)
    for one in owed:
        for user in heard[one.report.pk]:
            gathered[user, one.report.period, one.deadline, one.came_before].append(one.report)
    with override(settings.LANGUAGE_CODE):
        return [
            Told(user, _by(actor, _situation(reports, deadline, came_before, today)), _address(reports))
            for (user, _period, deadline, came_before), reports in gathered.items()
        ]


def _address(reports: Sequence[ProgressReport]) -> str:
    return address_of(reports[0]) if len(reports) == 1 else reverse("reports:own")


def _by(actor: User | None, line: str) -> str:
    return line if actor is None else _("%(person)s reminds you. %(line)s") % {"person": actor, "line": line}


def _situation(reports: Sequence[ProgressReport], deadline: Deadline, came_before: bool, today: date) -> str:
    """How the reports of one month and one deadline stand today."""
    left = deadline.days_left(today)
    facts = {
        "month": month_name(reports[0].period),
        "units": names_of(reports),
        "due": vn_day(deadline.due_on),
        "locks": vn_day(deadline.locks_on),
        "count": abs(left),
    }
    if came_before:
        words = _("The report of %(month)s of %(units)s was returned and waits to be corrected and submitted again.")
    elif left > 0:
        words = ngettext(
            "The report of %(month)s of %(units)s is due on %(due)s, in %(count)s day.",
            "The report of %(month)s of %(units)s is due on %(due)s, in %(count)s days.",
            left,
        )
    elif left == 0:
        words = _("The report of %(month)s of %(units)s is due today, %(due)s.")
    else:
        words = _overdue(deadline, today, -left)
    return words % facts


def _overdue(deadline: Deadline, today: date, days: int) -> str:
    if deadline.locks_on == today:
        return _("The report of %(month)s of %(units)s has not been submitted. The portal takes it until tonight only.")
    if deadline.locks_on == today + timedelta(days=1):
        return _(
            "The report of %(month)s of %(units)s has not been submitted. The portal takes it until tomorrow night only"
            " (%(locks)s)."
        )
    return ngettext(
        "The report of %(month)s of %(units)s is %(count)s day overdue (due on %(due)s). The portal takes it until the"
        " end of %(locks)s.",
        "The report of %(month)s of %(units)s is %(count)s days overdue (due on %(due)s). The portal takes it until the"
        " end of %(locks)s.",
        days,
    )


def lines_to_officers(heard: dict[int, list[User]], due: Iterable[Due]) -> list[Told]:
    """What the officers above hear: who became overdue, and for whose report there was nobody to remind."""
    overdue = [one for one in due if one.is_newly_overdue]
    unheard = [one for one in due if one.is_first and not one.is_newly_overdue and not heard[one.owed.report.pk]]
    if not overdue and not unheard:
        return []
    officers = OfficersAbove()
    with override(settings.LANGUAGE_CODE):
        return [
            *(_overdue_line(user, owed, heard) for user, owed in _by_officer(officers, overdue)),
            *(_unheard_line(user, owed) for user, owed in _by_officer(officers, unheard)),
        ]


def _by_officer(officers: OfficersAbove, due: Iterable[Due]) -> list[tuple[User, list[Owed]]]:
    """Each officer with the reports of one month and due day beneath him."""
    gathered: dict[tuple[User, Period, date], list[Owed]] = defaultdict(list)
    for one in due:
        for user in officers.of(one.owed.report.unit):
            gathered[user, one.owed.report.period, one.owed.deadline.due_on].append(one.owed)
    return [(user, owed) for (user, _period, _due_on), owed in gathered.items()]


def _facts(owed: Sequence[Owed]) -> dict[str, object]:
    reports = [one.report for one in owed]
    return {
        "count": len(owed),
        "month": month_name(reports[0].period),
        "due": vn_day(owed[0].deadline.due_on),
        "units": names_of(reports),
    }


def _overdue_line(user: User, owed: Sequence[Owed], heard: dict[int, list[User]]) -> Told:
    words = ngettext(
        "%(count)s unit has not submitted its report of %(month)s (due on %(due)s): %(units)s.",
        "%(count)s units have not submitted their report of %(month)s (due on %(due)s): %(units)s.",
        len(owed),
    )
    text = words % _facts(owed)
    if unheard := [one.report for one in owed if not heard[one.report.pk]]:
        more = _("Nobody who signs in reports for: %(units)s.") % {"units": names_of(unheard)}
        text = f"{text} {more}"
    return Told(user, text, reverse("reports:lateness"))


def _unheard_line(user: User, owed: Sequence[Owed]) -> Told:
    words = ngettext(
        "%(count)s unit has nobody who signs in and could be reminded of the report of %(month)s (due on %(due)s):"
        " %(units)s.",
        "%(count)s units have nobody who signs in and could be reminded of the report of %(month)s (due on %(due)s):"
        " %(units)s.",
        len(owed),
    )
    return Told(user, words % _facts(owed), reverse("reports:lateness"))
