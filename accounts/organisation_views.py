"""Pages on which administrators change one unit: open one beneath it, rename it, count it, move it, close it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.form_pages import FORM_METHODS, Done, form_page, posted
from units.models import Unit

from . import organisation, selectors
from .gates import require, signed_in, unit_or_404
from .organisation_forms import BlocForm, CloseForm, HeadcountForm, OpenForm, OrganisationForm, RenameForm
from .rules import can_administer, can_reorganise


@login_required
@require_http_methods(FORM_METHODS)
def unit_open(request: HttpRequest, code: str) -> HttpResponse:
    """Open a unit beneath this one."""
    user = signed_in(request)
    unit = unit_or_404(user, code)
    require(can_administer(user, unit))
    form = OpenForm(posted(request), unit=unit, initial={"opened_on": clock.today(), "code": f"{unit.code}-"})

    def act(values: dict[str, Any]) -> tuple[str, Unit]:
        made = organisation.open_unit(actor=user, parent=unit, **values)
        return _("%(unit)s is open now.") % {"unit": made}, made

    return _answer(request, form, act, title=_("Open a unit"), label=_("Open the unit"))


@login_required
@require_http_methods(FORM_METHODS)
def unit_rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give this unit another name."""
    user = signed_in(request)
    unit = unit_or_404(user, code)
    require(can_administer(user, unit))
    form = RenameForm(posted(request), unit=unit, initial={"name": unit.name, "short_name": unit.short_name})

    def act(values: dict[str, Any]) -> tuple[str, Unit]:
        organisation.rename_unit(actor=user, unit=unit, **values)
        return _("The unit has its new name. What was printed before keeps the old one."), unit

    return _answer(request, form, act, title=_("Rename"), label=_("Save the name"))


@login_required
@require_http_methods(FORM_METHODS)
def unit_headcount(request: HttpRequest, code: str) -> HttpResponse:
    """Record how many members this unit has."""
    user = signed_in(request)
    unit = unit_or_404(user, code)
    require(can_administer(user, unit))
    form = HeadcountForm(posted(request), unit=unit, initial={"as_of": clock.today()})

    def act(values: dict[str, Any]) -> tuple[str, Unit]:
        organisation.count_members(actor=user, unit=unit, **values)
        return _("The number of members is recorded."), unit

    return _answer(request, form, act, title=_("Number of members"), label=_("Record"))


@login_required
@require_http_methods(FORM_METHODS)
def unit_bloc(request: HttpRequest, code: str) -> HttpResponse:
    """Move this unit into another bloc, or out of all."""
    user = signed_in(request)
    unit = unit_or_404(user, code)
    require(can_reorganise(user, unit))
    form = BlocForm(posted(request), unit=unit, initial=BlocForm.now_of(unit))

    def act(values: dict[str, Any]) -> tuple[str, Unit]:
        organisation.move_into_bloc(actor=user, unit=unit, bloc=values["bloc"], on=values["starts_on"])
        return _("The unit's bloc is changed from that day on."), unit

    return _answer(request, form, act, title=_("Move into a bloc"), label=_("Move"))


@login_required
@require_http_methods(FORM_METHODS)
def unit_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close this unit, with its successor where it has one."""
    user = signed_in(request)
    unit = unit_or_404(user, code)
    require(can_reorganise(user, unit))
    form = CloseForm(posted(request), unit=unit, initial={"closed_on": clock.today()})

    def act(values: dict[str, Any]) -> tuple[str, Unit]:
        organisation.close_unit(
            actor=user, unit=unit, on=values["closed_on"], successor=values["successor"], kind=values["kind"]
        )
        return _("The unit is closed. What it reported stays where it was made."), unit

    question = _("Close this unit? It cannot be opened again.")
    return _answer(request, form, act, title=_("Close the unit"), label=_("Close the unit"), question=question)


def _answer(
    request: HttpRequest,
    form: OrganisationForm,
    act: Callable[[dict[str, Any]], tuple[str, Unit]],
    *,
    title: str,
    label: str,
    question: str = "",
) -> HttpResponse:
    """Act on a valid form and go to the unit's page; otherwise show the form with what was typed."""

    def done(values: dict[str, Any]) -> Done:
        words, unit = act(values)
        return words, reverse("accounts:unit", args=[unit.code])

    context = {
        "unit": form.unit,
        "way": selectors.visible_way_to(signed_in(request), form.unit),
        "title": title,
        "label": label,
        "question": question,
    }
    return form_page(request, form, done, template="accounts/organisation_form.html", context=context)
