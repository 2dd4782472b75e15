"""Evidence under a report: taken one by one as they are chosen, withdrawn with a note."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.gates import require, signed_in
from accounts.models import User
from core.attachments import Attachment, AttachmentRefused
from core.uploads import keep_uploads
from reports.progress import rules, selectors
from reports.progress.errors import WrongState
from reports.progress.models import ProgressReport
from reports.progress.notices import address_of
from reports.progress.services import add_evidence, withdraw_evidence

FIELD = "evidence"


@login_required
@require_POST
def evidence_add(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Keep the chosen files; answers with the list anew, and a sentence for each that was refused."""
    user = signed_in(request)
    found = selectors.report_or_404(user, code, month)
    require(rules.can_enter.test(user, found))
    refused = take_files(request, user, found)
    if getattr(request, "htmx", False):
        context = {
            "report": found,
            "evidence": selectors.evidence_of(found),
            "refused": refused,
            "may_add": True,
            "may_withdraw": True,
        }
        return render(request, "reports/progress/_evidence.html", context)
    for sentence in refused:
        messages.error(request, sentence)
    return redirect(address_of(found) + ("" if rules.is_its_secretary.test(user, found) else "?enter=1"))


def take_files(request: HttpRequest, user: User, report: ProgressReport) -> list[str]:
    """Keep what was sent with a form as evidence; returns the sentences about what was refused."""

    def keep(attachment: Attachment) -> None:
        try:
            add_evidence(actor=user, report=report, attachment=attachment)
        except WrongState as late:
            raise AttachmentRefused(_("The report was handed in meanwhile, so nothing was added.")) from late

    return keep_uploads(request, FIELD, keep)


@login_required
@require_POST
def evidence_withdraw(request: HttpRequest, code: str, month: str, evidence_id: int) -> HttpResponse:
    """Remove one file for good; that it was there stays written."""
    user = signed_in(request)
    found = selectors.report_or_404(user, code, month)
    require(rules.can_enter.test(user, found))
    evidence = get_object_or_404(found.evidence, pk=evidence_id)
    withdraw_evidence(actor=user, evidence=evidence)
    messages.success(request, _("The file was withdrawn."))
    return redirect(address_of(found))
