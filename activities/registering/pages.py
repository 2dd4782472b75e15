"""What pages show of registering: a registration in words, and the part beside an activity."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User

from ..enums import RegistrationState
from ..models import Activity, Registration
from ..selectors import activities_visible_to, by_time
from ..timing import Span
from ..wording import span_text
from .rules import ASKING, Step, can_decide, decides_on, is_open_for_registration, open_steps
from .selectors import (
    Overview,
    approved_under,
    overview_of,
    registrants_for,
    registrations_visible_to,
    with_facts,
)

ROWS_BESIDE = 12


@dataclass(frozen=True)
class Row:
    """A registration with its time in words; ``may_decide``: it waits for this reader."""

    registration: Registration
    when: str
    may_decide: bool = False
    steps: frozenset[Step] = frozenset()

    @property
    def who(self) -> str:
        bloc = self.registration.bloc
        return bloc.name if bloc else self.registration.unit.name

    @property
    def choice(self) -> str:
        """What a box of the list sends: which one, and in which version it was seen."""
        return f"{self.registration.pk}.{self.registration.version}"


def row_of(registration: Registration, user: User) -> Row:
    """Return a registration as the person sees it."""
    span = Span(registration.starts_on, registration.ends_on, registration.precision)
    text = span_text(span, with_year=True)
    is_waiting = registration.state == RegistrationState.REGISTERED
    may_decide = is_waiting and can_decide.test(user, registration)
    return Row(registration, text[:1].upper() + text[1:], may_decide, frozenset(open_steps(user, registration)))


@dataclass(frozen=True)
class Beside:
    """The part of an activity's page.

    ``came_of`` is the registration that this activity came of, with the activity above where the reader knows it.
    ``rows`` are the registrations under it that are the reader's own affair; ``overview`` is for who decides;
    ``approved`` for readers what else was approved under it and exists for them.
    """

    may_register: bool = False
    came_of: Registration | None = None
    above: Activity | None = None
    rows: Sequence[Row] = ()
    overview: Overview | None = None
    approved: Sequence[Activity] = ()
    left_out: int = 0


def concerns(activity: Activity) -> bool:
    """Whether the activity's page may have a part about registering at all; asks nothing of the database."""
    if activity.plan_id is None:
        return activity.based_on_id is not None
    return activity.scope in ASKING


def registering_on(user: User, activity: Activity) -> Beside | None:
    """Return the part of an activity's page; null where there is nothing to show."""
    if not concerns(activity):
        return None
    if activity.plan_id is None:
        return _of_registered(user, activity)
    is_open = is_open_for_registration(activity)
    if decides_on(user, activity):
        return _for_decider(user, activity, is_open=is_open)
    own = registrations_visible_to(user).filter(item=activity)
    rows = with_facts(own).order_by("-sent_at", "-pk")
    others = approved_under(activity, user).exclude(registration__in=own)
    part = Beside(
        may_register=is_open and bool(registrants_for(user, activity)),
        approved=list(by_time(others)[:ROWS_BESIDE]),
        **_listed(list(rows[: ROWS_BESIDE + 1]), user),
    )
    return part if part.may_register or part.rows or part.approved else None


def _for_decider(user: User, activity: Activity, *, is_open: bool) -> Beside | None:
    """What waits first, then the newest; an officer registers on behalf of whom it asks."""
    overview = overview_of(activity)
    if not is_open and not overview.live:
        return None
    found = sorted(overview.live, key=lambda one: (one.state != RegistrationState.REGISTERED, -one.pk))
    return Beside(may_register=is_open and bool(overview.units), overview=overview, **_listed(found, user))


def _listed(found: Sequence[Registration], user: User) -> dict[str, Any]:
    return {"rows": [row_of(one, user) for one in found[:ROWS_BESIDE]], "left_out": max(len(found) - ROWS_BESIDE, 0)}


def _of_registered(user: User, activity: Activity) -> Beside | None:
    registration = Registration.objects.filter(activity=activity).first()
    if registration is None:
        return None
    above = activities_visible_to(user).filter(pk=registration.item_id).first()
    return Beside(came_of=registration, above=above)
