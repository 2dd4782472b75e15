"""What is kept beside the plain totals, brought up to date with the plans in force and the calendar.

``latest`` states by window (``windows``) and shares of carriers (``cases``). Looked at before every drain, so only
plans that are news are read: those of which ``KeptPlan`` does not say that they are listed by this calendar.
"""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import blake2s

from django.db.models import Exists, OuterRef, QuerySet

from plans.models import Plan

from . import engine
from .cases import keep_cases
from .models import CarrierCase, KeptPlan, KeptState
from .windows import Calendar, wanted_states


@dataclass(frozen=True)
class Kept:
    """What is to be said anew for all units: states of rows above an id (null: none), and shares of carriers.

    ``are_shares``: whether shares are kept at all.
    """

    states_after: int | None
    are_shares: bool
    are_shares_unsaid: bool


def keep(calendar: Calendar) -> Kept:
    """Bring both lists up to date.

    Nothing is to be said anew unless a plan was issued, an indicator merged, or the calendar changed or went on to
    another month.
    """
    facts = _digest_of(calendar)
    begun, ended = _begun(facts), _ended()
    if not begun and not ended:
        return Kept(None, CarrierCase.objects.exists(), are_shares_unsaid=False)
    states_after = _keep_states(calendar)
    are_unsaid = keep_cases(calendar, begun=begun, ended=ended)
    _note(facts, begun, ended)
    return Kept(states_after, are_unsaid or CarrierCase.objects.exists(), are_unsaid)


def forget_plans_of(indicator: int) -> None:
    """What is asked of an indicator changed: the plans that ask it are looked at again."""
    _forget(KeptPlan.objects.filter(plan__targets__indicator=indicator))


def look_again() -> None:
    """All plans are looked at again."""
    _forget(KeptPlan.objects.all())


def _forget(plans: QuerySet[KeptPlan]) -> None:
    """Their rows stay: of a plan that ends meanwhile it must be known that it was listed."""
    plans.update(facts="")


def _digest_of(calendar: Calendar) -> str:
    """Its periods and how far it has been opened."""
    periods = (f"{row.pk} {span}" for row, span in zip(calendar.periods, calendar.spans, strict=True))
    return blake2s("|".join([str(calendar.horizon), *periods]).encode(), digest_size=16).hexdigest()


def _begun(facts: str) -> list[int]:
    """The plans in force that are not listed by this calendar."""
    listed = KeptPlan.objects.filter(plan=OuterRef("pk"), facts=facts)
    return list(Plan.objects.in_force().filter(~Exists(listed)).order_by().values_list("pk", flat=True))


def _ended() -> list[int]:
    """The plans that are listed and not in force any more."""
    in_force = Plan.objects.in_force().filter(pk=OuterRef("plan_id")).order_by()
    return list(KeptPlan.objects.filter(~Exists(in_force)).values_list("pk", flat=True))


def _note(facts: str, begun: Collection[int], ended: Collection[int]) -> None:
    KeptPlan.objects.filter(pk__in=ended).delete()
    rows = (KeptPlan(plan_id=plan, facts=facts) for plan in begun)
    KeptPlan.objects.bulk_create(rows, update_conflicts=True, unique_fields=["plan"], update_fields=["facts"])


def _keep_states(calendar: Calendar) -> int | None:
    """Bring the list of kept states up to date; what is not wanted any more is forgotten.

    Returns the id after which rows are new, null where none is. So it is when a plan was issued, which
    begins windows, or a period was opened, to which states are carried over.
    """
    wanted = set(wanted_states(calendar))
    known = {(row.indicator_id, row.since_id, row.period_id): row.pk for row in KeptState.objects.all()}
    gone = [pk for state, pk in known.items() if state not in wanted]
    if gone:
        KeptState.objects.filter(pk__in=gone).delete()
        engine.forget_states()
    fresh = sorted(wanted - set(known))
    KeptState.objects.bulk_create(
        KeptState(indicator_id=indicator, since_id=since, period_id=period) for indicator, since, period in fresh
    )
    return max(known.values(), default=0) if fresh else None
