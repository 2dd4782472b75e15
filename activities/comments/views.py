"""What was said about an activity: all of it, a form for a word more, taking one's own back."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.gates import require, signed_in
from accounts.models import User
from core.form_pages import FORM_METHODS, Done, form_page, posted

from ..earlier import leads_on
from ..models import Activity, Comment
from ..selectors import activities_visible_to, with_details
from ..services.comments import say, take_back
from .forms import CommentForm
from .rules import may_speak
from .selectors import comments_read_by, with_people, words

COMMENTS_A_PAGE = 30


def _activity_or_404(user: User, activity_id: int) -> Activity:
    return get_object_or_404(with_details(activities_visible_to(user)), pk=activity_id)


def _asked_question(user: User, activity: Activity, text: str) -> Comment | None:
    """The word that the page was asked to answer. Raises Http404 where the person does not read it."""
    if not text:
        return None
    comment_id = int(text) if re.fullmatch("[0-9]{1,18}", text) else 0
    readable = comments_read_by(user, activity).filter(withdrawn_at__isnull=True)
    return get_object_or_404(readable.select_related("unit", "author"), pk=comment_id)


@login_required
@require_http_methods(FORM_METHODS)
@leads_on
def comments_page(request: HttpRequest, activity_id: int) -> HttpResponse:
    """What the person reads of it, newest first; ``?answer=`` names a word to be answered."""
    user = signed_in(request)
    activity = _activity_or_404(user, activity_id)
    speaks = may_speak(user, activity)
    require(speaks or request.method != "POST")
    question = _asked_question(user, activity, request.GET.get("answer", ""))
    readable = comments_read_by(user, activity)
    page = Paginator(with_people(readable, readable), COMMENTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav_key": "board",
        "activity": activity,
        "page": page,
        "words": words(user, page.object_list),
        "question": question,
        "speaks": speaks,
    }
    if not speaks:
        return render(request, "activities/comments.html", context)
    form = CommentForm(posted(request), user=user, activity=activity, initial={"answers": question})

    def act(_values: dict[str, Any]) -> Done:
        comment = say(actor=user, activity=activity, **form.facts)
        return _("Your comment stands here now."), f"{request.path}#c-{comment.pk}"

    return form_page(request, form, act, template="activities/comments.html", context=context)


@login_required
@require_safe
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Lead to the page on which a comment stands."""
    user = signed_in(request)
    row = get_object_or_404(Comment, pk=comment_id)
    readable = comments_read_by(user, _activity_or_404(user, row.activity_id))
    ids = list(readable.values_list("pk", flat=True))
    if comment_id not in ids:
        raise Http404(comment_id)
    number = ids.index(comment_id) // COMMENTS_A_PAGE + 1
    address = reverse("activities:comments", args=[row.activity_id])
    return redirect(f"{address}{f'?page={number}' if number > 1 else ''}#c-{comment_id}")


@login_required
@require_POST
def comment_take_back(request: HttpRequest, activity_id: int, comment_id: int) -> HttpResponse:
    """Take one's own word back."""
    user = signed_in(request)
    readable = comments_read_by(user, _activity_or_404(user, activity_id))
    row = get_object_or_404(readable, pk=comment_id)
    require(row.author_id == user.pk)
    try:
        take_back(actor=user, comment=row)
    except ValidationError as late:
        messages.error(request, " ".join(late.messages))
    else:
        messages.success(request, _("Your comment was taken back."))
    return redirect(reverse("activities:comments", args=[activity_id]))
