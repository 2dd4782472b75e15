"""Telling who saves an activity what does not go together; the page goes on all the same."""

from django.contrib import messages
from django.http import HttpRequest

from accounts.gates import signed_in

from .clash_marks import marks_of
from .models import Activity
from .selectors import with_details


def tell_clashes(request: HttpRequest, activity: Activity) -> None:
    """Put the marks of an activity that was just saved before the person."""
    rows = list(with_details(Activity.objects.filter(pk=activity.pk)))
    for words in marks_of(signed_in(request), rows).get(activity.pk, []):
        messages.warning(request, words)
