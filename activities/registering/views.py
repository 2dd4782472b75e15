"""Pages of registering: the form, the list with what waits, one registration and its steps."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.gates import require, signed_in
from accounts.models import User
from core.form_pages import FORM_METHODS, UNPROCESSABLE, Done, form_page, posted

from ..enums import RegistrationState
from ..forms import at_first_day
from ..models import Activity, Registration
from ..rules import planning_grants
from ..selectors import activities_visible_to, by_time, with_details
from ..wording import time_of
from . import services
from .forms import RegistrationForm, ReturnForm, initial_again, initial_of
from .pages import registering_on, row_of
from .rules import can_decide, can_speak, is_open_for_registration
from .selectors import (
    counts_by_state,
    items_open_to,
    registrants_for,
    registrations_visible_to,
    waiting_for,
    with_facts,
)

NAV_KEY = "board"
ROWS_A_PAGE = 50
ITEMS_ON_OFFER = 30


def registration_or_404(user: User, registration_id: int) -> Registration:
    """Return the registration where it exists for the person. Raises Http404 otherwise."""
    return get_object_or_404(with_facts(registrations_visible_to(user)), pk=registration_id)


@login_required
@require_safe
def registering_page(request: HttpRequest, item_id: int) -> HttpResponse:
    """What is registered under an activity, or what it came of; the activity's page fetches it after itself."""
    user = signed_in(request)
    item = get_object_or_404(with_details(activities_visible_to(user)), pk=item_id)
    context = {"nav_key": NAV_KEY, "activity": item, "registering": registering_on(user, item)}
    return render(request, "activities/registering/on.html", context)


@login_required
@require_http_methods(FORM_METHODS)
def register(request: HttpRequest, item_id: int) -> HttpResponse:
    """Register an activity of one's unit or bloc under one of a body above."""
    user = signed_in(request)
    item = get_object_or_404(with_details(activities_visible_to(user)), pk=item_id)
    registrants = registrants_for(user, item) if is_open_for_registration(item) else []
    require(bool(registrants))
    form = RegistrationForm(posted(request), registrants=registrants, initial=initial_of(item))

    def act(_values: dict[str, Any]) -> Done:
        who = form.registrant
        try:
            services.register_activity(actor=user, item=item, unit=who.unit, bloc=who.bloc, **form.facts)
        except ValidationError as error:
            raise at_first_day(error) from error
        words = _("Registered. The officers of %(body)s are told.") % {"body": item.unit.short_name or item.unit.name}
        return words, reverse("activities:detail", args=[item.pk])

    context = {"nav_key": NAV_KEY, "item": item, "item_when": time_of(item)}
    return form_page(request, form, act, template="activities/registering/form.html", context=context)


@login_required
@require_http_methods(FORM_METHODS)
def send_again(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Correct what was returned, and send it again."""
    user = signed_in(request)
    registration = registration_or_404(user, registration_id)
    require(can_speak.test(user, registration))
    form = RegistrationForm(posted(request), initial=initial_again(registration))

    def act(_values: dict[str, Any]) -> Done:
        try:
            services.send_again(actor=user, registration=registration, **form.facts)
        except ValidationError as error:
            raise at_first_day(error) from error
        return _("Sent again. The officers are told."), reverse("activities:registration", args=[registration.pk])

    item = registration.item
    context = {"nav_key": NAV_KEY, "item": item, "item_when": time_of(item), "registration": registration}
    return form_page(request, form, act, template="activities/registering/form.html", context=context)


@login_required
@require_safe
def registration_list(request: HttpRequest) -> HttpResponse:
    """What was registered: what waits for the person first, or what the person registers; ``?state=&item=``."""
    user = signed_in(request)
    require(bool(planning_grants(user)))
    return _list_page(request, user, ReturnForm())


def _list_page(request: HttpRequest, user: User, form: forms.Form, chosen: tuple[str, ...] = ()) -> HttpResponse:
    known, item = _of_item(request, user)
    counts = counts_by_state(known)
    state = _state(request, counts)
    rows = with_facts(known.filter(state=state) if state else known).order_by("-sent_at", "-pk")
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = [row_of(one, user) for one in page.object_list]
    context = {
        "nav_key": NAV_KEY,
        "page": page,
        "rows": shown,
        "item": item,
        "state": state,
        "tabs": [(one.value, one.label, counts[one.value]) for one in RegistrationState],
        "total": sum(counts.values()),
        "may_decide": any(row.may_decide for row in shown),
        "return_form": form,
        "chosen": chosen,
        "offers": _offers(user),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "activities/registering/list.html", context, status=status)


def _of_item(request: HttpRequest, user: User) -> tuple[QuerySet[Registration], Activity | None]:
    """What exists for the person, under one activity where ``?item=`` names one. Raises Http404."""
    known, text = registrations_visible_to(user), request.GET.get("item", "")
    if not text:
        return known, None
    number = int(text) if re.fullmatch("[0-9]{1,18}", text) else 0
    item = get_object_or_404(activities_visible_to(user), pk=number)
    return known.filter(item=item), item


def _state(request: HttpRequest, counts: dict[str, int]) -> str:
    """The state asked; none asked: what waits, where something does, else all. ``all`` is blank."""
    asked = request.GET.get("state", "")
    if asked in RegistrationState.values:
        return asked
    waits = not asked and counts[RegistrationState.REGISTERED.value]
    return RegistrationState.REGISTERED.value if waits else ""


def _offers(user: User) -> list[tuple[Activity, str]]:
    """The activities above under which the person registers, by time, with their times in words."""
    return [(item, time_of(item)) for item in by_time(items_open_to(user))[:ITEMS_ON_OFFER]]


@login_required
@require_safe
def registration_page(request: HttpRequest, registration_id: int) -> HttpResponse:
    """One registration: what is wished, how it stands, its history, and the steps that are the person's."""
    user = signed_in(request)
    registration = registration_or_404(user, registration_id)
    return _page(request, user, registration, ReturnForm(initial={"version": registration.version}))


def _page(request: HttpRequest, user: User, registration: Registration, form: forms.Form) -> HttpResponse:
    context = {
        "nav_key": NAV_KEY,
        "row": row_of(registration, user),
        "registration": registration,
        "reads_item": activities_visible_to(user).filter(pk=registration.item_id).exists(),
        "events": registration.events.select_related("actor"),
        "return_form": form,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "activities/registering/detail.html", context, status=status)


@login_required
@require_POST
def approve(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Approve one registration as it was seen (``version``)."""
    user, registration = _decided(request, registration_id)
    seen = _version(request.POST.get("version", ""))
    step = partial(services.approve, actor=user, registration=registration, seen=seen)
    return _go_on(request, registration, step, _("Approved. It stands in the calendar now, and the unit is told."))


@login_required
@require_POST
def send_back(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Return one registration with a reason."""
    user, registration = _decided(request, registration_id)
    form = ReturnForm(request.POST)
    if form.is_valid():
        reason, seen = form.cleaned_data["reason"], form.cleaned_data["version"]
        step = partial(services.return_registration, actor=user, registration=registration, reason=reason, seen=seen)
        return _go_on(request, registration, step, _("Returned. The unit is told why."))
    return _page(request, user, registration, form)


@login_required
@require_POST
def withdraw(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Take a registration back."""
    user = signed_in(request)
    registration = registration_or_404(user, registration_id)
    require(can_speak.test(user, registration))
    step = partial(services.withdraw, actor=user, registration=registration)
    return _go_on(request, registration, step, _("The registration is withdrawn."))


def _decided(request: HttpRequest, registration_id: int) -> tuple[User, Registration]:
    user = signed_in(request)
    registration = registration_or_404(user, registration_id)
    require(can_decide.test(user, registration))
    return user, registration


def _go_on(request: HttpRequest, registration: Registration, step: Callable[[], object], words: str) -> HttpResponse:
    """Take the step and go back to the registration, saying what was done or why not."""
    try:
        step()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, words)
    return redirect("activities:registration", registration.pk)


@login_required
@require_POST
def approve_many(request: HttpRequest) -> HttpResponse:
    """Approve what was chosen in the list, each as it was seen."""
    user = signed_in(request)
    require(bool(planning_grants(user)))
    chosen = _chosen(request, user)

    def decide(registration: Registration, seen: int) -> object:
        return services.approve(actor=user, registration=registration, seen=seen)

    done = services.decide_many(decide, chosen)
    words = ngettext("%(n)s registration was approved.", "%(n)s registrations were approved.", done) % {"n": done}
    return _said_many(request, done, len(chosen), words)


@login_required
@require_POST
def return_many(request: HttpRequest) -> HttpResponse:
    """Return what was chosen in the list, all for one reason."""
    user = signed_in(request)
    require(bool(planning_grants(user)))
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _list_page(request, user, form, tuple(request.POST.getlist("registration")))
    chosen = _chosen(request, user)

    def decide(registration: Registration, seen: int) -> object:
        reason = form.cleaned_data["reason"]
        return services.return_registration(actor=user, registration=registration, reason=reason, seen=seen)

    done = services.decide_many(decide, chosen)
    words = ngettext("%(n)s registration was returned.", "%(n)s registrations were returned.", done) % {"n": done}
    return _said_many(request, done, len(chosen), words)


def _chosen(request: HttpRequest, user: User) -> list[tuple[Registration, int]]:
    """What was ticked ("12.1": number and version) and waits for this person; all else is passed over."""
    ticked = [text.partition(".") for text in request.POST.getlist("registration")]
    seen = {
        int(number): _version(version) or 0 for number, _dot, version in ticked if re.fullmatch("[0-9]{1,18}", number)
    }
    rows = with_facts(waiting_for(user).filter(pk__in=list(seen)[:ROWS_A_PAGE])).order_by("sent_at", "pk")
    return [(row, seen[row.pk]) for row in rows]


def _version(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else None


def _said_many(request: HttpRequest, done: int, chosen: int, words: str) -> HttpResponse:
    if not chosen:
        messages.info(request, _("Nothing was chosen that waits for you."))
    elif done:
        messages.success(request, words)
    if chosen > done:
        left = chosen - done
        text = ngettext(
            "%(n)s was left as it is: it was decided or sent anew meanwhile, or cannot be registered any more.",
            "%(n)s were left as they are: they were decided or sent anew meanwhile, or cannot be registered any more.",
            left,
        )
        messages.warning(request, text % {"n": left})
    return redirect("activities:registrations")
