"""More time for one report: the page of its days, where the unit asks and whoever stands above answers."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.gates import require, signed_in
from accounts.models import User
from core import clock
from core.templatetags.portal_numbers import vn_date
from reports.progress import rules, selectors
from reports.progress.deadlines import Deadlines
from reports.progress.errors import WrongState
from reports.progress.extension_forms import DeclineForm, ExtensionForm, PleaForm
from reports.progress.models import ProgressReport
from reports.progress.notices import address_of, days_address_of
from reports.progress.selectors import receiver_of
from reports.progress.services import ask_for_time, decline_plea, end_extension, grant_extension

UNPROCESSABLE = 422
USUALLY_GIVEN = timedelta(days=5)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extension(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """The days that hold for a report and their history (GET); grant an exception (POST)."""
    user, found = _report(request, code, month)
    require(rules.can_see_days.test(user, found))
    if request.method != "POST":
        return _page(request, found)
    require(rules.can_extend.test(user, found))
    form = ExtensionForm(request.POST, report=found)
    if not form.is_valid():
        return _page(request, found, form=form)
    granted = grant_extension(actor=user, report=found, **form.cleaned_data)
    told = {"unit": found.unit.short_name, "day": vn_date(granted.locks_on)}
    messages.success(request, _("%(unit)s may hand in until the end of %(day)s, and is told so.") % told)
    return redirect(days_address_of(found))


@login_required
@require_POST
def extension_ask(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Ask those above for more time."""
    user, found = _report(request, code, month)
    require(rules.is_its_secretary.test(user, found))
    form = PleaForm(request.POST)
    if not form.is_valid():
        return _page(request, found, plea_form=form)
    try:
        ask_for_time(actor=user, report=found, plea=form.cleaned_data["plea"])
    except WrongState:
        messages.error(request, _("The report was handed in already, so no more time is needed."))
    else:
        told = {"receiver": receiver_of(found.unit).short_name}
        messages.success(
            request, _("Asked for more time. %(receiver)s is told, and the answer reaches you here.") % told
        )
    return redirect(address_of(found))


@login_required
@require_POST
def extension_decline(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Give the unit no more time, and say why."""
    user, found = _report(request, code, month)
    require(rules.can_extend.test(user, found))
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, found, decline_form=form)
    decline_plea(actor=user, report=found, reason=form.cleaned_data["why_not"])
    messages.success(request, _("%(unit)s is told that the days stay as they are.") % {"unit": found.unit.short_name})
    return redirect(days_address_of(found))


@login_required
@require_POST
def extension_end(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Take the exception in force back."""
    user, found = _report(request, code, month)
    require(rules.can_extend.test(user, found))
    end_extension(actor=user, report=found)
    messages.success(request, _("The exception is taken back; the unit is told."))
    return redirect(days_address_of(found))


def _report(request: HttpRequest, code: str, month: str) -> tuple[User, ProgressReport]:
    user = signed_in(request)
    return user, selectors.report_or_404(user, code, month, "extension")


def _page(
    request: HttpRequest,
    report: ProgressReport,
    *,
    form: ExtensionForm | None = None,
    plea_form: PleaForm | None = None,
    decline_form: DeclineForm | None = None,
) -> HttpResponse:
    user, deadlines = signed_in(request), Deadlines([report.period], of=[report.unit])
    ordinary = deadlines.ordinary(report.unit, report.period)
    latest = max(ordinary.locks_on, clock.today()) + USUALLY_GIVEN
    waiting = selectors.waiting_plea(report)
    context = {
        "report": report,
        "ordinary": ordinary,
        "deadline": deadlines.of(report.unit, report.period),
        "waiting": waiting,
        "form": form or ExtensionForm(report=report, initial={"locks_on": latest}),
        "plea_form": plea_form or PleaForm(initial={"plea": waiting.plea if waiting else ""}),
        "decline_form": decline_form or DeclineForm(),
        "may_extend": rules.can_extend.test(user, report),
        "may_ask": rules.is_its_secretary.test(user, report) and report.first_submitted_at is None,
        "reads": rules.can_read.test(user, report),
        "today": clock.today(),
        "history": selectors.extension_steps(report),
    }
    status = UNPROCESSABLE if form or plea_form or decline_form else 200
    return render(request, "reports/progress/extension.html", context, status=status)
