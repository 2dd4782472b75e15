"""The saved reasons of a reviewing body: offered where one is written, added and taken away on their own page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.gates import require, signed_in
from accounts.models import User
from reports.progress import rules, selectors
from reports.progress.errors import PhraseRefused
from reports.progress.forms import PhraseForm
from reports.progress.services import drop_phrase, keep_phrase
from units.models import Unit

MOST_OFFERED = 9  # one for each digit of the keyboard


def phrases_offered(user: User) -> list[str]:
    """The reasons to choose from where one is written: the newest of one's own bodies, then those to begin with."""
    kept = selectors.phrases_of(user).order_by("-added_at", "-pk").values_list("text", flat=True)
    return list(dict.fromkeys([*kept[:MOST_OFFERED], *_starters()]))[:MOST_OFFERED]


def _starters() -> list[str]:
    """Reasons that are given often, everywhere."""
    return [
        _("The figure is far above the months before; please check it."),
        _("Figures are missing; please complete them."),
        _("The total of members does not agree with the headcount."),
    ]


def keep_typed(request: HttpRequest, unit: Unit, text: str) -> None:
    """Keep the reason just given for the body that reviews the unit; tells where it could not be kept."""
    user = signed_in(request)
    body = selectors.body_reviewing(user, unit)
    if body is None:
        return
    try:
        keep_phrase(actor=user, unit=body, text=text)
    except PhraseRefused as refused:
        messages.warning(request, _why(refused))


def _why(refused: PhraseRefused) -> str:
    if refused.why == PhraseRefused.NUMBER:
        return _("The sentence was not kept: your body keeps 50 already. Remove one first.")
    return _("The sentence was not kept: it has more than 300 characters.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def phrases(request: HttpRequest) -> HttpResponse:
    """The sentences that one's bodies keep, and a form to add one."""
    user = signed_in(request)
    require(rules.reviews_any(user))
    bodies = selectors.bodies_of(user)
    form = PhraseForm(bodies, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_phrase(actor=user, unit=form.cleaned_data["unit"], text=form.cleaned_data["text"])
        except PhraseRefused as refused:
            form.add_error("text", _why(refused))
        else:
            messages.success(request, _("The sentence is kept."))
            return redirect("reports:phrases")
    context = {"form": form, "bodies": bodies, "kept": selectors.phrases_of(user).select_related("unit", "added_by")}
    return render(request, "reports/progress/phrases.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def phrase_remove(request: HttpRequest, phrase_id: int) -> HttpResponse:
    """Offer a sentence no more; those of other bodies do not exist here."""
    user = signed_in(request)
    require(rules.reviews_any(user))
    drop_phrase(actor=user, phrase=get_object_or_404(selectors.phrases_of(user), pk=phrase_id))
    messages.success(request, _("The sentence was removed."))
    return redirect("reports:phrases")
