"""Pages that belong to no part of the domain: health, jobs, private files, notices."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import files, health, jobs, notices
from core.form_pages import FORM_METHODS, Done, form_page, posted
from core.forms import NoticeWishesForm
from core.models import Job, JobState, Notice, StoredFile

NOTICES_A_PAGE = 50
HTMX_STOP_POLLING = 286


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """State of database, broker and worker as JSON; 503 without the database. Public: it names no version, no host."""
    state = health.check()
    return JsonResponse(state.as_json(), status=200 if state.serves else 503)


def _job_or_404(request: HttpRequest, job_id: int) -> Job:
    job = get_object_or_404(Job.objects.select_related("result_file"), pk=job_id)
    if not jobs.may_see(request.user, job):
        raise Http404(job_id)
    return job


@login_required
@never_cache
@require_safe
def job_page(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far a long piece of work is; asked again every second by the page itself until it ends.

    Who waits for a job that ``leads_on`` is taken to what it made.
    """
    job = _job_or_404(request, job_id)
    ended = job.state not in (JobState.QUEUED, JobState.RUNNING)
    partial = bool(getattr(request, "htmx", False))
    template = "core/job.html#state" if partial else "core/job.html"
    response = render(request, template, {"job": job}, status=HTMX_STOP_POLLING if partial and ended else 200)
    if partial and job.state == JobState.DONE and job.result_url and job.params.get("leads_on"):
        response.status_code = 200
        response["HX-Redirect"] = job.result_url
    return response


@login_required
@require_POST
def job_cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    jobs.cancel(_job_or_404(request, job_id))
    return redirect("core:job", job_id)


@login_required
@require_POST
def job_retry(request: HttpRequest, job_id: int) -> HttpResponse:
    jobs.retry(_job_or_404(request, job_id))
    return redirect("core:job", job_id)


@login_required
@require_safe
def stored_file(request: HttpRequest, file_id: int) -> FileResponse:
    """Serve a private file, after asking its owner's scope. 404 for strangers and where it is gone."""
    file = get_object_or_404(StoredFile, pk=file_id)
    if not files.may_read(request.user, file):
        raise Http404(file_id)
    try:
        content = file.content.open("rb")
    except FileNotFoundError as gone:
        raise Http404(file_id) from gone
    is_saved = file.content_type not in files.SHOWN_IN_PAGE
    response = FileResponse(content, as_attachment=is_saved, filename=file.name, content_type=file.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def notices_page(request: HttpRequest) -> HttpResponse:
    """All notices of the person, newest first."""
    pages = Paginator(Notice.objects.filter(recipient_id=request.user.pk), NOTICES_A_PAGE)
    return render(request, "core/notices.html", {"page": pages.get_page(request.GET.get("page"))})


@login_required
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    notices.mark_read(request.user)
    return redirect("core:notices")


@login_required
@require_http_methods(FORM_METHODS)
def notices_settings(request: HttpRequest) -> HttpResponse:
    """Which kinds of notices come by e-mail too, and to which address."""

    def keep(values: dict[str, Any]) -> Done:
        notices.prefer_only(user=request.user, wanted=values["by_email"])
        return _("Your choice has been saved."), reverse("core:notices-settings")

    form = NoticeWishesForm(posted(request), initial={"by_email": sorted(notices.mailed_kinds(request.user))})
    return form_page(request, form, keep, template="core/notices_settings.html", context={})


@csrf_exempt
@never_cache
@require_http_methods(FORM_METHODS)
def notices_stop(request: HttpRequest, signed: str) -> HttpResponse:
    """Turn kinds of e-mail off by the address in a letter (POST); asked first what it would do (GET changes nothing).

    Public, and without a token against forgery: mail programs post here by themselves (RFC 8058). The signed address
    is the right to do it; the page names the kinds and nobody. 404 for an address that was not given out.
    """
    wish = notices.read_stop(signed)
    if wish is None:
        raise Http404(signed)
    if request.method == "POST":
        notices.stop(wish)
    context = {"kinds": wish.kinds, "done": request.method == "POST"}
    return render(request, "core/notices_stop.html", context)
