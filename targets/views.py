"""Pages of the catalogue of indicators and of the shares handed down. Writing a draft's targets: ``draft_views``."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.enums import RoleName
from accounts.gates import require, signed_in
from accounts.models import User
from accounts.scope import grants_of
from plans.fields import refuse
from plans.gates import plan_or_404
from plans.models import Plan
from units.models import Unit

from . import services
from .forms import MergeForm, ShareForm
from .models import Indicator, Target
from .pages import Line, Shares, is_shareable, line_of, share_text, shares_of, totals_of
from .selectors import catalogue_of, search_indicators, targets_of

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


@login_required
@require_safe
def allocation_page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """What was handed down of a plan's targets; of a superior plan one's own share only. ``?target=`` opens one."""
    return _allocation_page(request, plan_id, asked=request.GET.get("target", ""))


def _allocation_page(
    request: HttpRequest, plan_id: int, *, asked: str, bound: Mapping[int, ShareForm] | None = None
) -> HttpResponse:
    user = signed_in(request)
    plan = plan_or_404(user, plan_id)
    line = line_of(plan, user)
    if line is None:
        raise Http404
    targets = [target for target in targets_of(plan) if is_shareable(target)]
    shares = shares_of(line, targets)
    opened = next((target for target in targets if str(target.pk) == asked), None)
    if asked and opened is None:
        raise Http404
    context = {
        "nav_key": "plans",
        "plan": plan,
        "line": line,
        "totals": totals_of(plan, line, [opened] if opened else targets, shares),
        "opened": opened,
        "rows": _rows(line, opened, shares, bound or {}) if opened else [],
    }
    return render(request, "targets/allocations.html", context, status=UNPROCESSABLE if bound else 200)


def _rows(line: Line, target: Target, shares: Shares, bound: Mapping[int, ShareForm]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for unit in line.receivers:
        share = shares.get((target.pk, unit.pk))
        form = bound.get(unit.pk) or ShareForm(target=target, unit=unit, share=share)
        rows.append({"unit": unit, "share": share, "words": share_text(target, share), "form": form})
    return rows


@login_required
@require_POST
def hand_down(request: HttpRequest, plan_id: int, target_id: int, unit_code: str) -> HttpResponse:
    """Hand one unit its share of one target; for officers of the unit that hands down."""
    user = signed_in(request)
    plan = plan_or_404(user, plan_id)
    target = get_object_or_404(Target.objects.select_related("indicator", "plan__unit"), plan=plan, pk=target_id)
    line = line_of(plan, user)
    unit = next((unit for unit in line.receivers if unit.code == unit_code), None) if line else None
    if line is None or unit is None:
        raise Http404
    require(line.may_hand_down)
    form = ShareForm(request.POST, target=target, unit=unit, share=None)
    if form.is_valid():
        try:
            services.allocate(actor=user, target=target, unit=unit, handed_by=line.base, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("%(unit)s was handed its share.") % {"unit": unit.name})
            return redirect(f"{reverse('targets:allocations', args=[plan.pk])}?{urlencode({'target': target.pk})}")
    return _allocation_page(request, plan_id, asked=str(target.pk), bound={unit.pk: form})
