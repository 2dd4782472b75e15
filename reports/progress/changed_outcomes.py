"""What is told when an outcome is corrected after a report has taken it over; registered with ``activities``."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from activities import corrections
from activities.models import Participation
from core import notices
from core.templatetags.portal_numbers import vn_number
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


def hear(participation: Participation) -> None:
    """Tell the unit's secretaries and who reviews its report what the report says no longer.

    A draft says so by itself to whoever works on it.
    """
    changed = TakenOutcome.objects.filter(figure__participation=participation, report__state__in=HANDED_IN)
    for taken in changed.exclude(amount=F("figure__amount")).select_related(
        "report__unit", "report__period", "figure__indicator", "figure__participation__activity"
    ):
        transaction.on_commit(partial(_tell, taken))


def _tell(taken: TakenOutcome) -> None:
    report, figure = taken.report, taken.figure
    with override(settings.LANGUAGE_CODE):
        words = _(
            "“%(activity)s” was corrected after the report of %(month)s of %(unit)s took it over: "
            "%(indicator)s was %(before)s, is %(now)s."
        )
        text = words % {
            "activity": figure.participation.activity.name,
            "month": month_name(report.period),
            "unit": report.unit.short_name,
            "indicator": figure.indicator.name,
            "before": vn_number(taken.amount),
            "now": vn_number(figure.amount),
        }
    people = {*secretaries_of([report])[report.unit_id], *reviewers_of(report.unit)}
    notices.tell(recipients=people, kind=CHANGED, text=text, url=address_of(report))
