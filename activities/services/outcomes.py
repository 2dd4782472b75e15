"""What units did in an activity, and its corrections. Nothing is added to a report here: figures are offered to it."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.templatetags.portal_numbers import vn_datetime
from targets.enums import IndicatorKind
from targets.models import Indicator
from units.models import Unit

from .. import corrections
from ..enums import ActivityState
from ..models import Activity, Occurrence, Participation, ParticipationFigure
from ..rules import can_record
from ..selectors import units_taking_part
from .life import check_standing, record


class Said(NamedTuple):
    """What is said of an outcome. ``people``: null where not counted. ``host``: null where the unit itself is."""

    done_on: date
    people: int | None
    note: str
    host: Unit | None
    figures: Mapping[Indicator, Decimal]

    def agrees(self, other: "Said") -> bool:
        """Whether both say the same; a figure of 0 is as good as none."""
        mine, theirs = ({key: value for key, value in one.figures.items() if value} for one in (self, other))
        return self._replace(figures=mine) == other._replace(figures=theirs)


@transaction.atomic
def record_participation(
    *,
    actor: User | None,
    activity: Activity,
    unit: Unit,
    done_on: date,
    figures: Mapping[Indicator, Decimal] | None = None,
    people: int | None = None,
    note: str = "",
    occurrence: Occurrence | None = None,
    host: Unit | None = None,
    seen: str | None = None,
) -> Participation:
    """Record what ``unit`` did in the activity on a day; the same day again is a correction and stands in the history.

    ``figures`` are amounts by indicator, ``people`` null where they were not counted. Where the activity has
    occurrences, ``occurrence`` is which of them, on whatever day it was held; the same one again is the correction.
    ``host`` is the unit that it was held together with and that records the figures: then none are given here.
    ``seen``: the ``stamp_of`` what stood when the actor looked (null: not asked). What stands by now and says other
    than this is not written over unseen: ValidationError "recorded", whose params hold the new stamp.
    Nothing is added to a report by this: the figures are offered to it. Raises ValidationError at the field,
    PermissionDenied where the actor does not report for the unit.
    """
    if actor is not None and not can_record(actor, unit):
        raise PermissionDenied
    locked = Activity.objects.select_for_update(of=("self",)).select_related("unit").get(pk=activity.pk)
    check_standing(locked)
    _check_day(locked, unit, done_on)
    if people is not None and people < 0:
        raise ValidationError({"people": _("A number of people cannot be negative.")})
    checked = _checked_figures(figures or {})
    if host is not None:
        _check_host(locked, unit, host, checked, occurrence, done_on)
    said = Said(done_on, people, note.strip(), host, checked)
    before = _earlier(locked, unit, done_on, occurrence)
    if before is None:
        return _write(Participation(activity=locked, unit=unit, occurrence=occurrence), said, actor)
    if seen is not None and seen != stamp_of(before) and not said.agrees(_said(before)):
        raise _recorded_meanwhile(before)
    _record_correction(activity=locked, participation=before, actor=actor)
    _write(before, said, actor)
    corrections.tell_all([before])
    return before


def _write(row: Participation, said: Said, actor: User | None) -> Participation:
    row.done_on, row.people, row.note, row.host = said.done_on, said.people, said.note, said.host
    row.recorded_by, row.recorded_at = actor, clock.now()
    row.save()
    _write_figures(row, said.figures)
    return row


def stamp_of(outcome: Participation | None) -> str:
    """Return what tells one recording of an outcome from the next; blank for none."""
    return f"{outcome.pk}@{outcome.recorded_at.isoformat()}" if outcome is not None else ""


def _said(outcome: Participation) -> Said:
    figures = {figure.indicator: figure.amount for figure in _figures_of(outcome)}
    return Said(outcome.done_on, outcome.people, outcome.note, outcome.host, figures)


def _recorded_meanwhile(before: Participation) -> ValidationError:
    words = _(
        "%(who)s recorded this already at %(at)s: %(people)s people; %(figures)s. "
        "Look at it; press the button again to put yours in its place."
    )
    who = before.recorded_by.get_full_name() if before.recorded_by else before.unit.name
    facts = {"who": who, "at": vn_datetime(before.recorded_at), "seen": stamp_of(before), **_in_words(before)}
    return ValidationError(words, code="recorded", params=facts)


def _earlier(activity: Activity, unit: Unit, done_on: date, occurrence: Occurrence | None) -> Participation | None:
    """Return the row that is corrected; null where this is recorded for the first time.

    Raises ValidationError at ``occurrence`` where it is another activity's, or which one is not said.
    """
    rows = Participation.objects.filter(activity=activity, unit=unit)
    if occurrence is not None:
        if not activity.occurrences.filter(pk=occurrence.pk).exists():
            raise ValidationError({"occurrence": _("This time is not there any more. Look at the list again.")})
        return rows.filter(occurrence=occurrence).first()
    before = rows.filter(occurrence__isnull=True, done_on=done_on).first()
    if before is None and activity.occurrences.exists():
        raise ValidationError({"occurrence": _("Say which time it was.")})
    return before


def _check_day(activity: Activity, unit: Unit, done_on: date) -> None:
    if activity.state == ActivityState.CANCELLED:
        raise ValidationError(_("The activity was cancelled: there is nothing to record."))
    if not units_taking_part(activity).filter(pk=unit.pk).exists() or not unit.is_open_on(done_on):
        raise ValidationError({"unit": _("The unit does not take part in this activity on that day.")})
    if done_on > clock.today():
        raise ValidationError({"done_on": _("The day lies in the future.")})


def _check_host(
    activity: Activity,
    unit: Unit,
    host: Unit,
    figures: Mapping[Indicator, Decimal],
    occurrence: Occurrence | None,
    done_on: date,
) -> None:
    """Raises ValidationError where the host is none, or where what was done together would count twice."""
    if host.pk == unit.pk or not units_taking_part(activity).filter(pk=host.pk).exists():
        raise ValidationError({"host": _("This is no other unit that takes part in the activity.")})
    if any(figures.values()):
        raise ValidationError({"figures": _("The figures are recorded by the hosting unit; leave them blank here.")})
    same_time = Participation.objects.filter(activity=activity, occurrence=occurrence)
    if occurrence is None:
        same_time = same_time.filter(done_on=done_on)
    if same_time.filter(Q(unit=host, host__isnull=False) | Q(host=unit)).exists():
        words = _("One of the two is with another host already. Only one unit can be the host.")
        raise ValidationError({"host": words})


def _write_figures(row: Participation, figures: Mapping[Indicator, Decimal]) -> None:
    """Write the figures; one that was recorded before and is not given now is 0, for a report may hold it."""
    row.figures.exclude(indicator__in=list(figures)).update(amount=0)
    ParticipationFigure.objects.bulk_create(
        (
            ParticipationFigure(participation=row, indicator=indicator, amount=amount)
            for indicator, amount in figures.items()
        ),
        update_conflicts=True,
        unique_fields=["participation", "indicator"],
        update_fields=["amount"],
    )


def _checked_figures(figures: Mapping[Indicator, Decimal]) -> dict[Indicator, Decimal]:
    """Raises ValidationError at ``figures``: only amounts are counted, none below 0, wholes where whole."""
    for indicator, amount in figures.items():
        words = {"name": indicator.name}
        if indicator.kind != IndicatorKind.AMOUNT:
            raise ValidationError({"figures": _("“%(name)s” is not counted in amounts.") % words})
        if amount < 0:
            raise ValidationError({"figures": _("“%(name)s” cannot be negative.") % words})
        if indicator.is_whole and amount != amount.to_integral_value():
            raise ValidationError({"figures": _("“%(name)s” is counted in wholes.") % words})
    return dict(figures)


def _record_correction(*, activity: Activity, participation: Participation, actor: User | None) -> None:
    """Keep what stood before a correction, in words; ``from_state`` is blank, for it is no step of a life."""
    words = _("Outcome of %(unit)s on %(day)s corrected; before: %(people)s people; %(figures)s")
    reason = words % {
        "unit": participation.unit.name,
        "day": date_format(participation.done_on, "SHORT_DATE_FORMAT"),
        **_in_words(participation),
    }
    record(activity=activity, before="", actor=actor, reason=reason, unit=participation.unit)


def _in_words(outcome: Participation) -> dict[str, str]:
    figures = "; ".join(f"{one.indicator.name}: {one.amount.normalize():f}" for one in _figures_of(outcome))
    return {"people": "–" if outcome.people is None else str(outcome.people), "figures": figures or "–"}


def _figures_of(outcome: Participation) -> Iterable[ParticipationFigure]:
    return outcome.figures.select_related("indicator").order_by("pk")
