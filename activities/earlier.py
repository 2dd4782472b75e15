"""Addresses of an activity in an earlier version of its plan: what lives, lives in the version in force."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.gates import signed_in
from accounts.models import User
from plans.enums import ISSUED_STATES

from .models import Activity
from .selectors import activities_visible_to


def in_later_version(user: User, activity_id: int) -> Activity | None:
    """Return the activity's row in the next issued version of its plan; null where this one stands, or it is not seen.

    The versions follow one another: an address two versions old leads on twice.
    """
    later = activities_visible_to(user).filter(origin=activity_id, plan__state__in=ISSUED_STATES)
    return later.order_by("pk").first()


def leads_on(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page of one activity that is looked at under its earlier row, say from a notice, lead to the later one."""

    @wraps(view)
    def led(request: HttpRequest, activity_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        later = in_later_version(signed_in(request), activity_id) if request.method in ("GET", "HEAD") else None
        if later is None:
            return view(request, activity_id, *args, **kwargs)
        before, after = (f"/activities/{pk}/" for pk in (activity_id, later.pk))
        return redirect(request.get_full_path().replace(before, after, 1))

    return led
