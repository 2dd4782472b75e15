"""The page on which the arrangements of an activity that stands are changed."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.gates import require, signed_in
from core.form_pages import FORM_METHODS, Done, form_page, posted

from ..clash_notes import tell_clashes
from ..rules import can_run
from ..selectors import activities_visible_to, with_details
from .forms import ArrangeForm
from .selectors import with_arrangements
from .services import arrange_activity

NAV_KEY = "board"


@login_required
@require_http_methods(FORM_METHODS)
def activity_arrange(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Change who is in charge, place, coordinating units and budget of an activity that stands."""
    user = signed_in(request)
    known = with_arrangements(with_details(activities_visible_to(user)))
    activity = get_object_or_404(known, pk=activity_id)
    require(can_run.test(user, activity))
    form = ArrangeForm(posted(request), user=user, activity=activity)

    def act(values: dict[str, Any]) -> Done:
        arrange_activity(actor=user, activity=activity, **values)
        tell_clashes(request, activity)
        return _("The arrangements have been changed."), reverse("activities:detail", args=[activity.pk])

    context = {"activity": activity, "nav_key": NAV_KEY}
    return form_page(request, form, act, template="activities/arrange_form.html", context=context)
