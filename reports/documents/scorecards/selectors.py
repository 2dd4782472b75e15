"""Which units have a scorecard, and who has one made."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from accounts.models import User
from reports.documents.rules import can_prepare, can_prepare_above
from reports.progress.models import Period
from targets.calendar import Month
from units.models import Unit
from units.selectors import top_unit


@dataclass(frozen=True)
class Makes:
    """What a person can have made at a unit: its own card (as of the body above), those of the units beneath it."""

    unit: Unit
    own: bool
    beneath: bool


def makes_at(user: User, code: str) -> Makes:
    """Return what the person can have made there. Raises Http404 where that is nothing."""
    unit = Unit.objects.select_related("parent").filter(code=code).first()
    makes = unit and makes_of(user, unit)
    if not makes:
        raise Http404(code)
    return makes


def makes_of(user: User, unit: Unit) -> Makes | None:
    """Return what the person can have made at the unit; null where that is nothing. Asks no question of the tables."""
    own = can_prepare_above(user, unit)
    beneath = unit.numchild > 0 and bool(can_prepare(user, unit))
    return Makes(unit, own, beneath) if own or beneath else None


def months_open(unit: Unit) -> list[Month]:
    """Return the months opened in the unit's tree, newest first."""
    rows = Period.objects.filter(owner=top_unit(unit), opened_at__isnull=False).order_by("-year", "-month")
    return [Month(year, month) for year, month in rows.values_list("year", "month")]


def units_beneath(body: Unit, month: Month) -> list[Unit]:
    """Return the units directly beneath the body that existed at the month's end, in the order of the tree."""
    last_day = last_day_of(body, month)
    if last_day is None:
        return []
    return list(Unit.objects.open_on(last_day).filter(parent=body).select_related("parent"))


def last_day_of(body: Unit, month: Month) -> date | None:
    """Return the last day of the month as the body's tree counts it; null where the month has no period there."""
    period = Period.objects.filter(owner=top_unit(body), year=month.year, month=month.month).first()
    return period.last_day if period else None
