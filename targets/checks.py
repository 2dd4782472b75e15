"""What targets ask of a plan before it is issued; registered with ``plans.checks``."""

from datetime import date

from django.utils.translation import gettext as _

from core.templatetags.portal_numbers import vn_date
from plans.models import Plan
from units.models import Bloc, Unit

from .enums import Carrier, Reach
from .models import Target
from .selectors import targets_of


def carriers_missing(plan: Plan) -> list[str]:
    """Return a problem for each target that nobody would carry: no unit of the named kinds, no emulation bloc.

    Such a target would ask nobody and could never be met.
    """
    targets = targets_of(plan)
    if not targets:
        return []
    beneath = Unit.objects.under(plan.unit).exclude(pk=plan.unit_id).open_on(plan.ends_on)
    shapes = set(beneath.values_list("parent_id", "kind"))
    has_blocs = Bloc.objects.filter(owner=plan.unit_id).exists()
    return [
        _("Target %(code)s: no unit below would carry it.") % {"code": target.code}
        for target in targets
        if not _has_carriers(target, shapes, has_blocs)
    ]


def outside_the_term(plan: Plan) -> list[str]:
    """Return a problem for each target that runs outside the plan's term or has phases outside its own time.

    A person cannot write one like that, yet a term corrected later can leave it behind.
    """
    problems = []
    for target in plan.targets.order_by("order").prefetch_related("phases"):
        words = {"code": target.code, "time": _span(target.starts_on, target.due_on)}
        if target.starts_on < plan.starts_on or target.due_on > plan.ends_on:
            words["term"] = _span(plan.starts_on, plan.ends_on)
            problems.append(_("Target %(code)s: its time %(time)s lies outside the plan's term (%(term)s).") % words)
        if any(not target.starts_on <= phase.due_on <= target.due_on for phase in target.phases.all()):
            problems.append(_("Target %(code)s: it has phases outside its time %(time)s.") % words)
    return problems


def _span(first: date, last: date) -> str:
    return f"{vn_date(first)}–{vn_date(last)}"


def _has_carriers(target: Target, shapes: set[tuple[int | None, str]], has_blocs: bool) -> bool:
    if target.carried_by == Carrier.EACH_BLOC:
        return has_blocs
    if target.carried_by != Carrier.EACH_UNIT:
        return True
    return any(
        (not target.carrier_kinds or kind in target.carrier_kinds)
        and (target.carrier_reach == Reach.ALL or parent == target.plan.unit_id)
        for parent, kind in shapes
    )
