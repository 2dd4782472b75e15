"""What is told to a unit's secretaries about their report: a line in the portal, and by e-mail if wanted.

Who gets an e-mail when is ``core.notices``.
"""

from collections import defaultdict

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.enums import RoleName
from accounts.models import Role, User
from core import notices

from .models import Period, ProgressReport

RETURNED = "reports.returned"
APPROVED = "reports.approved"


def register() -> None:
    """Name the kinds of notices of this room; called once when the app is ready."""
    notices.register(RETURNED, gettext_lazy("A report of mine was returned"))
    notices.register(APPROVED, gettext_lazy("A report of mine was approved"))


def tell_sent_back(report: ProgressReport, reason: str) -> None:
    """Tell the unit's secretaries and whoever submitted that the report came back, and why."""
    people = set(_secretaries([report])[report.unit_id])
    if report.submitted_by is not None:
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
    secretaries = _secretaries(reports)
    for report in reports:
        by_period[report.period].update(secretaries[report.unit_id])
    for period, people in by_period.items():
        with override(settings.LANGUAGE_CODE):
            text = _("Your report of %(month)s was approved.") % {"month": month_name(period)}
        notices.tell(recipients=people, kind=APPROVED, text=text, url=reverse("reports:own"))


def month_name(period: Period) -> str:
    """The period in words, "tháng 9/2024"."""
    return _("month %(month)s/%(year)s") % {"month": period.month, "year": period.year}


def address_of(report: ProgressReport) -> str:
    """The page of the report: form or reading view."""
    return reverse("reports:report", args=[report.unit.code, str(report.period)])


def _secretaries(reports: list[ProgressReport]) -> dict[int, list[User]]:
    found: dict[int, list[User]] = defaultdict(list)
    roles = Role.objects.filter(
        unit__in=[report.unit_id for report in reports], name=RoleName.SECRETARY, ended_at__isnull=True
    )
    for role in roles.select_related("user"):
        found[role.unit_id].append(role.user)
    return found
