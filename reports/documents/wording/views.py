"""Pages of a report's words: writing them, taking words over, reading, comparing and restoring versions."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.gates import require, signed_in
from core.form_pages import FORM_METHODS, Done, form_page
from core.templatetags.portal_numbers import vn_time
from reports.documents import selectors
from reports.documents.models import OfficialDocument
from reports.documents.rules import can_prepare
from reports.enums import WordingCause
from reports.progress.clash import Clash, merged

from .comparing import changes_between
from .editor import Desk, desk_of
from .forms import SeenForm, WordingForm, texts_of
from .models import WordingVersion
from .parts import paragraphs_of, parts_of, text_of, words_of
from .services import StaleWording, gather_again, restore_wording, save_wording
from .versions import is_made_again, is_set, may_edit, told_by, version_or_404, versions_of

PAGE, READING = "reports/documents/wording/page.html", "reports/documents/wording/reading.html"
CONFLICT = 409


@login_required
@require_http_methods(FORM_METHODS)
def page(request: HttpRequest, document_id: int) -> HttpResponse:
    """The words of a report: as a form while it is a draft, else to be read."""
    user = signed_in(request)
    document, desk = _desk(request, document_id)
    if request.method != "POST" and not may_edit(user, document):
        return _reading(request, document, desk)
    require(can_prepare(user, document.unit))

    def save(values: dict[str, Any]) -> Done:
        version = save_wording(
            actor=user,
            document=document,
            words=form.words,
            seen=values["seen"],
            checked=request.POST.getlist("checked"),
        )
        return _said_of(version, desk), reverse("reports:document-words", args=[document.pk])

    form = desk.form(_sent(request, desk) if request.method == "POST" else None)
    try:
        return form_page(request, form, save, template=PAGE, context=_context(request, desk, form))
    except StaleWording as stale:
        return _clash_page(request, document, form, stale)


@login_required
@require_POST
def take_prefilled(request: HttpRequest, document_id: int) -> HttpResponse:
    """The form as it was typed, with the portal's own words in the parts named (none: in all). Nothing is saved."""
    _document, desk = _desk_to_edit(request, document_id)
    return _taken(request, desk, desk.newest.prefilled_words)


@login_required
@require_POST
def take_replaced(request: HttpRequest, document_id: int) -> HttpResponse:
    """The same with the words of the document that this one shall replace."""
    _document, desk = _desk_to_edit(request, document_id)
    if not desk.replaced:
        raise Http404(document_id)
    return _taken(request, desk, desk.replaced)


@login_required
@require_safe
def version(request: HttpRequest, document_id: int, number: int) -> HttpResponse:
    """One version as it is read, with the way to restore it."""
    document, desk = _desk(request, document_id)
    versions = versions_of(document, desk.report)
    found = version_or_404(versions, number)
    context = {
        **_reading_context(desk, found.words),
        "version": found,
        "newest": versions[0],
        "may_restore": found != versions[0] and may_edit(signed_in(request), document),
    }
    return render(request, "reports/documents/wording/version.html", context)


@login_required
@require_safe
def changes(request: HttpRequest, document_id: int, number: int) -> HttpResponse:
    """What went and what came from one version to the next. 404 for the newest, after which there is none."""
    document, desk = _desk(request, document_id)
    versions = versions_of(document, desk.report)
    before, after = version_or_404(versions, number), version_or_404(versions, number + 1)
    context = {
        "document": document,
        "before": before,
        "after": after,
        "newest": versions[0],
        "changes": changes_between(parts_of(desk.report), before.words, after.words),
    }
    return render(request, "reports/documents/wording/changes.html", context)


@login_required
@require_POST
def restore(request: HttpRequest, document_id: int, number: int) -> HttpResponse:
    """Make the words of an earlier version the newest ones."""
    document, desk = _desk(request, document_id)
    version_or_404(versions_of(document, desk.report), number)
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else 0
    try:
        made = restore_wording(actor=signed_in(request), document=document, number=number, seen=seen)
    except StaleWording as stale:
        nothing = _("Nothing was restored. Look at the newest version first.")
        messages.error(request, f"{_clash_words(stale)} {nothing}")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        told = {"number": number, "newest": made.number}
        messages.success(request, _("Version %(number)s is restored as version %(newest)s.") % told)
    return redirect("reports:document-words", document.pk)


@login_required
@require_POST
def again(request: HttpRequest, document_id: int) -> HttpResponse:
    """Have the draft made once more with the figures of now; goes to the page that shows how far it is."""
    user = signed_in(request)
    document = selectors.get_document(user, document_id)
    try:
        gather_again(actor=user, document=document)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("reports:document", document.pk)
    document.refresh_from_db(fields=["job"])
    return redirect("core:job", document.job_id)


def _desk(request: HttpRequest, document_id: int) -> tuple[OfficialDocument, Desk]:
    """The document and its words. Raises Http404 where it does not exist for the person, or has no words."""
    document = selectors.get_document(signed_in(request), document_id)
    report = told_by(document)
    if report is None:
        raise Http404(document_id)
    return document, desk_of(document, report)


def _desk_to_edit(request: HttpRequest, document_id: int) -> tuple[OfficialDocument, Desk]:
    document, desk = _desk(request, document_id)
    require(may_edit(signed_in(request), document))
    return document, desk


def _sent(request: HttpRequest, desk: Desk) -> QueryDict:
    """What was sent; parts that were not, and those that this person left to the other one, as they are stored."""
    data = request.POST.copy()
    taken = request.POST.getlist("take")
    for key, text in texts_of(desk.newest.words, desk.parts).items():
        if key in taken or key not in data:
            data[key] = text
    return data


def _taken(request: HttpRequest, desk: Desk, words: Mapping[str, tuple[str, ...]]) -> HttpResponse:
    data = _sent(request, desk)
    named = set(request.POST.getlist("part"))
    shown = {
        part.key: text_of(words.get(part.key, ())) if not named or part.key in named else str(data[part.key])
        for part in desk.parts
    }
    # A form that is not judged yet: what is wrong is told when it is saved.
    form = WordingForm(None, parts=desk.parts, stored=shown, seen=data.get("seen", ""))
    return render(request, PAGE, {**_context(request, desk, form), "form": form, "is_unsaved": True})


def _context(request: HttpRequest, desk: Desk, form: WordingForm) -> dict[str, Any]:
    document = desk.document
    return {
        "document": document,
        "newest": desk.newest,
        "versions": versions_of(document, desk.report),
        "groups": desk.groups(form),
        "has_replaced": bool(desk.replaced),
        "edited": len(desk.newest.edited),
        "is_made_again": is_made_again(document),
        "is_set": is_set(document),
        "is_unsaved": form.is_bound,
        "checked": request.POST.getlist("checked"),
    }


def _reading(request: HttpRequest, document: OfficialDocument, desk: Desk) -> HttpResponse:
    context = _reading_context(desk, words_of(desk.report))
    return render(request, READING, {**context, "versions": versions_of(document, desk.report)})


def _reading_context(desk: Desk, words: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    parts = [(part, words.get(part.key, ())) for part in parts_of(desk.report)]
    return {"document": desk.document, "parts": parts}


def _said_of(version: WordingVersion, desk: Desk) -> str:
    if version.number == desk.newest.number:
        return _("Nothing had changed.")
    return _("Saved as version %(number)s. The draft is being set with these words.") % {"number": version.number}


def _clash_page(
    request: HttpRequest, document: OfficialDocument, form: WordingForm, stale: StaleWording
) -> HttpResponse:
    """The words as the other person left them, with what this person typed: where both wrote, this person chooses."""
    _same_document, desk = _desk(request, document.pk)
    base = document.wordings.filter(number=form.cleaned_data["seen"]).first()
    before = texts_of(base.words if base else {}, desk.parts)
    stored = texts_of(desk.newest.words, desk.parts)
    outcome = merged(sent=form.typed(), base=before, stored=stored, same=_say_the_same)
    again = desk.form({**outcome.fields, "seen": str(desk.newest.number)})
    more = {"form": again, "clash": _clash_words(stale), **_met(desk, outcome)}
    return render(request, PAGE, {**_context(request, desk, again), **more}, status=CONFLICT)


def _met(desk: Desk, outcome: Clash) -> dict[str, Any]:
    """The parts where two people met, with what is stored of them."""
    words = desk.newest.words
    rows = [(part, words.get(part.key, ())) for part in desk.parts]
    return {
        "taken": [row for row in rows if row[0].key in outcome.taken],
        "both": [row for row in rows if row[0].key in outcome.both],
    }


def _say_the_same(one: str, other: str) -> bool:
    return paragraphs_of(one) == paragraphs_of(other)


def _clash_words(stale: StaleWording) -> str:
    told = {"person": stale.newest.made_by or _("Somebody else"), "time": vn_time(stale.newest.made_at)}
    if stale.newest.cause == WordingCause.GATHERED:
        return _("%(person)s had new figures gathered at %(time)s while you had this page open.") % told
    return _("%(person)s saved other words at %(time)s while you had this page open.") % told
