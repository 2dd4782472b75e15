"""Pages of the organisation: the list of units, a unit, and who holds which role there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from units.models import Unit

from . import selectors, services
from .beside import unit_parts
from .forms import GrantForm
from .gates import require, signed_in, unit_or_404
from .models import Role
from .organisation_forms import OpenForm
from .rules import administers_somewhere, can_administer, can_reorganise
from .scope import READING_ROLES, holds, visible_units

UNITS_A_PAGE = 100


@login_required
@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """The units that exist for this person, as a tree; a search finds them without diacritics."""
    wish = request.GET.get("q", "").strip()
    units = selectors.units_listed(signed_in(request), wish)
    page = Paginator(units, UNITS_A_PAGE).get_page(request.GET.get("page"))
    rows = selectors.unit_rows(list(page.object_list))
    context = {"page": page, "rows": rows, "wish": wish, "administers": administers_somewhere(signed_in(request))}
    return render(request, "accounts/unit_list.html", context)


@login_required
@require_safe
def unit_page(request: HttpRequest, code: str) -> HttpResponse:
    """A unit: where it stands, its members, the units beneath it and its people."""
    unit = unit_or_404(signed_in(request), code)
    return _unit_page(request, unit, GrantForm(unit=unit))


@login_required
@require_POST
def role_grant(request: HttpRequest, code: str) -> HttpResponse:
    """Give a person a role here; for administrators of the unit."""
    user = signed_in(request)
    unit = unit_or_404(user, code)
    require(can_administer(user, unit))
    form = GrantForm(request.POST, unit=unit)
    if not form.is_valid():
        return _unit_page(request, unit, form, status=422)
    person = form.cleaned_data["username"]
    try:
        services.grant_role(
            actor=user, user=person, unit=unit, name=form.cleaned_data["name"], bloc=form.cleaned_data["bloc"]
        )
    except ValidationError as error:
        for words in error.messages:
            form.add_error(None, words)
        return _unit_page(request, unit, form, status=422)
    messages.success(request, _("%(person)s holds the role now.") % {"person": person})
    return redirect("accounts:unit", code)


@login_required
@require_POST
def role_end(request: HttpRequest, code: str, role_id: int) -> HttpResponse:
    """End a role here; for administrators of the unit, never their own."""
    user = signed_in(request)
    unit = unit_or_404(user, code)
    role = get_object_or_404(Role, pk=role_id, unit=unit)
    services.end_role(actor=user, role=role)
    messages.success(request, _("The role has ended."))
    return redirect("accounts:unit", code)


def _unit_page(request: HttpRequest, unit: Unit, form: GrantForm, status: int = 200) -> HttpResponse:
    user = signed_in(request)
    context = {
        "unit": unit,
        "way": selectors.visible_way_to(user, unit),
        "children": selectors.unit_rows(list(visible_units(user).filter(parent=unit))),
        "headcounts": selectors.headcount_history(unit),
        "roles": selectors.roles_at(unit) if holds(user, unit, *READING_ROLES) else [],
        "events": selectors.role_events_at(unit),
        "administers": can_administer(user, unit),
        "reorganises": can_reorganise(user, unit),
        "takes_units": OpenForm.is_possible(unit),
        "form": form,
        "parts": unit_parts.of(unit, user),
    }
    return render(request, "accounts/unit.html", context, status=status)
