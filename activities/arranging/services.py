"""Changing the arrangements of an activity that stands: no amendment of the plan is needed for them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from units.models import Unit

from ..history import changes_between
from ..models import Activity
from ..rules import can_run
from ..services.life import check_standing, record
from .checks import check_owner, checked_units, whole_sum
from .rules import is_arranged_apart
from .selectors import facts_of


class Arrangements(TypedDict, total=False):
    """What may be changed: any of it. ``budget`` is a line in words, ``budget_amount`` in đồng."""

    owner: User | None
    place: str
    budget: str
    budget_amount: Decimal | None


@transaction.atomic
def arrange_activity(
    *,
    actor: User | None,
    activity: Activity,
    coordinating: Iterable[Unit] | None = None,
    **changes: Unpack[Arrangements],
) -> Activity:
    """Change what is named of a standing activity's arrangements; what changed stands in its history.

    Nothing is written where nothing changes. Raises ValidationError at the field, or where the activity is called off
    or its plan is not issued (its draft is revised instead); PermissionDenied for who may not run it.
    """
    locked = Activity.objects.select_for_update(of=("self",)).select_related("unit", "bloc", "owner", "plan")
    found = locked.get(pk=activity.pk)
    if actor is not None and not can_run.test(actor, found):
        raise PermissionDenied
    check_standing(found)
    if not is_arranged_apart(found):
        raise ValidationError(_("The arrangements of this activity are not changed here any more."), code="wrong_state")
    helping = list(found.coordinating.all())
    before = words_of(found, helping)
    _set(found, changes)
    wanted = helping if coordinating is None else checked_units(actor, found, coordinating)
    difference = changes_between(before, words_of(found, wanted))
    if difference:
        found.save(update_fields=list(changes))
        found.coordinating.set(wanted)
        record(activity=found, before="", actor=actor, changes=difference)
    return found


def _set(activity: Activity, changes: Arrangements) -> None:
    owner = activity.owner_id
    for name, value in changes.items():
        setattr(activity, name, " ".join(value.split()) if isinstance(value, str) else value)
    # Who was put in charge once may have left since: that stands until somebody else is named.
    if activity.owner_id != owner:
        check_owner(activity)
    activity.budget_amount = whole_sum(activity.budget_amount)
    activity.clean_fields(exclude=["folded", "owner"])


def words_of(activity: Activity, coordinating: Iterable[Unit] | None = None) -> dict[str, str]:
    """Return the arrangements as the history keeps them, in the documents' own language.

    ``coordinating`` null: the units that are named now.
    """
    with override("vi"):
        return facts_of(activity, activity.coordinating.all() if coordinating is None else coordinating)
