"""The catalogue of indicators: proposing, confirming, merging."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.folding import fold
from plans.enums import Topic
from units.models import Unit
from units.services import hold_unit

from ..enums import IndicatorKind, OverTime
from ..merging import follow_all
from ..models import Indicator, IndicatorMerge, Target
from ..rules import can_keep_catalogue
from ..selectors import known_indicator


@transaction.atomic
def propose_indicator(
    *,
    owner: Unit,
    name: str,
    measure: str,
    kind: IndicatorKind | str,
    over_time: OverTime | str,
    is_whole: bool = True,
    topic: Topic | str = "",
) -> Indicator:
    """Return the known indicator of that name and measure (diacritics or not), else a new unconfirmed one.

    ``owner`` is the topmost unit. Raises ValidationError at the field that is wrong, and where the known one is of
    another kind: two rows for one thing would break "report once" (domain: Targets, 1).
    """
    if owner.depth != 1:
        raise ValidationError({"owner": _("The catalogue belongs to the topmost unit.")})
    name, measure = " ".join(name.split()), " ".join(measure.split())
    known = _known_for_sure(owner=owner, name=name, measure=measure)
    if known is None:
        new = Indicator(owner=owner, name=name, measure=measure, kind=kind, over_time=over_time)
        new.is_whole, new.topic = is_whole, topic
        return _enter(new)
    if (known.kind, known.over_time) != (kind, over_time):
        raise ValidationError({"kind": _("The catalogue knows “%(name)s” as another kind.") % {"name": known.name}})
    return known


def _known_for_sure(*, owner: Unit, name: str, measure: str) -> Indicator | None:
    """Look twice where it is not known at first: before the lock somebody else may have proposed the same."""
    known = known_indicator(owner=owner, name=name, measure=measure)
    if known is None:
        hold_unit(owner.pk)
        known = known_indicator(owner=owner, name=name, measure=measure)
    return known


def _enter(indicator: Indicator) -> Indicator:
    if indicator.kind in (IndicatorKind.RATIO, IndicatorKind.MILESTONE) and indicator.over_time != OverTime.LATEST:
        raise ValidationError({"over_time": _("A ratio or a milestone is told as it stands now.")})
    indicator.folded, indicator.folded_measure = fold(indicator.name)[:250], fold(indicator.measure)[:80]
    indicator.full_clean(exclude=["folded", "folded_measure"])
    indicator.save()
    return indicator


@transaction.atomic
def confirm_indicator(*, actor: User | None, indicator: Indicator) -> Indicator:
    """Take an indicator into the catalogue for good; a second time changes nothing.

    Raises PermissionDenied where the actor does not keep the catalogue, ValidationError where it was merged.
    """
    locked = Indicator.objects.select_for_update(of=("self",)).select_related("owner").get(pk=indicator.pk)
    _check_keeper(actor, locked.owner)
    if locked.merged_into_id is not None:
        raise ValidationError(_("“%(name)s” was merged into another indicator.") % {"name": locked.name})
    if locked.confirmed_at is None:
        locked.confirmed_by, locked.confirmed_at = actor, clock.now()
        locked.save(update_fields=["confirmed_by", "confirmed_at"])
    return locked


@transaction.atomic
def merge_indicators(*, actor: User | None, source: Indicator, into: Indicator) -> IndicatorMerge:
    """Let ``source`` go over into ``into``: targets and everything registered follow; the merge is on record.

    Raises ValidationError where the two are not of one kind or one of them was merged already, PermissionDenied
    where the actor does not keep the catalogue.
    """
    pair = Indicator.objects.select_for_update(of=("self",)).select_related("owner").in_bulk([source.pk, into.pk])
    source, into = pair[source.pk], pair[into.pk]
    _check_keeper(actor, source.owner)
    _check_mergeable(source, into)
    Target.objects.filter(indicator=source).update(indicator=into)
    moved = follow_all(source, into)
    Indicator.objects.filter(merged_into=source).update(merged_into=into)
    source.merged_into = into
    source.save(update_fields=["merged_into"])
    return IndicatorMerge.objects.create(source=source, into=into, actor=actor, at=clock.now(), entries_moved=moved)


def _check_keeper(actor: User | None, owner: Unit) -> None:
    if actor is not None and not can_keep_catalogue.test(actor, owner):
        raise PermissionDenied


def _check_mergeable(source: Indicator, into: Indicator) -> None:
    if source.pk == into.pk:
        raise ValidationError({"into": _("Choose another indicator: this is the same one.")})
    if source.merged_into_id is not None or into.merged_into_id is not None:
        raise ValidationError({"into": _("One of the two was merged already.")})
    first = (source.owner_id, source.kind, source.over_time)
    if first != (into.owner_id, into.kind, into.over_time):
        raise ValidationError({"into": _("Only indicators of one kind and one rule over time can be merged.")})
