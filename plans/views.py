"""Pages of documents: the list, a plan with its sections, beginning a draft, and the steps of a plan's life."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.gates import require, signed_in
from core.form_pages import FORM_METHODS, Done, form_page, posted, take_step

from . import services
from .beside import plan_parts
from .enums import PlanState
from .forms import CorrectionForm, IssueForm, PlanForm, ReturnForm
from .gates import drafted_plan, plan_or_404
from .heads import rewrite_head
from .models import Plan
from .pages import plan_page
from .rules import TRANSITIONS, Action, drafts_somewhere
from .selectors import plans_visible_to, search_plans, years_of
from .versions.pages import versions_panel

PLANS_A_PAGE = 30


def _year(text: str) -> int | None:
    """The year asked; null for what is none that a plan could run in."""
    return int(text) if re.fullmatch(r"(19|20|21)[0-9]{2}", text) else None


@login_required
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans that exist for this person; found by words without diacritics, by state, by year."""
    user = signed_in(request)
    visible = plans_visible_to(user)
    asked = {word: request.GET.get(word, "").strip() for word in ("q", "state", "year")}
    state = asked["state"] if asked["state"] in PlanState.values else ""
    plans = search_plans(visible, wish=asked["q"], state=state, year=_year(asked["year"]))
    context = {
        "page": Paginator(plans.with_place().select_related("unit"), PLANS_A_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "states": PlanState.choices,
        "years": [(str(year), str(year)) for year in years_of(visible)],
        "may_draft": drafts_somewhere(user),
    }
    return render(request, "plans/plan_list.html", context)


@login_required
@require_http_methods(FORM_METHODS)
def plan_create(request: HttpRequest) -> HttpResponse:
    """Begin a draft by hand; for officers."""
    user = signed_in(request)
    require(drafts_somewhere(user))
    form = PlanForm(posted(request), user=user)

    def act(values: dict[str, Any]) -> Done:
        plan = services.create_plan(actor=user, **values)
        return _("The draft has been made. Now write its sections."), reverse("plans:detail", args=[plan.pk])

    return form_page(request, form, act, template="plans/plan_form.html", context={})


@login_required
@require_http_methods(FORM_METHODS)
def plan_head(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Correct kind, title, theme and term of a draft; for officers."""
    user = signed_in(request)
    plan = drafted_plan(user, plan_id)

    def act(values: dict[str, Any]) -> Done:
        rewrite_head(actor=user, plan=plan, version=values.pop("version"), facts=values)
        return _("Title and term have been saved."), reverse("plans:detail", args=[plan.pk])

    form = CorrectionForm(posted(request), plan=plan)
    return form_page(request, form, act, template="plans/head_form.html", context={"nav_key": "plans", "plan": plan})


@login_required
@require_safe
def plan_detail(request: HttpRequest, plan_id: int) -> HttpResponse:
    """A plan as text, with its targets and activities beside each section."""
    plan = plan_or_404(signed_in(request), plan_id)
    return _plan_page(request, plan)


def _plan_page(request: HttpRequest, plan: Plan, status: int = 200, **bound: forms.Form) -> HttpResponse:
    """Draw the plan's page; ``bound`` forms keep what was typed into them."""
    fresh = {"issue_form": IssueForm(plan=plan), "return_form": ReturnForm()}
    context = {
        "shown": plan_page(plan, signed_in(request)),
        "plan": plan,
        "events": list(plan.events.select_related("actor")),
        "versions": versions_panel(plan, signed_in(request)),
        "parts": plan_parts.of(plan, signed_in(request)),
    }
    return render(request, "plans/plan_detail.html", {**context, **fresh, **bound}, status=status)


def _take_step(
    request: HttpRequest, plan: Plan, action: Action, done: str, step: Callable[[], Plan], **bound: forms.Form
) -> HttpResponse:
    """Gate and take one step of the plan's life; a refusal comes back on the page, with what was typed."""
    user = signed_in(request)
    require(any(rule.test(user, plan) for (_state, step_of), (_next, rule) in TRANSITIONS.items() if step_of == action))
    then, again = reverse("plans:detail", args=[plan.pk]), partial(_plan_page, request, plan)
    return take_step(request, step, done=done, then=then, forms_of=bound, again=again)


@login_required
@require_POST
def plan_send(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Hand a draft to the leader; for officers."""
    user = signed_in(request)
    plan = plan_or_404(user, plan_id)
    done = _("The plan has been sent to the leader.")
    return _take_step(request, plan, Action.SEND, done, lambda: services.send_to_leader(actor=user, plan=plan))


@login_required
@require_POST
def plan_return(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Give a plan back with the reason; for leaders."""
    user = signed_in(request)
    plan = plan_or_404(user, plan_id)
    form = ReturnForm(request.POST)
    return _take_step(
        request,
        plan,
        Action.RETURN,
        _("The plan has been returned to the officer."),
        lambda: services.return_to_draft(actor=user, plan=plan, reason=form.cleaned_data["reason"]),
        return_form=form,
    )


@login_required
@require_POST
def plan_issue(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Issue a plan under its number and date; for leaders."""
    user = signed_in(request)
    plan = plan_or_404(user, plan_id)
    form = IssueForm(request.POST, plan=plan)
    return _take_step(
        request,
        plan,
        Action.ISSUE,
        _("The plan has been issued."),
        lambda: services.issue_plan(actor=user, plan=plan, **form.cleaned_data),
        issue_form=form,
    )


@login_required
@require_POST
def plan_close(request: HttpRequest, plan_id: int) -> HttpResponse:
    """End the life of a plan; for leaders."""
    user = signed_in(request)
    plan = plan_or_404(user, plan_id)
    done = _("The plan has been closed. It stays readable.")
    return _take_step(request, plan, Action.CLOSE, done, lambda: services.close_plan(actor=user, plan=plan))
