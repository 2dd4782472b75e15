"""Photos and files of an activity and of an outcome: added one by one as they are chosen, withdrawn with a note."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.gates import require, signed_in
from accounts.models import User
from core.attachments import ACCEPTED, Attachment, AttachmentRefused
from core.form_pages import FORM_METHODS
from core.uploads import keep_uploads

from ..models import Activity, Participation
from ..rules import can_record, can_run
from ..selectors import activities_visible_to, participations_visible_to, with_details
from ..services.files import add_file, add_outcome_file, withdraw_file
from .page import FileList, activity_files, outcome_files
from .selectors import files_about

FIELD = "files"


def _activity_or_404(user: User, activity_id: int) -> Activity:
    return get_object_or_404(with_details(activities_visible_to(user)), pk=activity_id)


def _outcome_or_404(user: User, activity_id: int, participation_id: int) -> Participation:
    """Return the outcome with the activity as the person sees it. Raises Http404 where either does not exist."""
    activity = _activity_or_404(user, activity_id)
    outcomes = participations_visible_to(user).filter(activity=activity).select_related("unit", "recorded_by")
    outcome = get_object_or_404(outcomes, pk=participation_id)
    outcome.activity = activity
    return outcome


@login_required
@require_POST
def file_add(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Keep the chosen files with the activity; answers with the list anew, and a sentence for each refused."""
    user = signed_in(request)
    activity = _activity_or_404(user, activity_id)
    require(can_run.test(user, activity))

    def keep(attachment: Attachment) -> None:
        try:
            add_file(actor=user, activity=activity, attachment=attachment)
        except ValidationError as late:
            raise AttachmentRefused(" ".join(late.messages)) from late

    refused = keep_uploads(request, FIELD, keep)
    shown = activity_files(activity, user, files_about(activity, user), *refused)
    return _listed_or_back(request, shown, reverse("activities:detail", args=[activity.pk]) + "#files")


@login_required
@require_POST
def file_withdraw(request: HttpRequest, activity_id: int, activity_file_id: int) -> HttpResponse:
    """Remove one of the activity's own files for good."""
    user = signed_in(request)
    activity = _activity_or_404(user, activity_id)
    require(can_run.test(user, activity))
    withdraw_file(actor=user, file=get_object_or_404(activity.files, pk=activity_file_id))
    messages.success(request, _("The file was withdrawn."))
    return redirect("activities:detail", activity.pk)


@login_required
@require_http_methods(FORM_METHODS)
def outcome_files_page(request: HttpRequest, activity_id: int, participation_id: int) -> HttpResponse:
    """All photos and files of one outcome; more are added here."""
    user = signed_in(request)
    outcome = _outcome_or_404(user, activity_id, participation_id)
    refused: list[str] = []
    if request.method == "POST":
        require(can_record(user, outcome.unit))
        refused = keep_outcome_files(request, user, outcome)
    shown = outcome_files(outcome, user, files_about(outcome.activity, user), *refused)
    if request.method == "POST":
        return _listed_or_back(request, shown, reverse("activities:outcome-files", args=[activity_id, outcome.pk]))
    context = {"nav_key": "board", "activity": outcome.activity, "outcome": outcome, "list": shown}
    return render(request, "activities/outcome_files.html", {**context, "accepted": ACCEPTED})


def keep_outcome_files(request: HttpRequest, user: User, outcome: Participation) -> list[str]:
    """Keep what was sent with a form as the outcome's files; returns the sentences about what was refused."""

    def keep(attachment: Attachment) -> None:
        try:
            add_outcome_file(actor=user, participation=outcome, attachment=attachment)
        except ValidationError as late:
            raise AttachmentRefused(" ".join(late.messages)) from late

    return keep_uploads(request, FIELD, keep)


@login_required
@require_POST
def outcome_file_withdraw(
    request: HttpRequest, activity_id: int, participation_id: int, outcome_file_id: int
) -> HttpResponse:
    """Remove one file of an outcome for good."""
    user = signed_in(request)
    outcome = _outcome_or_404(user, activity_id, participation_id)
    require(can_record(user, outcome.unit))
    withdraw_file(actor=user, file=get_object_or_404(outcome.files, pk=outcome_file_id))
    messages.success(request, _("The file was withdrawn."))
    return redirect("activities:outcome-files", activity_id, outcome.pk)


def _listed_or_back(request: HttpRequest, shown: FileList, address: str) -> HttpResponse:
    """The list anew for a page that put it in place by itself; else back to the page, which says what was refused."""
    if getattr(request, "htmx", False):
        return render(request, "activities/file_list.html", {"list": shown, "accepted": ACCEPTED})
    for sentence in shown.refused:
        messages.error(request, sentence)
    return redirect(address)
