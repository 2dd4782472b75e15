"""Pages on which the targets of a draft are written by hand: the list, one target, codes, deleting."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.gates import signed_in
from core.form_pages import FORM_METHODS, Done, form_page, posted
from plans.gates import drafted_plan
from plans.models import Plan
from plans.writing.pages import ordered_list, take_step, write_what_was_seen
from plans.writing.placing import STEPS
from units.selectors import top_unit

from . import services
from .forms import PROPOSED, TargetForm
from .models import Indicator, Target
from .pages import code_changes, draft_groups
from .selectors import section_codes


@login_required
@require_safe
def target_list(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The targets of a draft, as they are ordered and changed."""
    plan = drafted_plan(signed_in(request), plan_id)
    return ordered_list(request, plan, draft_groups(plan), template="targets/target_list.html", tab="targets")


@login_required
@require_http_methods(FORM_METHODS)
def target_add(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Add a target to a draft; for its officers."""
    plan = drafted_plan(signed_in(request), plan_id)
    form = TargetForm(posted(request), plan=plan, initial={"section": request.GET.get("section")})

    @transaction.atomic
    def act(values: dict[str, Any]) -> Done:
        services.add_target(plan=plan, indicator=_indicator(plan, form), **form.target)
        return _("The target has been added."), reverse("plans:detail", args=[plan.pk])

    return form_page(request, form, act, template="targets/target_form.html", context={"plan": plan})


@login_required
@require_http_methods(FORM_METHODS)
def target_revise(request: HttpRequest, plan_id: int, target_id: int) -> HttpResponse:
    """Change a target of a draft; for its officers."""
    plan = drafted_plan(signed_in(request), plan_id)
    target = get_object_or_404(Target.objects.select_related("indicator", "plan__unit"), plan=plan, pk=target_id)
    form = TargetForm(posted(request), plan=plan, target=target)

    @transaction.atomic
    def act(values: dict[str, Any]) -> Done:
        services.revise_target(target=target, indicator=_indicator(plan, form), **form.target)
        return _("The target has been changed."), _list_of(plan)

    context = {"plan": plan, "target": target}
    return form_page(request, form, act, template="targets/target_form.html", context=context)


def _indicator(plan: Plan, form: TargetForm) -> Indicator:
    """The indicator chosen, or the new one proposed with the target; refusals go to the form's own fields."""
    chosen: Indicator | None = form.cleaned_data["indicator"]
    if chosen is not None:
        return chosen
    try:
        return services.propose_indicator(owner=top_unit(plan.unit), **form.proposal)
    except ValidationError as error:
        named = {PROPOSED.get(name, name): errors for name, errors in error.message_dict.items()}
        raise ValidationError(named) from error


def _list_of(plan: Plan) -> str:
    return reverse("targets:list", args=[plan.pk])


@login_required
@require_POST
def target_move(request: HttpRequest, plan_id: int, target_id: int) -> HttpResponse:
    """Let a target change places with its neighbour in its section: ``step`` is up or down."""
    plan = drafted_plan(signed_in(request), plan_id)
    target = get_object_or_404(Target, plan=plan, pk=target_id)

    def move(step: str) -> None:
        services.move_target(target=target, step=step)

    return take_step(request, target.pk, move, steps=STEPS, back=_list_of(plan))


@login_required
@require_http_methods(FORM_METHODS)
def target_recode(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The codes that a draft's targets would have after their sections (GET), and writing exactly those (POST)."""
    plan = drafted_plan(signed_in(request), plan_id)
    if request.method != "POST":
        return _codes(request, plan)

    def write(seen: str) -> str:
        count = services.recode_targets(plan=plan, seen=seen)
        return ngettext("%(n)s target has a new code.", "%(n)s targets have a new code.", count) % {"n": count}

    return write_what_was_seen(request, write, back=_list_of(plan))


def _codes(request: HttpRequest, plan: Plan) -> HttpResponse:
    codes = section_codes(plan)
    changes = code_changes(plan, codes)
    context = {
        "plan": plan,
        "changes": changes,
        "any_changes": any(change.differs for change in changes),
        "fingerprint": services.fingerprint_of(codes),
    }
    return render(request, "targets/recode.html", context)


@login_required
@require_http_methods(FORM_METHODS)
def target_delete(request: HttpRequest, plan_id: int, target_id: int) -> HttpResponse:
    """Ask (GET) and delete a target of a draft (POST)."""
    plan = drafted_plan(signed_in(request), plan_id)
    target = get_object_or_404(Target, plan=plan, pk=target_id)
    back = _list_of(plan)

    def act(values: dict[str, Any]) -> Done:
        services.delete_target(target=target)
        return _("The target has been deleted."), back

    context = {
        "plan": plan,
        "title": _("Delete a target"),
        "thing": str(target),
        "explain": _("The section's words stay. The indicator stays in the catalogue."),
        "label": _("Delete the target"),
        "back": back,
        "back_label": _("Targets"),
    }
    return form_page(request, forms.Form(posted(request)), act, template="plans/deletion.html", context=context)
