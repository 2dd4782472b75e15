"""Pages of the catalogue of indicators. Writing a draft's targets: ``draft_views``; handing down: ``sharing``."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.enums import RoleName
from accounts.gates import signed_in
from accounts.models import User
from accounts.scope import grants_of
from plans.fields import refuse
from plans.models import Plan
from units.models import Unit

from . import services
from .forms import MergeForm
from .models import Indicator
from .selectors import catalogue_of, search_indicators

INDICATORS_A_PAGE = 50
UNPROCESSABLE = 422


def _catalogue_owner(user: User) -> Unit:
    """Return the topmost unit whose catalogue the person keeps. Raises PermissionDenied where there is none."""
    own = [grant.unit_id for grant in grants_of(user) if grant.name == RoleName.OFFICER]
    owner = Unit.objects.filter(pk__in=own, depth=1).first()
    if owner is None:
        raise PermissionDenied
    return owner


@login_required
@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """The catalogue, for officers of the topmost unit: what is confirmed, what waits to be."""
    owner = _catalogue_owner(signed_in(request))
    wish = request.GET.get("q", "").strip()
    catalogue = catalogue_of(owner)
    shown = search_indicators(catalogue, wish)
    only_open = request.GET.get("open") == "1"
    if only_open:
        shown = shown.filter(confirmed_at__isnull=True)
    context = {
        "page": Paginator(shown, INDICATORS_A_PAGE).get_page(request.GET.get("page")),
        "wish": wish,
        "only_open": only_open,
        "waiting": catalogue.filter(confirmed_at__isnull=True).count(),
        "total": catalogue.count(),
    }
    return render(request, "targets/indicator_list.html", context)


def _indicator_or_404(request: HttpRequest, indicator_id: int) -> Indicator:
    owner = _catalogue_owner(signed_in(request))
    return get_object_or_404(
        Indicator.objects.select_related("merged_into", "confirmed_by"), pk=indicator_id, owner=owner
    )


@login_required
@require_safe
def indicator_detail(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """An indicator: its plans, what was merged into it, and merging it into another."""
    indicator = _indicator_or_404(request, indicator_id)
    return _indicator_page(request, indicator, MergeForm(source=indicator))


def _indicator_page(request: HttpRequest, indicator: Indicator, form: MergeForm, status: int = 200) -> HttpResponse:
    context = {
        "indicator": indicator,
        "form": form,
        "targets": indicator.targets.filter(plan__in=Plan.objects.current())
        .select_related("plan__unit")
        .order_by("plan", "order"),
        "sources": indicator.merged_from.order_by("folded"),
    }
    return render(request, "targets/indicator_detail.html", context, status=status)


@login_required
@require_POST
def indicator_confirm(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """Take an indicator into the catalogue for good."""
    indicator = _indicator_or_404(request, indicator_id)
    try:
        services.confirm_indicator(actor=signed_in(request), indicator=indicator)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("“%(name)s” is confirmed.") % {"name": indicator.name})
    return redirect("targets:indicators")


@login_required
@require_POST
def indicator_merge(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """Let an indicator go over into another one."""
    indicator = _indicator_or_404(request, indicator_id)
    form = MergeForm(request.POST, source=indicator)
    if not form.is_valid():
        return _indicator_page(request, indicator, form, status=UNPROCESSABLE)
    into = form.cleaned_data["into"]
    try:
        merge = services.merge_indicators(actor=signed_in(request), source=indicator, into=into)
    except ValidationError as error:
        refuse(form, error)
        return _indicator_page(request, indicator, form, status=UNPROCESSABLE)
    words = {"source": indicator.name, "into": into.name, "n": merge.entries_moved}
    messages.success(request, _("“%(source)s” went over into “%(into)s”; entries that followed: %(n)s.") % words)
    return redirect("targets:indicator", into.pk)
