"""Which superior plans ask something of a person's units through their targets (domain: Targets, 2).

Registered with ``plans.askers``. Undated: a plan that once asked something stays readable. Who owes which period is
not here but in ``reports.progress``.
"""

from collections.abc import Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat, StrIndex

from plans.enums import ISSUED_STATES
from units.models import BlocMembership, Unit, UnitQuerySet

from .enums import Carrier, IndicatorKind, Reach
from .models import Target


def plans_that_ask(paths: Sequence[str]) -> Q:
    """Return the condition on ``Plan``: its targets ask something of the units at ``paths`` or beneath them.

    Asks nothing itself: all of it is one condition, however many units stand beneath.
    """
    beneath = frozenset(path for path in paths if len(path) > Unit.steplen)
    if not beneath:
        return Q(pk__in=[])
    return Q(pk__in=RawSQL(*_statement(beneath)))  # noqa: S611 - Django's own text, every value a parameter


@lru_cache(maxsize=1024)
def _statement(paths: frozenset[str]) -> tuple[str, tuple[Any, ...]]:
    """The text of the query, which hangs on the paths alone.

    Every page asks for it, and Django takes several times as long to write it as the database to answer it.
    """
    return reduce(or_, map(_asking, sorted(paths))).values("plan").query.sql_with_params()


def _asking(path: str) -> QuerySet[Target]:
    """The targets of bodies above that ask something of the unit at ``path`` or of what stands beneath it."""
    above = [path[:end] for end in range(Unit.steplen, len(path), Unit.steplen)]
    reach = Unit.objects.filter(path__startswith=path).order_by()
    members = BlocMembership.objects.filter(bloc__owner=OuterRef("plan__unit")).order_by()
    # Who carries it stands in the reach; or above, and then all that report beneath are asked, but for milestones.
    each_unit, each_bloc = Q(carried_by=Carrier.EACH_UNIT), Q(carried_by=Carrier.EACH_BLOC)
    within = Q(each_unit, Exists(_carriers(reach)))
    within |= Q(each_bloc, Exists(members.filter(unit__path__startswith=path)))
    above_them = Q(each_unit, Exists(_carriers(Unit.objects.filter(path__in=above).order_by())))
    above_them |= Q(each_bloc, Exists(members.filter(unit__path__in=above)))
    beneath = Q(carried_by=Carrier.POOLED) | Q(above_them, ~Q(indicator__kind=IndicatorKind.MILESTONE))
    rows = Target.objects.counted().filter(plan__unit__path__in=above, plan__state__in=ISSUED_STATES).order_by()
    listed = rows.annotate(kinds_listed=Cast("carrier_kinds", TextField()))
    return listed.filter(within | (beneath & Exists(reach.filter(is_reporting=True))))


def _carriers(units: UnitQuerySet) -> UnitQuerySet:
    """Those of the units beneath or above a person's that carry the ``each_unit`` target of the outer query."""
    # As text, with its quotes: no kind is taken for a part of another's name.
    quoted = Concat(Value('"'), F("kind"), Value('"'), output_field=CharField())
    listed = ExpressionWrapper(OuterRef("kinds_listed"), output_field=TextField())
    reach = ExpressionWrapper(OuterRef("carrier_reach"), output_field=CharField())
    known = units.annotate(listed=listed, reach=reach, place=StrIndex(listed, quoted))
    return known.filter(
        Q(listed="[]") | Q(place__gt=0),
        Q(parent=OuterRef("plan__unit")) | Q(reach=Reach.ALL),
        depth__gt=OuterRef("plan__unit__depth"),
    )
