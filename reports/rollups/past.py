"""What units reached a year before of a target's indicator: shares can be split by it (``targets.sharing.results``)."""

from collections.abc import Sequence

from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext as _

from plans.models import Plan
from reports.enums import Basis
from reports.progress.asked import spans_of
from reports.progress.models import Period
from targets.calendar import month_meant
from targets.enums import Carrier
from targets.models import Target
from targets.sharing.results import PastResults
from units.models import Unit
from units.selectors import ancestors_and_self, top_unit

from .selectors import heat_map


def results_a_year_before(target: Target, units: Sequence[Unit]) -> PastResults | None:
    """Return what each unit had officially reached by the end of the target of the year before.

    Null where the issuer and the bodies above it had no such target then, or the calendar no such month.
    """
    before = _target_before(target)
    period = None if before is None else _last_period(before)
    if before is None or period is None:
        return None
    cells = heat_map(targets=[before], units=units, period=period, basis=Basis.OFFICIAL).cells
    # The figure of a body above carriers is how many of them reached theirs: nothing to split by.
    results = (cells[unit.pk, before.pk] for unit in units)
    values = {row.unit.pk: row.value for row in results if row.value is not None and not row.is_share}
    told = {"code": before.code, "name": before.name, "year": before.due_on.year}
    return PastResults(_("“%(code)s %(name)s” in %(year)s") % told, values)


def _target_before(target: Target) -> Target | None:
    """The target on the same indicator due in the year before: the issuer's, else that of the nearest body above."""
    above = ancestors_and_self(target.plan.unit).values("pk")
    rows = Target.objects.counted().filter(plan__in=Plan.objects.in_force(), plan__unit__in=above)
    rows = rows.filter(indicator=target.indicator_id, due_on__year=target.due_on.year - 1)
    pooled_first = Case(When(carried_by=Carrier.POOLED, then=Value(0)), default=Value(1))
    found = rows.exclude(carried_by=Carrier.ISSUER_OWN).select_related("plan__unit")
    return found.order_by("-plan__unit__depth", pooled_first, "-due_on", "pk").first()


def _last_period(target: Target) -> Period | None:
    """The period in which the target was due, or the newest one before it."""
    owner = top_unit(target.plan.unit)
    month = month_meant(target.due_on, spans_of(owner.pk))
    by_then = Q(year__lt=month.year) | Q(year=month.year, month__lte=month.month)
    return Period.objects.filter(by_then, owner=owner).order_by("year", "month").last()
