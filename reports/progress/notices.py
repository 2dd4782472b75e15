"""What is told to a unit's secretaries about their report: a line in the portal, and by e-mail if wanted.

Who gets an e-mail when is ``core.notices``; the words about due days are ``reminder_lines``.
"""

from collections import defaultdict

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from core import notices
from core.templatetags.portal_numbers import vn_date

from . import rules
from .models import Extension, Period, ProgressReport
from .recipients import reviewers_of, secretaries_of

RETURNED = "reports.returned"
APPROVED = "reports.approved"
DUE_DAY = "reports.due_day"
REMINDED = "reports.reminded"
OVERDUE = "reports.overdue"
ON_BEHALF = "reports.on_behalf"
ASKED_FOR_TIME = "reports.time_asked"
EXTENDED = "reports.time_granted"


def register() -> None:
    """Name the kinds of notices of this room; called once when the app is ready."""
    notices.register(RETURNED, gettext_lazy("A report of mine was returned"), soon=True)
    notices.register(REMINDED, gettext_lazy("An officer reminds me of a report"), soon=True)
    notices.register(DUE_DAY, gettext_lazy("Due days of my unit's reports"), soon=True)
    notices.register(APPROVED, gettext_lazy("A report of mine was approved"))
    notices.register(OVERDUE, gettext_lazy("Units that have not reported"))
    notices.register(ON_BEHALF, gettext_lazy("Somebody entered a report for my unit"))
    notices.register(ASKED_FOR_TIME, gettext_lazy("A unit beneath mine asks for more time"), soon=True)
    notices.register(EXTENDED, gettext_lazy("More time for a report of mine"), soon=True)


def tell_sent_back(report: ProgressReport, reason: str) -> None:
    """Tell the unit's secretaries, and whoever submitted if still entering for the unit, that it came back, and why."""
    people = set(secretaries_of([report])[report.unit_id])
    if report.submitted_by is not None and rules.can_enter.test(report.submitted_by, report):
        people.add(report.submitted_by)
    with override(settings.LANGUAGE_CODE):
        text = _("The report of %(month)s of %(unit)s was returned: %(reason)s") % {
            "month": month_name(report.period),
            "unit": report.unit.short_name,
            "reason": reason,
        }
    notices.tell(recipients=people, kind=RETURNED, text=text, url=address_of(report))


def tell_approved(reports: list[ProgressReport]) -> None:
    """Tell the secretaries of all these units, in one line per month."""
    by_period: dict[Period, set[User]] = defaultdict(set)
    secretaries = secretaries_of(reports)
    for report in reports:
        by_period[report.period].update(secretaries[report.unit_id])
    for period, people in by_period.items():
        with override(settings.LANGUAGE_CODE):
            text = _("Your report of %(month)s was approved.") % {"month": month_name(period)}
        notices.tell(recipients=people, kind=APPROVED, text=text, url=reverse("reports:own"))


def tell_on_behalf(reports: list[ProgressReport], actor: User, *, submitted: bool) -> None:
    """Tell the units' secretaries that an officer above entered figures for them, or handed the report in.

    Where the actor is the unit's secretary there is nothing to tell.
    """
    theirs = [report for report in reports if not rules.is_its_secretary.test(actor, report)]
    secretaries = secretaries_of(theirs) if theirs else {}
    with override(settings.LANGUAGE_CODE):
        if submitted:
            words = _("%(person)s submitted the report of %(month)s on behalf of %(unit)s.")
        else:
            words = _("%(person)s enters the report of %(month)s on behalf of %(unit)s.")
        lines = [
            notices.Told(
                person,
                words % {"person": actor, "month": month_name(report.period), "unit": report.unit.short_name},
                address_of(report),
            )
            for report in theirs
            for person in secretaries[report.unit_id]
        ]
    notices.tell_each(kind=ON_BEHALF, lines=lines)


def tell_asked_for_time(report: ProgressReport, plea: str) -> None:
    """Tell the officers of the nearest body above that has some, for the topmost unit its leaders, what is asked."""
    with override(settings.LANGUAGE_CODE):
        text = _("%(unit)s asks for more time for %(month)s: %(reason)s") % {
            "unit": report.unit.short_name,
            "month": month_name(report.period),
            "reason": plea,
        }
    notices.tell(
        recipients=reviewers_of([report.unit])[report.unit_id],
        kind=ASKED_FOR_TIME,
        text=text,
        url=days_address_of(report),
    )


def tell_extended(report: ProgressReport, extension: Extension) -> None:
    """Tell the unit's secretaries until when the report is taken, and why."""
    with override(settings.LANGUAGE_CODE):
        text = _("More time for the report of %(month)s of %(unit)s, until %(day)s: %(reason)s") % {
            "month": month_name(report.period),
            "unit": report.unit.short_name,
            "day": vn_date(extension.locks_on),
            "reason": extension.reason,
        }
    notices.tell(recipients=secretaries_of([report])[report.unit_id], kind=EXTENDED, text=text, url=address_of(report))


def tell_declined(report: ProgressReport, reason: str) -> None:
    """Tell the unit's secretaries that they get no more time, and why."""
    with override(settings.LANGUAGE_CODE):
        text = _("No more time for the report of %(month)s of %(unit)s: %(reason)s") % {
            "month": month_name(report.period),
            "unit": report.unit.short_name,
            "reason": reason,
        }
    notices.tell(recipients=secretaries_of([report])[report.unit_id], kind=EXTENDED, text=text, url=address_of(report))


def tell_extension_ended(report: ProgressReport) -> None:
    """Tell the unit's secretaries that the ordinary days hold again."""
    with override(settings.LANGUAGE_CODE):
        text = _("The exception for the report of %(month)s of %(unit)s was taken back.") % {
            "month": month_name(report.period),
            "unit": report.unit.short_name,
        }
    notices.tell(recipients=secretaries_of([report])[report.unit_id], kind=EXTENDED, text=text, url=address_of(report))


def month_name(period: Period) -> str:
    """The period in words, "tháng 9/2024"."""
    return _("month %(month)s/%(year)s") % {"month": period.month, "year": period.year}


def address_of(report: ProgressReport) -> str:
    """The page of the report: form or reading view."""
    return reverse("reports:report", args=[report.unit.code, str(report.period)])


def days_address_of(report: ProgressReport) -> str:
    """The page of the days that hold for the report, where more time is asked for and granted."""
    return reverse("reports:extension", args=[report.unit.code, str(report.period)])
