"""The unit's own pages: its months, the form of one month, and the report as it is read."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.gates import require, signed_in
from accounts.models import User
from core import clock
from core.attachments import ACCEPTED
from core.status_looks import look
from core.templatetags.portal_numbers import vn_datetime, vn_time
from reports.enums import ReportState
from reports.progress import rules, selectors
from reports.progress.asked import answering_once
from reports.progress.clash import merged, parts_named
from reports.progress.errors import Problem, StaleVersion, SubmissionBlocked, WrongState
from reports.progress.fields import base_of, part_of, read_base, stored_in
from reports.progress.forms import ReasonForm, ReportForm
from reports.progress.models import ProgressReport
from reports.progress.notices import address_of
from reports.progress.services import save_draft, submit_report
from reports.progress.sheet import Sheet, sheet_of
from reports.progress.states import OPEN_FOR_ENTRY, REASON_NEEDED, actions_open_to
from reports.progress.years import years_at_a_glance
from units.models import Unit

from .evidence import take_files
from .phrases import phrases_offered

UNPROCESSABLE = 422
CONFLICT = 409


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The months of the units whose secretary this person is: a year at a glance."""
    user = signed_in(request)
    years = selectors.years_reported(user)
    wished = request.GET.get("year", "")
    year = next((year for year in years if str(year) == wished), max(years, default=None))
    glances = years_at_a_glance(user, year, clock.now()) if year else []
    return render(request, "reports/progress/own.html", {"glances": glances, "year": year, "years": years})


@login_required
@require_safe
@answering_once()
def report(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """The form while the unit works on the report, else the reading view.

    An officer above reads; ``?enter=1`` opens the form to enter for the unit.
    """
    user = signed_in(request)
    found = selectors.report_or_404(user, code, month, "sent_back__actor", "extension")
    require(rules.can_read.test(user, found))
    enters = rules.is_its_secretary.test(user, found) or ("enter" in request.GET and rules.can_enter.test(user, found))
    sheet = sheet_of(found)
    if enters and found.state in OPEN_FOR_ENTRY:
        return form_page(request, ReportForm(sheet))
    return reading_page(request, sheet)


def form_page(request: HttpRequest, form: ReportForm, *, status: int = 200, **more: Any) -> HttpResponse:
    """Render the form of a month; ``more`` says what happened to what was typed."""
    user, found = signed_in(request), form.sheet.report
    context = {
        "form": form,
        "sheet": form.sheet,
        "report": found,
        "sent_back": found.sent_back,
        "receiver": selectors.receiver_of(found.unit),
        "before": form.sheet.months_before,
        "on_behalf": not rules.is_its_secretary.test(user, found),
        "evidence": selectors.evidence_of(found),
        "accepted": ACCEPTED,
        **more,
    }
    return render(request, "reports/progress/form.html", context, status=status)


def reading_page(
    request: HttpRequest, sheet: Sheet, *, reason_form: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    """Render the report as it is read, with what this person can do with it."""
    user, found = signed_in(request), sheet.report
    history, open_to = selectors.history_of(found), actions_open_to(user, found)
    context = {
        "sheet": sheet,
        "report": found,
        "history": history,
        "handed_in": selectors.last_submission(history),
        "open_to": open_to,
        "phrases": phrases_offered(user) if open_to & REASON_NEEDED else [],
        "reason_form": reason_form or ReasonForm(),
        "had_a_hand": rules.had_a_hand.test(user, found),
        "reviews": rules.can_review.test(user, found),
        "may_extend": rules.can_extend.test(user, found),
        "evidence": selectors.evidence_of(found),
        "may_withdraw": rules.can_enter.test(user, found),
    }
    return render(request, "reports/progress/reading.html", context, status=status)


def _to_enter(request: HttpRequest, code: str, month: str) -> tuple[User, ProgressReport]:
    user = signed_in(request)
    found = selectors.report_or_404(user, code, month)
    require(rules.can_enter.test(user, found))
    return user, found


def _keep(user: User, form: ReportForm) -> ProgressReport:
    """Keep what can be kept of the form; a draft that says all of it already stays as it is.

    Raises ``StaleVersion``, ``WrongState``.
    """
    form.is_valid()
    if form.sheet.report.state == ReportState.DRAFT and form.says_what_is_stored:
        return form.sheet.report
    try:
        return save_draft(
            actor=user,
            report=form.sheet.report,
            entries=form.good,
            narratives=form.narratives,
            ticked=form.ticked,
            version=form.cleaned_data.get("version", -1),
        )
    except StaleVersion:
        kept = _kept_before(user, form)
        if kept is None:
            raise
        return kept


def _kept_before(user: User, form: ReportForm) -> ProgressReport | None:
    """The report as it is now, where this person was the last to save it and just this stands in it.

    On a bad line the answer to a save gets lost, and the same save comes again with the version from before.
    """
    report = form.sheet.report
    now = selectors.report_or_404(user, report.unit.code, str(report.period))
    last = now.events.last()
    if now.state != ReportState.DRAFT or "version" in form.errors or last is None or last.actor_id != user.pk:
        return None
    again = ReportForm(sheet_of(now), form.data)
    again.is_valid()
    return now if again.adds_nothing else None


@login_required
@require_POST
@answering_once()
def autosave(request: HttpRequest, code: str, month: str) -> JsonResponse:
    """Keep the draft as it is typed; answers with the new version, the errors and how each line stands now."""
    user, found = _to_enter(request, code, month)
    form = ReportForm(sheet_of(found), request.POST)
    try:
        found = _keep(user, form)
    except StaleVersion as stale:
        return JsonResponse({"clash": _clash(stale)}, status=CONFLICT)
    except WrongState:
        return JsonResponse({"clash": _moved_on(found)}, status=CONFLICT)
    sheet = form.sheet.saying(found)
    lines = {
        line.indicator.pk: render_to_string("reports/progress/_standing.html", {"line": line}, request)
        for line in sheet.lines
    }
    saved = _("Saved %(time)s") % {"time": vn_time(found.saved_at)}
    errors = {name: list(said) for name, said in form.errors.items()}
    now = {"version": found.version, "base": base_of(sheet)}
    return JsonResponse({**now, "saved": saved, "errors": errors, "lines": lines})


@login_required
@require_POST
@answering_once()
def save(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Keep the draft by the button, without JavaScript; what cannot be kept stays in the page with its reason."""

    def go_on(user: User, kept: ReportForm) -> HttpResponse:
        found = kept.sheet.report
        messages.success(request, _("Saved %(time)s") % {"time": vn_time(found.saved_at)})
        return redirect(_form_address(user, found))

    return _after_keeping(request, code, month, go_on)


@login_required
@require_POST
@answering_once()
def submit(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Keep the draft and hand it in; what looks odd is shown once before (``seen`` says what was shown)."""

    def go_on(user: User, kept: ReportForm) -> HttpResponse:
        unseen = {odd.key for odd in kept.sheet.oddities} - set(request.POST.getlist("seen"))
        if unseen:
            return form_page(request, kept, asked_to_look=len(kept.sheet.oddities))
        return _hand_in(request, user, kept)

    return _after_keeping(request, code, month, go_on)


def _after_keeping(
    request: HttpRequest, code: str, month: str, go_on: Callable[[User, ReportForm], HttpResponse]
) -> HttpResponse:
    """Keep what was sent and go on with it as it is stored; or show the page again with what stands in the way."""
    user, found = _to_enter(request, code, month)
    form = ReportForm(sheet_of(found), request.POST)
    try:
        found = _keep(user, form)
    except StaleVersion as stale:
        return _clash_page(request, found, stale)
    except WrongState:
        return _faster(request, found)
    _take_files(request, user, found)
    kept = form if found is form.sheet.report else _again(request, form.sheet.saying(found))
    if form.errors:
        return form_page(request, kept, status=UNPROCESSABLE)
    return go_on(user, kept)


def _take_files(request: HttpRequest, user: User, found: ProgressReport) -> None:
    """Without JavaScript the chosen files come with whatever button was pressed."""
    for sentence in take_files(request, user, found):
        messages.error(request, sentence)


def _hand_in(request: HttpRequest, user: User, form: ReportForm) -> HttpResponse:
    found = form.sheet.report
    try:
        found = submit_report(actor=user, report=found, version=found.version, sheet=form.sheet)
    except SubmissionBlocked as blocked:
        return form_page(request, form, status=UNPROCESSABLE, problems=_general(form, blocked.problems))
    except StaleVersion as stale:
        return _clash_page(request, found, stale)
    except WrongState:
        return _faster(request, found)
    messages.success(request, _receipt(user, found, selectors.receiver_of(form.sheet.report.unit)))
    return redirect(address_of(found))


def _receipt(user: User, found: ProgressReport, receiver: Unit) -> str:
    told = {
        "moment": vn_datetime(found.submitted_at),
        "unit": found.unit.short_name,
        "receiver": receiver.short_name,
    }
    if rules.is_its_secretary.test(user, found):
        return _("Submitted at %(moment)s. Now %(receiver)s reviews it.") % told
    words = _(
        "Submitted on behalf of %(unit)s at %(moment)s. Its secretaries are told; somebody else than you approves it."
    )
    return words % told


def _general(form: ReportForm, problems: list[Problem]) -> list[str]:
    """The sentences for the head of the page, each with its indicator where it has one."""
    names = {line.indicator.pk: line.indicator.name for line in form.sheet.lines}
    return [
        f"{names[one.indicator_id]}: {one.message}" if one.indicator_id in names else one.message for one in problems
    ]


def _again(request: HttpRequest, sheet: Sheet) -> ReportForm:
    """The page's form again as typed, over what is stored now; what was left to the other person as stored."""
    taken = set(request.POST.getlist("take"))
    fields = stored_in(sheet) if taken else {}
    return _over(request, sheet, {name: text for name, text in fields.items() if part_of(name) in taken})


def _over(request: HttpRequest, sheet: Sheet, fields: Mapping[str, str]) -> ReportForm:
    """The form as it was sent, with these fields instead, over what is stored now."""
    data = request.POST.copy()
    data.pop("take", None)
    for name, text in {**fields, "version": str(sheet.report.version)}.items():
        data[name] = text
    form = ReportForm(sheet, data)
    form.is_valid()
    return form


def _clash_page(request: HttpRequest, found: ProgressReport, stale: StaleVersion) -> HttpResponse:
    """The report as the other person left it, with what this person typed: where both did, this person chooses."""
    now = selectors.report_or_404(signed_in(request), found.unit.code, str(found.period))
    if now.state not in OPEN_FOR_ENTRY:
        return _faster(request, now)
    sheet = sheet_of(now)
    base = read_base(request.POST.get("base", ""))
    outcome = merged(sent=request.POST.dict(), base=base, stored=stored_in(sheet))
    form = _over(request, sheet, outcome.fields)
    more = {"taken": parts_named(sheet, outcome.taken), "both": parts_named(sheet, outcome.both)}
    return form_page(request, form, status=CONFLICT, clash=_clash(stale), **more)


def _clash(stale: StaleVersion) -> str:
    told = {"person": stale.by or _("Somebody else"), "time": vn_time(stale.at)}
    return _("%(person)s changed this report at %(time)s while you had it open.") % told


def _moved_on(found: ProgressReport) -> str:
    found.refresh_from_db(fields=["state"])
    words = _("The report is now “%(state)s”, so nothing was changed.")
    return words % {"state": look(found.state, "report").word}


def _faster(request: HttpRequest, found: ProgressReport) -> HttpResponse:
    messages.error(request, _moved_on(found))
    return redirect(address_of(found))


def _form_address(user: User, found: ProgressReport) -> str:
    return address_of(found) + ("" if rules.is_its_secretary.test(user, found) else "?enter=1")
