"""Who is late: the matrix of units and months."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import scope
from accounts.gates import require, signed_in
from core import clock
from reports.documents.rules import prepares_any
from reports.progress import selectors
from reports.progress.lateness import matrix_of
from reports.progress.reminders import outstanding_for
from reports.progress.rules import FIGURE_ROLES, enters_somewhere
from units.selectors import search_units, top_unit

UNITS_A_PAGE = 100


@login_required
@require_safe
def lateness(request: HttpRequest) -> HttpResponse:
    """The reporting units in one's reach × the opened months of a year; ``?q=`` finds units, diacritics or not."""
    user = signed_in(request)
    reach = scope.units_for(user, *FIGURE_ROLES)
    first = reach.first()
    require(first is not None)
    owner = top_unit(first)
    years = selectors.years_opened(owner)
    wished = request.GET.get("year", "")
    year = next((year for year in years if str(year) == wished), max(years, default=None))
    periods = selectors.periods_opened(owner, year) if year else []
    wish = request.GET.get("q", "").strip()
    owing = search_units(selectors.units_with_reports(reach, periods), wish)
    page = Paginator(owing, UNITS_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    outstanding = outstanding_for(user, clock.today())
    heard = outstanding.heard_of(shown) if outstanding and outstanding.count else {}
    context = {
        "matrix": matrix_of(shown, periods, clock.now()),
        "page": page,
        "year": year,
        "years": years,
        "wish": wish,
        "outstanding": outstanding,
        "can_remind": {report for report, hears in heard.items() if hears},
        "unheard": {report for report, hears in heard.items() if not hears},
        "today": clock.today(),
        "enters": enters_somewhere(user),
        "prepares": prepares_any(user),
    }
    return render(request, "reports/progress/lateness.html", context)
