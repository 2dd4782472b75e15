"""Pages of recording: what waits, one screen to record it, and what was recorded."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.gates import require, signed_in
from accounts.models import User
from accounts.scope import units_for
from core import clock
from core.attachments import ACCEPTED
from core.form_pages import FORM_METHODS, Done, form_page, posted
from units.models import Unit

from .. import services
from ..earlier import leads_on
from ..enums import ActivityState
from ..files.page import with_files
from ..files.selectors import files_about
from ..files.views import keep_outcome_files
from ..models import Activity, Occurrence, Participation
from ..occurrences.wording import occurrence_text
from ..pages import card_of
from ..rules import RECORDING_ROLES, can_record, is_standing
from ..selectors import (
    activities_visible_to,
    occurrences_of,
    participations_visible_to,
    units_taking_part,
    with_details,
)
from .forms import RecordingForm
from .selectors import recording_units, to_record

NAV_KEY = "board"


@login_required
@require_safe
def to_record_page(request: HttpRequest) -> HttpResponse:
    """The outcomes that one's own units have to record."""
    user = signed_in(request)
    units = recording_units(user, clock.today())
    require(bool(units))
    context = {"nav_key": NAV_KEY, "waiting": to_record(user, clock.today()), "has_many_units": len(units) > 1}
    return render(request, "activities/to_record.html", context)


def _activity_or_404(user: User, activity_id: int) -> Activity:
    return get_object_or_404(with_details(activities_visible_to(user)), pk=activity_id)


def _number(text: str) -> int:
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else 0


def _asked(request: HttpRequest, user: User, activity: Activity) -> dict[str, Any]:
    """What the address fills in: unit, occurrence by its number, or the outcome that is corrected.

    Raises Http404 for what does not exist for the person.
    """
    query = request.GET
    if query.get("outcome"):
        outcome = _outcome_or_404(user, activity, _number(query["outcome"]))
        return {"unit": outcome.unit, "occurrence": outcome.occurrence, "outcome": outcome}
    return {"unit": _unit(user, activity, query.get("unit", "")), "occurrence": _occurrence(activity, query)}


def _unit(user: User, activity: Activity, code: str) -> Unit | None:
    offered = units_taking_part(activity) & units_for(user, *RECORDING_ROLES)
    return get_object_or_404(offered, code=code) if code else None


def _occurrence(activity: Activity, query: Any) -> Occurrence | None:
    if not query.get("occurrence"):
        return None
    number = _number(query["occurrence"])
    found = next((one for one in occurrences_of(activity) if one.number == number), None)
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(FORM_METHODS)
@leads_on
def recording(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Record what a unit did, on one screen; ``?unit=&occurrence=`` or ``?outcome=`` fill in what is known."""
    user = signed_in(request)
    activity = _activity_or_404(user, activity_id)
    require((units_taking_part(activity) & units_for(user, *RECORDING_ROLES)).exists())
    asked = _asked(request, user, activity)
    form = RecordingForm(posted(request), activity=activity, user=user, **asked)

    def act(values: dict[str, Any]) -> Done:
        facts = {name: values[name] for name in ("unit", "done_on", "people", "note", "seen")} | {"host": form.host}
        try:
            row = services.record_participation(
                actor=user, activity=activity, figures=form.figures, occurrence=form.occurrence, **facts
            )
        except ValidationError as refusal:
            form.saw(refusal)
            raise
        for sentence in keep_outcome_files(request, user, row):
            messages.error(request, sentence)
        address = reverse("activities:outcome", args=[activity.pk, row.pk])
        return _("The outcome has been recorded. It is offered to the month's report."), address

    card = card_of(activity, clock.today(), with_year=True)
    context = {"nav_key": NAV_KEY, "activity": activity, "card": card, "accepted": ACCEPTED}
    return form_page(request, form, act, template="activities/recording.html", context={**context, **asked})


def _outcome_or_404(user: User, activity: Activity, outcome_id: int) -> Participation:
    rows = (
        participations_visible_to(user)
        .filter(activity=activity)
        .select_related("unit", "occurrence", "recorded_by", "host")
    )
    return get_object_or_404(rows.prefetch_related("figures__indicator"), pk=outcome_id)


@login_required
@require_safe
@leads_on
def outcome_page(request: HttpRequest, activity_id: int, outcome_id: int) -> HttpResponse:
    """What one unit did in an activity: the receipt of recording it, and what the filling map opens."""
    user = signed_in(request)
    activity = _activity_or_404(user, activity_id)
    outcome = _outcome_or_404(user, activity, outcome_id)
    with_files(activity, user, [outcome], files_about(activity, user))
    is_open = activity.state != ActivityState.CANCELLED and is_standing(activity)
    context = {
        "nav_key": NAV_KEY,
        "activity": activity,
        "outcome": outcome,
        "which": occurrence_text(outcome.occurrence) if outcome.occurrence else "",
        "may_correct": is_open and can_record(user, outcome.unit),
        "waiting": len(to_record(user, clock.today())),
    }
    return render(request, "activities/outcome.html", context)
