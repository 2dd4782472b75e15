"""Pages of handing down: the grid, its columns filled for review, and one share with its history."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.gates import require, signed_in
from core.form_pages import FORM_METHODS, UNPROCESSABLE, refuse
from core.templatetags.portal_numbers import vn_date

from ..services import SharesRefused, hand_down_many
from .beside import share_links
from .dividing import Division, Way, divide, ways_of
from .forms import HandingForm, first_day
from .grid import Column, Grid, grid_or_404
from .typed import Typed, UnknownCell, read_typed


@login_required
@require_http_methods(FORM_METHODS)
def allocation_page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """What was handed down of a plan's targets, and handing it down; of a superior plan one's own share only.

    ``?target=`` shows one column.
    """
    grid = grid_or_404(signed_in(request), plan_id)
    if request.method != "POST":
        return _page(request, grid)
    require(grid.line.may_hand_down)
    return _hand_down(request, grid)


def _hand_down(request: HttpRequest, grid: Grid) -> HttpResponse:
    form, typed = HandingForm(request.POST), _typed_or_404(request, grid)
    if typed.errors or not form.is_valid():
        return _refused(request, grid, form, typed)
    try:
        rows = hand_down_many(
            actor=signed_in(request),
            plan=grid.plan,
            shares=typed.shares,
            handed_by=grid.line.base,
            **form.cleaned_data,
        )
    except SharesRefused as refused:
        typed.errors |= {place: error.messages for place, error in refused.errors.items()}
    except ValidationError as error:
        refuse(form, error)
    else:
        _say_done(request, len(rows), len({row.unit_id for row in rows}), vn_date(form.cleaned_data["effective_on"]))
        return redirect(_address(grid, request.POST.get("target", "")))
    return _refused(request, grid, form, typed)


def _say_done(request: HttpRequest, count: int, units: int, day: str) -> None:
    if not count:
        messages.info(request, _("Nothing was changed: every figure stands as it was."))
        return
    words = ngettext(
        "%(count)s share was handed down, in force from %(day)s.",
        "%(count)s shares were handed down to %(units)s units, in force from %(day)s.",
        count,
    )
    messages.success(request, words % {"count": count, "units": units, "day": day})


def _refused(request: HttpRequest, grid: Grid, form: HandingForm, typed: Typed) -> HttpResponse:
    """The grid with what was typed, and as of now: who presses again has seen what others changed meanwhile."""
    data = request.POST.copy()
    data["seen"] = str(grid.seen)
    form.data = data
    return _page(request, grid.typed(typed.texts, typed.errors), form=form, status=UNPROCESSABLE)


def _typed_or_404(request: HttpRequest, grid: Grid) -> Typed:
    try:
        return read_typed(request.POST, grid)
    except UnknownCell as unknown:
        raise Http404 from unknown


@login_required
@require_POST
def split_column(request: HttpRequest, plan_id: int, target_id: int, way: str) -> HttpResponse:
    """Fill one column for review; nothing is written. By HTMX its fields only, else the page with all that is typed."""
    grid = grid_or_404(signed_in(request), plan_id)
    column = next((column for column in grid.columns if column.target.pk == target_id), None)
    if column is None or way not in Way.values:
        raise Http404
    require(grid.line.may_hand_down)
    if way not in ways_of(column):
        raise Http404
    form = HandingForm(request.POST)
    form.is_valid()
    day = form.cleaned_data.get("effective_on") or first_day(grid.plan)
    division = divide(column, Way(way), line=grid.line, day=day)
    texts = {**_typed_or_404(request, grid).texts, **division.texts}
    filled = grid.typed(texts)
    if request.htmx:  # type: ignore[attr-defined]
        cells = [cell for column in filled.columns for cell in column.cells if cell.place in division.texts]
        context = {"fields": [cell.drawn({"hx-swap-oob": "true"}) for cell in cells], "division": division}
        return render(request, "targets/allocations.html#division", {**context, "is_swapped": True})
    return _page(request, filled, form=_again(form, grid), division=division)


def _again(form: HandingForm, grid: Grid) -> HandingForm:
    day = form.cleaned_data.get("effective_on") or first_day(grid.plan)
    return HandingForm(initial={"effective_on": day, "seen": form.cleaned_data.get("seen", grid.seen)})


def _page(
    request: HttpRequest,
    grid: Grid,
    *,
    form: HandingForm | None = None,
    division: Division | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = request.POST.get("target") or request.GET.get("target", "")
    opened = next((column for column in grid.columns if str(column.target.pk) == asked), None)
    if asked and opened is None:
        raise Http404
    shown = [opened] if opened else grid.columns
    context = {
        "nav_key": "plans",
        "plan": grid.plan,
        "line": grid.line,
        "grid": grid,
        "opened": opened,
        "columns": [(column, ways_of(column)) for column in shown],
        "is_issuer": grid.line.base.pk == grid.plan.unit_id,
        "form": form or HandingForm(initial={"effective_on": first_day(grid.plan), "seen": grid.seen}),
        "division": division,
        "wrong": _wrong(shown),
        "links": share_links.of(grid, signed_in(request)),
    }
    return render(request, "targets/allocations.html", context, status=status)


def _wrong(columns: Sequence[Column]) -> list[tuple[str, list[Any]]]:
    """What is wrong, each sentence once, with the fields where it is so."""
    found: dict[str, list[Any]] = defaultdict(list)
    for column in columns:
        for cell in column.cells:
            for sentence in cell.errors:
                found[sentence].append(cell)
    return list(found.items())


def _address(grid: Grid, target: str) -> str:
    address = reverse("targets:allocations", args=[grid.plan.pk])
    return f"{address}?{urlencode({'target': target})}" if target else address
