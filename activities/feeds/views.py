"""The page on which a person makes calendars for the phone, and the file that stands at each address."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.gates import require, signed_in, unit_or_404
from accounts.models import User
from accounts.scope import grants_of
from core import clock
from core.form_pages import FORM_METHODS, UNPROCESSABLE, posted, refuse
from core.limits import asks_too_often
from units.models import Unit

from ..models import CalendarFeed
from ..pages import own_units, units_offered
from . import services
from .calendar import calendar_file
from .forms import FeedForm
from .selectors import entries_of, feed_at, name_of, own_feeds

# Many people's calendars are fetched from the few addresses of one maker of phones; each of them not often.
FETCHES_IN_FIVE_MINUTES = 600
FETCHES_OF_ONE = 30
KEPT_SECONDS = 15 * 60


@sensitive_variables("token")
@require_safe
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar at an address. Public: who has the address may read; nothing else stands in for it, no cookie.

    404 where the address is unknown or withdrawn, and as soon as its owner may not see that any more.
    """
    if asks_too_often(request, "feed", FETCHES_IN_FIVE_MINUTES):
        return render(request, "429.html", status=429)
    feed = feed_at(token)
    if feed is None:
        raise Http404
    if asks_too_often(request, f"feed-{feed.pk}", FETCHES_OF_ONE):
        return render(request, "429.html", status=429)
    services.note_fetch(feed=feed)
    content = calendar_file(entries_of(feed, clock.today()), name=name_of(feed), site=settings.PORTAL_URL)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response["Content-Disposition"] = 'inline; filename="hoat-dong.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


@dataclass(frozen=True)
class Made:
    """A feed that was just made, with the address that is shown this once."""

    feed: CalendarFeed
    token: str

    @property
    def address(self) -> str:
        return settings.PORTAL_URL + reverse("activities:feed", args=[self.token])


def _units(request: HttpRequest, user: User) -> list[Unit]:
    """The units that the form offers; also the one that the page was asked for. Raises Http404 out of reach."""
    code = request.GET.get("unit", "")
    wished = [unit_or_404(user, code)] if code else []
    offered = units_offered(own_units(user))
    return [*offered, *(unit for unit in wished if unit not in offered)]


@login_required
@require_http_methods(FORM_METHODS)
def feeds_page(request: HttpRequest) -> HttpResponse:
    """A person's calendars for the phone, and a form for another one; ``?unit=`` is offered in it."""
    user = signed_in(request)
    require(bool(grants_of(user)))
    units = _units(request, user)
    form = FeedForm(posted(request), units=units, initial={"unit": request.GET.get("unit", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = Made(*services.make_feed(actor=user, unit=form.cleaned_data["unit"]))
        except ValidationError as error:
            refuse(form, error)
        else:
            return _page(request, user, FeedForm(units=units), made)
    return _page(request, user, form)


def _page(request: HttpRequest, user: User, form: forms.Form, made: Made | None = None) -> HttpResponse:
    """Draw the page. An address goes straight into it: a message for the next page would lie in the session."""
    context = {"nav_key": "board", "form": form, "made": made, "own": own_feeds(user)}
    return render(request, "activities/feeds.html", context, status=UNPROCESSABLE if form.errors else 200)


def _own_or_404(user: User, feed_id: int) -> CalendarFeed:
    return get_object_or_404(user.calendar_feeds.select_related("unit"), pk=feed_id)


@login_required
@require_POST
def feed_renew(request: HttpRequest, feed_id: int) -> HttpResponse:
    """Give one's own calendar another address, and show it this once."""
    user = signed_in(request)
    feed = _own_or_404(user, feed_id)
    try:
        made = Made(feed, services.renew_feed(actor=user, feed=feed))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("activities:feeds")
    return _page(request, user, FeedForm(units=units_offered(own_units(user))), made)


@login_required
@require_POST
def feed_revoke(request: HttpRequest, feed_id: int) -> HttpResponse:
    """Revoke one's own calendar."""
    user = signed_in(request)
    services.revoke_feed(actor=user, feed=_own_or_404(user, feed_id))
    messages.success(request, _("The calendar has been withdrawn. Nothing stands at its address any more."))
    return redirect("activities:feeds")
