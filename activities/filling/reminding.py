"""Reminding units of the outcomes that they have not recorded: each unit once a day, whoever reminds."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from accounts.models import User
from core import clock, notices
from units.models import Unit

from ..models import Activity, OutcomeReminder
from .grid import Row
from .selectors import grid_of, is_open, remindable_by, reminded_on, secretaries_of

MISSING = "activities.outcome_missing"


@dataclass(frozen=True)
class Reminded:
    """What came of it: units that heard it, that heard it today already, and for which there was nobody to tell."""

    told: list[Unit]
    before: list[Unit]
    nobody: list[Unit]


def register() -> None:
    """Name the kind of notice; called once when the app is ready."""
    notices.register(MISSING, gettext_lazy("An officer reminds me of an activity's outcome"), soon=True)


@transaction.atomic
def remind_missing(*, actor: User, activity: Activity, top: Unit) -> Reminded:
    """Remind the units of ``top``'s map that have something missing. Raises PermissionDenied where none is one's to.

    Whoever was reminded of this activity today, by anybody, is left out.
    """
    # Locked, so that of two who press at once the second sees whom the first has told.
    locked = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity.pk)
    today = clock.today()
    rows = remindable_by(actor, grid_of(locked, top, today)) if is_open(locked) else []
    if not rows:
        raise PermissionDenied
    done = reminded_on(locked, today)
    waiting = [row for row in rows if row.unit.pk not in done]
    heard = secretaries_of([row.unit for row in waiting])
    told = [row for row in waiting if heard[row.unit.pk]]
    _keep(locked, told, heard, actor)
    notices.tell_each(kind=MISSING, lines=_lines(locked, told, heard, actor))
    return Reminded(
        [row.unit for row in told],
        [row.unit for row in rows if row.unit.pk in done],
        [row.unit for row in waiting if not heard[row.unit.pk]],
    )


def _keep(activity: Activity, rows: Sequence[Row], heard: dict[int, list[User]], actor: User) -> None:
    moment, day = clock.now(), clock.today()
    OutcomeReminder.objects.bulk_create(
        OutcomeReminder(
            activity=activity, unit=row.unit, day=day, at=moment, actor=actor, people=len(heard[row.unit.pk])
        )
        for row in rows
    )


def _lines(activity: Activity, rows: Sequence[Row], heard: dict[int, list[User]], actor: User) -> list[notices.Told]:
    with override(settings.LANGUAGE_CODE):
        return [
            notices.Told(person, _words(activity, row, actor), _address(activity, row.unit))
            for row in rows
            for person in heard[row.unit.pk]
        ]


def _words(activity: Activity, row: Row, actor: User) -> str:
    facts = {"person": actor, "unit": row.unit.short_name, "name": activity.name, "count": len(row.missing)}
    if row.missing[0].key is None:
        return _("%(person)s reminds you: %(unit)s has not recorded its outcome of “%(name)s”.") % facts
    words = ngettext(
        "%(person)s reminds you: %(unit)s has not recorded %(count)s time of “%(name)s”.",
        "%(person)s reminds you: %(unit)s has not recorded %(count)s times of “%(name)s”.",
        len(row.missing),
    )
    return words % facts


def _address(activity: Activity, unit: Unit) -> str:
    return f"{reverse('activities:recording', args=[activity.pk])}?{urlencode({'unit': unit.code})}"
