"""What is told when outcomes that reports took over are corrected or cancelled; registered with ``activities``."""

from collections.abc import Iterator, Sequence
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from activities import corrections
from activities.enums import ActivityState
from activities.models import Participation
from core import notices
from core.templatetags.portal_numbers import vn_date, vn_number
from reports.enums import ReportState

from .models import TakenOutcome
from .notices import address_of, month_name
from .recipients import reviewers_of, secretaries_of

CHANGED = "reports.outcome_changed"
HANDED_IN = (ReportState.SUBMITTED, ReportState.APPROVED)


def register() -> None:
    """Name the kind of notice and listen; called once when the app is ready."""
    notices.register(CHANGED, gettext_lazy("An outcome changed after a report took it over"))
    corrections.register(hear)


def hear(participations: Sequence[Participation]) -> None:
    """Tell each unit's secretaries and who reviews its report what the report says no longer.

    A draft says so by itself to whoever works on it. However many there are, the statements are as many.
    """
    taken_over = TakenOutcome.objects.filter(figure__participation__in=participations, report__state__in=HANDED_IN)
    related = taken_over.select_related(
        "report__unit", "report__period", "figure__indicator", "figure__participation__activity"
    )
    wrong = [
        taken
        for taken in related.order_by("pk")
        if taken.amount != taken.figure.amount or _has_moved(taken) or _is_cancelled(taken)
    ]
    if wrong:
        transaction.on_commit(partial(_tell, wrong))


def _is_cancelled(taken: TakenOutcome) -> bool:
    return taken.figure.participation.activity.state == ActivityState.CANCELLED


def _has_moved(taken: TakenOutcome) -> bool:
    """Whether it was held in another month than the report's, as is recorded now."""
    period = taken.report.period
    return not period.first_day <= taken.figure.participation.done_on <= period.last_day


def _tell(wrong: Sequence[TakenOutcome]) -> None:
    with override(settings.LANGUAGE_CODE):
        notices.tell_each(kind=CHANGED, lines=list(_lines(wrong)))


def _lines(wrong: Sequence[TakenOutcome]) -> Iterator[notices.Told]:
    reports = [taken.report for taken in wrong]
    secretaries, reviewers = secretaries_of(reports), reviewers_of([report.unit for report in reports])
    for taken in wrong:
        unit, text, url = taken.report.unit_id, _text(taken), address_of(taken.report)
        for person in dict.fromkeys((*secretaries[unit], *reviewers[unit])):
            yield notices.Told(person, text, url)


def _text(taken: TakenOutcome) -> str:
    if _is_cancelled(taken):
        return _cancelled_text(taken)
    return _moved_text(taken) if _has_moved(taken) else _corrected_text(taken)


def _cancelled_text(taken: TakenOutcome) -> str:
    words = _(
        "“%(activity)s” is cancelled; the report of %(month)s of %(unit)s counts it with %(indicator)s %(before)s."
    )
    return words % _facts(taken)


def _corrected_text(taken: TakenOutcome) -> str:
    words = _(
        "“%(activity)s” was corrected after the report of %(month)s of %(unit)s took it over: "
        "%(indicator)s was %(before)s, is %(now)s."
    )
    return words % {**_facts(taken), "now": vn_number(taken.figure.amount)}


def _moved_text(taken: TakenOutcome) -> str:
    words = _(
        "“%(activity)s” was held on %(day)s, as is recorded now: outside the month of the report of %(month)s of "
        "%(unit)s, which counts it with %(indicator)s %(before)s."
    )
    return words % {**_facts(taken), "day": vn_date(taken.figure.participation.done_on)}


def _facts(taken: TakenOutcome) -> dict[str, str]:
    return {
        "activity": taken.figure.participation.activity.name,
        "month": month_name(taken.report.period),
        "unit": taken.report.unit.short_name,
        "indicator": taken.figure.indicator.name,
        "before": vn_number(taken.amount),
    }
