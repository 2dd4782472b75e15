"""Every write to registrations: the state changes in ``_step`` alone. Both sides are told on commit.

The plan above is locked first, then the registration: an amendment that is issued at the same moment takes all with it
or comes after.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import NotRequired, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, collisions
from core.folding import fold
from plans.models import Plan
from units.models import Bloc, Unit

from ..enums import RegistrationState, Scope
from ..models import Activity, Registration, RegistrationEvent
from ..rules import can_plan
from ..services import plan_activity
from ..services.life import Given, checked_spans
from ..timing import Span, touches
from . import notices
from .rules import TRANSITIONS, Step, is_open_for_registration
from .selectors import takes, with_facts

LONGEST = 1000  # letters of a reason


class Facts(TypedDict):
    """What is registered. ``people`` is how many are expected, null where nobody knows."""

    name: str
    window: Given
    place: NotRequired[str]
    people: NotRequired[int | None]


@collisions.atomic
def register_activity(
    *, actor: User | None, item: Activity, unit: Unit, bloc: Bloc | None = None, **facts: Unpack[Facts]
) -> Registration:
    """Register an activity of the unit, or of its bloc, under one of a body above.

    Raises PermissionDenied where the actor enters no such activity; ValidationError at the field that is wrong, and
    where the activity above is not open for it, does not ask the unit, or has it already under this name.
    """
    if actor is not None and not can_plan(actor, unit, Scope.UNIT if bloc is None else Scope.BLOC, bloc):
        raise PermissionDenied
    held = _hold(item)
    if not takes(held, unit, bloc):
        raise ValidationError(_("This activity does not ask the unit or the bloc."), code="not_asked")
    made = Registration(item=held, unit=unit, bloc=bloc, made_by=actor)
    _write(made, facts)
    made.save()
    _record(made, "", actor)
    transaction.on_commit(partial(notices.tell_registered, made))
    return made


@collisions.atomic
def send_again(*, actor: User | None, registration: Registration, **facts: Unpack[Facts]) -> Registration:
    """Send what was returned anew, corrected. Raises as ``register_activity``, and where it was not returned."""

    def correct(locked: Registration) -> None:
        _write(locked, facts)
        locked.version += 1
        locked.made_by = actor or locked.made_by

    return _step(actor, registration, Step.SEND_AGAIN, correct, tell=notices.tell_registered)


@collisions.atomic
def withdraw(*, actor: User | None, registration: Registration) -> Registration:
    """Take it back. Raises ValidationError where it was decided already, PermissionDenied."""
    return _step(actor, registration, Step.WITHDRAW, tell=notices.tell_withdrawn)


@collisions.atomic
def return_registration(
    *, actor: User | None, registration: Registration, reason: str, seen: int | None = None
) -> Registration:
    """Send it back with a reason. ``seen`` is the version that was looked at; raises as ``approve``."""
    said = reason.strip()
    if not said:
        raise ValidationError({"reason": _("Say why.")})
    if len(said) > LONGEST:
        raise ValidationError({"reason": _("At most %(count)s letters.") % {"count": LONGEST}})
    return _step(actor, registration, Step.RETURN, seen=seen, reason=said, tell=notices.tell_decided)


@collisions.atomic
def approve(*, actor: User | None, registration: Registration, seen: int | None = None) -> Registration:
    """Make it an activity of the unit or bloc, based on the one above.

    Raises ValidationError where it waits no longer, was sent anew since it was ``seen`` (a version; null: not asked) or
    the activity above is not open any more; PermissionDenied where the actor does not decide.
    """
    return _step(actor, registration, Step.APPROVE, partial(_make, actor), seen=seen, tell=notices.tell_decided)


def decide_many(decide: Callable[[Registration, int], object], chosen: Iterable[tuple[Registration, int]]) -> int:
    """Decide each by itself, as it was seen; return how many were. What waits no longer is passed over."""
    count = 0
    for registration, seen in chosen:
        try:
            decide(registration, seen)
        except ValidationError:
            continue
        count += 1
    return count


def _make(actor: User | None, registration: Registration) -> None:
    activity = plan_activity(
        actor=actor,
        unit=registration.unit,
        scope=Scope.UNIT if registration.bloc is None else Scope.BLOC,
        bloc=registration.bloc,
        name=registration.name,
        place=registration.place,
        windows=[(registration.starts_on, registration.ends_on, registration.precision)],
    )
    activity.based_on = registration.item
    activity.save(update_fields=["based_on"])
    registration.activity = activity


def _step(
    actor: User | None,
    registration: Registration,
    step: Step,
    change: Callable[[Registration], None] = lambda _locked: None,
    *,
    tell: Callable[[Registration], None],
    seen: int | None = None,
    reason: str = "",
) -> Registration:
    """Take one step of the table: lock, look, check the actor, write, record, tell."""
    locked = _lock(registration, needs_open_item=step in (Step.APPROVE, Step.SEND_AGAIN))
    before = RegistrationState(locked.state)
    if (before, step) not in TRANSITIONS:
        words = _("The registration is “%(state)s”: this step is not open.") % {"state": before.label}
        raise ValidationError(words, code="wrong_state")
    after, rule = TRANSITIONS[before, step]
    if actor is not None and not rule.test(actor, locked):
        raise PermissionDenied
    if seen is not None and seen != locked.version:
        raise ValidationError(_("It was sent anew since you looked. Please look again."), code="sent_anew")
    change(locked)
    locked.state, locked.reason = after, reason
    locked.save()
    _record(locked, before, actor, reason)
    transaction.on_commit(partial(tell, locked))
    return locked


def _lock(registration: Registration, *, needs_open_item: bool) -> Registration:
    if needs_open_item:
        _hold(registration.item)
    rows = with_facts(Registration.objects.select_for_update(of=("self",)))
    return rows.get(pk=registration.pk)


def _hold(item: Activity) -> Activity:
    """Return the activity above as it stands under its plan's lock. Raises ValidationError where it takes none."""
    if item.plan_id is not None:
        Plan.objects.select_for_update(of=("self",)).get(pk=item.plan_id)
    found = Activity.objects.select_for_update(of=("self",)).select_related("unit", "plan", "bloc").get(pk=item.pk)
    if not is_open_for_registration(found):
        raise ValidationError(_("Nothing can be registered under this activity now."), code="not_open")
    return found


def _write(registration: Registration, facts: Facts) -> None:
    """Fill in what is registered. Raises ValidationError at the field that is wrong."""
    span = checked_spans([facts["window"]])[0]
    _check_time(registration, span)
    registration.name = " ".join(facts["name"].split())
    registration.folded = fold(registration.name)[:400]
    registration.starts_on, registration.ends_on, registration.precision = span
    registration.place = " ".join(facts.get("place", "").split())
    registration.people = facts.get("people")
    registration.sent_at = clock.now()
    registration.clean_fields(exclude=("folded", "item", "unit", "bloc", "made_by", "activity"))
    _check_once(registration)


def _check_time(registration: Registration, span: Span) -> None:
    plan = registration.item.plan
    if plan is not None and not touches(span, plan.starts_on, plan.ends_on):
        raise ValidationError({"windows": _("The time lies outside the plan's term.")})


def _check_once(registration: Registration) -> None:
    same = Registration.objects.filter(item=registration.item, bloc=registration.bloc, folded=registration.folded)
    if registration.bloc is None:
        same = same.filter(unit=registration.unit)
    if same.exclude(pk=registration.pk).exclude(state=RegistrationState.WITHDRAWN).exists():
        words = _("This is registered already. Withdraw that one first, or give this one another name.")
        raise ValidationError({"name": words}, code="twice")


def _record(registration: Registration, before: str, actor: User | None, reason: str = "") -> None:
    RegistrationEvent.objects.create(
        registration=registration,
        from_state=before,
        to_state=registration.state,
        actor=actor,
        at=clock.now(),
        reason=reason,
    )


def follow_item(item: Activity, into: Activity) -> None:
    """Let registrations and what became of them go over to the activity's row in the new version of its plan."""
    rows = Registration.objects.filter(item=item)
    Activity.objects.filter(registration__in=rows).update(based_on=into)
    rows.update(item=into)
