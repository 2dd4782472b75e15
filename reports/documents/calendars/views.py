"""The page that asks for a quarter's calendar."""

import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.gates import require, signed_in
from activities.timing import quarter_of
from core import clock
from core.form_pages import FORM_METHODS, Done, form_page, posted
from reports.documents.rules import prepares_any
from reports.documents.selectors import units_that_report_on_paper

from .forms import CalendarForm
from .services import request_calendar


@login_required
@require_http_methods(FORM_METHODS)
def ask(request: HttpRequest) -> HttpResponse:
    """Choose body and quarter, and have the calendar made; goes to the page of its job. ``?unit=&year=``."""
    user = signed_in(request)
    require(prepares_any(user))

    def act(values: dict[str, Any]) -> Done:
        document = request_calendar(actor=user, body=values["unit"], span=values["quarter"])
        document.refresh_from_db(fields=["job"])
        return "", reverse("core:job", args=[document.job_id])

    today, asked = clock.today(), request.GET.get("year", "")
    year = int(asked) if re.fullmatch("(19|20|21)[0-9]{2}", asked) else today.year
    quarter = quarter_of(today) if year == today.year else 1
    initial = {"unit": request.GET.get("unit"), "quarter": f"{year}-Q{quarter}"}
    form = CalendarForm(posted(request), units=units_that_report_on_paper(user), year=year, initial=initial)
    context = {
        "title": _("The quarter's calendar on paper"),
        "sub": _("One turned sheet, or more: the months side by side, what all units do at once apart."),
        "crumb": (reverse("activities:board"), _("Activities")),
        "button": _("Make the document"),
        "hint": _("The document is made as a draft; a leader issues it under its number."),
    }
    return form_page(request, form, act, template="reports/documents/ask.html", context=context)
