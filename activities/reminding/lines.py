"""The lines in which people are reminded: one a person and occasion, naming all activities that it is about."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from textwrap import shorten
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from core.notices import Told

from ..enums import ReminderStep
from ..timing import Span
from ..wording import span_text
from .due import Due

# A line of 500 characters holds them also where names are long.
NAMED = 4
LONGEST_NAME = 70


def lines_ahead(due: Iterable[Due], users: dict[int, User], today: date) -> list[Told]:
    """One line a person and window ahead."""
    gathered: dict[tuple[int, ReminderStep, Span], list[Due]] = defaultdict(list)
    for one in due:
        if one.planned.step != ReminderStep.UNRECORDED:
            for person in one.people:
                gathered[person, one.planned.step, one.planned.span].append(one)
    with override(settings.LANGUAGE_CODE):
        return [
            Told(users[person], _ahead(span, found, today), _address(found, span.starts_on))
            for (person, _step, span), found in gathered.items()
        ]


def lines_after(due: Iterable[Due], users: dict[int, User]) -> list[Told]:
    """One line a person about what one runs, and one about what one's units owe of what all did at once."""
    gathered: dict[tuple[int, bool], list[Due]] = defaultdict(list)
    for one in due:
        if one.planned.step == ReminderStep.UNRECORDED:
            for person in one.people:
                gathered[person, one.is_own].append(one)
    with override(settings.LANGUAGE_CODE):
        return [
            Told(users[person], _after(found, is_own=is_own), _address(found, found[0].planned.span.ends_on))
            for (person, is_own), found in gathered.items()
        ]


def _ahead(span: Span, found: Sequence[Due], today: date) -> str:
    left = (span.starts_on - today).days
    words = {"time": span_text(span, with_year=True), "names": _names(found), "count": left}
    if found[0].planned.step == ReminderStep.BEGINS:
        return _("To be held in %(time)s: %(names)s.") % words
    if left <= 0:
        return _("Begins today, %(time)s: %(names)s.") % words
    return (
        ngettext(
            "To be held in %(count)s day, %(time)s: %(names)s.",
            "To be held in %(count)s days, %(time)s: %(names)s.",
            left,
        )
        % words
    )


def _after(found: Sequence[Due], *, is_own: bool) -> str:
    if is_own:
        return _("Over, and nothing has been recorded of it: %(names)s.") % {"names": _names(found, with_time=True)}
    several = len({one.unit.pk for one in found}) > 1
    names = _names(found, with_time=True, with_unit=several)
    if several:
        return _("Your units have not recorded what they did in: %(names)s.") % {"names": names}
    words = {"unit": found[0].unit.short_name, "names": names}
    return _("%(unit)s has not recorded what it did in: %(names)s.") % words


def _names(found: Sequence[Due], *, with_time: bool = False, with_unit: bool = False) -> str:
    """“A” (tháng 9/2024), “B” (tháng 9/2024) và 3 hoạt động khác."""
    names = ", ".join(_name(one, with_time=with_time, with_unit=with_unit) for one in found[:NAMED])
    left_out = len(found) - NAMED
    if left_out <= 0:
        return names
    words = ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", left_out)
    return words % {"names": names, "count": left_out}


def _name(one: Due, *, with_time: bool, with_unit: bool) -> str:
    more = [span_text(one.planned.span, with_year=True)] if with_time else []
    more += [one.unit.short_name] if with_unit else []
    name = f"“{shorten(one.activity.name, LONGEST_NAME, placeholder=' …')}”"
    return f"{name} ({', '.join(more)})" if more else name


def _address(found: Sequence[Due], day: date) -> str:
    """The activity's page; of several, the month in which they lie, or the overdue ones of the year."""
    if len({one.activity.pk for one in found}) == 1:
        return reverse("activities:detail", args=[found[0].activity.pk])
    if found[0].planned.step == ReminderStep.UNRECORDED:
        return f"{reverse('activities:list')}?{urlencode({'year': day.year, 'state': 'overdue'})}"
    return f"{reverse('activities:month')}?{urlencode({'year': day.year, 'month': day.month})}"
