"""The reading's own pages: choosing a document, and the first step of looking through what was read."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.gates import require, signed_in
from core import clock
from core.templatetags.portal_numbers import vn_time
from plans.fields import refuse
from plans.models import Plan
from plans.proposals.contradictions import contradictions_of, look_at
from plans.rules import can_draft, drafts_somewhere

from . import services, uploads
from .contents import document_marks, document_page
from .forms import DocumentForm, HeadForm
from .frame import DOCUMENT, frame_of
from .selectors import reading_or_404

UNPROCESSABLE, CONFLICT = 422, 409


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def from_document(request: HttpRequest) -> HttpResponse:
    """Choose a document and have it read; goes to the page that shows how far it is. For officers."""
    user = signed_in(request)
    require(drafts_somewhere(user))
    is_sent = request.method == "POST"
    form = DocumentForm(request.POST, request.FILES, user=user) if is_sent else DocumentForm(user=user)
    if is_sent and form.is_valid():
        name, content, is_pasted = form.document()
        job = uploads.request_reading(
            actor=user, unit=form.cleaned_data["unit"], name=name, content=content, is_pasted=is_pasted
        )
        return redirect("core:job", job.pk)
    return render(
        request, "plans/reading/from_document.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200
    )


@login_required
@require_safe
def reading(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Step 1: the whole document beside its outline, its head, what contradicts itself, deadlines for reports.

    After the draft, for all who see the plan, to read only.
    """
    plan = reading_or_404(signed_in(request), plan_id)
    return _first_step(request, plan, HeadForm(plan=plan))


@login_required
@require_POST
def head(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Save the corrected head: a page for a form, JSON for what is saved while it is typed."""
    user = signed_in(request)
    plan = reading_or_404(user, plan_id)
    require(can_draft.test(user, plan))
    form = HeadForm(request.POST, plan=plan)
    is_stale = False
    if form.is_valid():
        try:
            plan = services.correct_head(actor=user, plan=plan, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
            is_stale = getattr(error, "code", None) in ("stale", "not_draft")
    if "X-Autosave" in request.headers:
        return _autosaved(plan, form, is_stale=is_stale)
    if form.errors:
        return _first_step(request, plan, form, status=CONFLICT if is_stale else UNPROCESSABLE)
    messages.success(request, _("The head has been saved."))
    return redirect("plans:reading", plan.pk)


def _autosaved(plan: Plan, form: HeadForm, *, is_stale: bool) -> JsonResponse:
    if is_stale:
        return JsonResponse({"clash": " ".join(str(words) for words in form.non_field_errors())}, status=CONFLICT)
    if form.errors:
        return JsonResponse({"errors": form.errors, "saved": _("Not saved yet")}, status=UNPROCESSABLE)
    saved = _("saved at %(time)s") % {"time": vn_time(clock.now())}
    words = {"title": plan.title, "kind": plan.get_kind_display()}
    return JsonResponse({"saved": saved, "version": services.version_of_head(plan), "texts": words})


@login_required
@require_POST
def again(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Read the document once more; what was decided stays."""
    done = _("The document has been read again. Everything that you decided has stayed.")
    return _act(request, plan_id, done, lambda plan: services.read_again(actor=signed_in(request), plan=plan))


@login_required
@require_POST
def contradiction_seen(request: HttpRequest, plan_id: int, contradiction_id: int) -> HttpResponse:
    """Note that somebody has looked at a contradiction."""

    def see(plan: Plan) -> None:
        found = get_object_or_404(contradictions_of(plan).select_related("plan__unit"), pk=contradiction_id)
        look_at(actor=signed_in(request), contradiction=found)

    return _act(request, plan_id, "", see, anchor=f"#prop-c{contradiction_id}")


def _act(
    request: HttpRequest, plan_id: int, done: str, act: Callable[[Plan], object], anchor: str = ""
) -> HttpResponseRedirect:
    """Gate, do one thing with the draft, and go back to the page; a refusal is shown there in words."""
    user = signed_in(request)
    plan = reading_or_404(user, plan_id)
    require(can_draft.test(user, plan))
    try:
        act(plan)
    except ValidationError as error:
        for words in error.messages:
            messages.error(request, words)
    else:
        if done:
            messages.success(request, done)
    answer = redirect("plans:reading", plan.pk)
    answer["Location"] += anchor
    return answer


def _first_step(request: HttpRequest, plan: Plan, form: HeadForm, status: int = 200) -> HttpResponse:
    user = signed_in(request)
    marks = document_marks(plan, user)
    frame = frame_of(plan=plan, user=user, step=DOCUMENT, marks=marks.marks)
    context = {"frame": frame, "shown": document_page(frame, marks), "form": form}
    return render(request, "plans/reading/document.html", context, status=status)
