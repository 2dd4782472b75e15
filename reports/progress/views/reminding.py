"""An officer reminds units of their reports by one click: one unit, or all of the newest month."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.gates import require, signed_in
from core import clock
from core.form_pages import onward
from core.templatetags.portal_numbers import vn_number
from reports.progress import rules, selectors
from reports.progress.models import ProgressReport
from reports.progress.reminder_lines import names_of
from reports.progress.reminders import UNITS_NAMED, outstanding_for
from reports.progress.services import remind


@login_required
@require_POST
def remind_one(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Remind one unit of one month's report."""
    user = signed_in(request)
    found = selectors.report_or_404(user, code, month)
    require(rules.can_remind.test(user, found))
    return _remind(request, [found])


@login_required
@require_POST
def remind_all(request: HttpRequest) -> HttpResponse:
    """Remind the units beneath that have not handed in the newest month and were not reminded by hand today.

    Where they are more than one click reminds, the next click reminds the next.
    """
    user = signed_in(request)
    require(rules.reminds_any(user))
    outstanding = outstanding_for(user, clock.today())
    return _remind(request, outstanding.to_remind() if outstanding else [])


def _remind(request: HttpRequest, reports: list[ProgressReport]) -> HttpResponse:
    came = remind(actor=signed_in(request), reports=reports)
    if came.told:
        words = ngettext("%(count)s unit reminded: %(units)s.", "%(count)s units reminded: %(units)s.", len(came.told))
        messages.success(
            request, words % {"count": vn_number(len(came.told)), "units": names_of(came.told, UNITS_NAMED)}
        )
    if came.nobody:
        words = _("Nobody heard it at: %(units)s. Nobody signs in there; call them, or enter the report for them.")
        messages.warning(request, words % {"units": names_of(came.nobody, UNITS_NAMED)})
    if not came.told and not came.nobody:
        messages.info(request, _("Nobody was reminded: the report has come, is locked, or was reminded of today."))
    return redirect(onward(request, reverse("reports:lateness")))
