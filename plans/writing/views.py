"""Pages on which the sections of a draft are written by hand: the outline, one section, numbers, deleting."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.gates import signed_in
from core.form_pages import FORM_METHODS, Done, form_page, posted

from .. import services
from ..forms import DeletionForm, RenumberForm, SectionForm
from ..gates import drafted_plan
from ..models import Plan, Section
from ..pages import number_changes, outline_rows
from ..wording import section_text
from .arranging import Step
from .hanging import Hanging, hanging_on
from .pages import ordered_list, take_step, write_what_was_seen


def _section_or_404(plan: Plan, section_id: int) -> Section:
    return get_object_or_404(plan.sections, pk=section_id)


@login_required
@require_safe
def outline(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The sections of a draft as a list in which they are moved."""
    plan = drafted_plan(signed_in(request), plan_id)
    return ordered_list(request, plan, outline_rows(plan), template="plans/outline.html", tab="outline")


@login_required
@require_http_methods(FORM_METHODS)
def section_add(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Add a section to a draft; for its officers."""
    plan = drafted_plan(signed_in(request), plan_id)
    form = SectionForm(posted(request), plan=plan, initial={"parent": request.GET.get("under")})

    def act(values: dict[str, Any]) -> Done:
        section = services.add_section(plan=plan, **values)
        return _("The section has been added."), f"{request.path}?under={section.parent_id or ''}"

    return form_page(request, form, act, template="plans/section_form.html", context={"plan": plan})


@login_required
@require_http_methods(FORM_METHODS)
def section_revise(request: HttpRequest, plan_id: int, section_id: int) -> HttpResponse:
    """Change the words of a draft's section, or put it under another; for its officers."""
    plan = drafted_plan(signed_in(request), plan_id)
    section = _section_or_404(plan, section_id)
    form = SectionForm(posted(request), plan=plan, section=section)

    def act(values: dict[str, Any]) -> Done:
        services.rewrite_section(section=section, **values)
        return _("The section has been changed."), _back(plan, section)

    context = {"plan": plan, "section": section}
    return form_page(request, form, act, template="plans/section_form.html", context=context)


def _back(plan: Plan, section: Section) -> str:
    return f"{reverse('plans:detail', args=[plan.pk])}#s-{section.pk}"


@login_required
@require_POST
def section_move(request: HttpRequest, plan_id: int, section_id: int) -> HttpResponse:
    """Take one step with a section of a draft: ``step`` is up, down, in or out."""
    plan = drafted_plan(signed_in(request), plan_id)
    section = _section_or_404(plan, section_id)
    back = reverse("plans:outline", args=[plan.pk])

    def move(step: str) -> None:
        services.move_section(section=section, step=step)

    return take_step(request, section.pk, move, steps=list(Step), back=back)


@login_required
@require_http_methods(FORM_METHODS)
def renumber(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The numbers that a draft's sections would have (GET), and writing exactly those (POST)."""
    plan = drafted_plan(signed_in(request), plan_id)
    form = RenumberForm(request.GET, plan=plan)
    form.is_valid()  # a group that is none: the whole document is shown, and the field says so
    if request.method != "POST":
        return _numbers(request, plan, form)

    def write(seen: str) -> str:
        count = services.renumber(plan=plan, section=form.group, style=form.written_as, seen=seen)
        words = ngettext("%(n)s section has a new number.", "%(n)s sections have a new number.", count)
        return words % {"n": count}

    return write_what_was_seen(request, write, back=reverse("plans:outline", args=[plan.pk]))


def _numbers(request: HttpRequest, plan: Plan, form: RenumberForm) -> HttpResponse:
    arrangement = services.renumbered(plan=plan, section=form.group, style=form.written_as)
    changes = number_changes(plan, arrangement)
    context = {
        "plan": plan,
        "form": form,
        "changes": changes,
        "any_changes": any(change.differs for change in changes),
        "fingerprint": services.fingerprint_of(arrangement),
    }
    return render(request, "plans/renumber.html", context)


@login_required
@require_http_methods(FORM_METHODS)
def section_delete(request: HttpRequest, plan_id: int, section_id: int) -> HttpResponse:
    """Ask, and say where what hangs on a section goes (GET); delete it (POST)."""
    plan = drafted_plan(signed_in(request), plan_id)
    section = _section_or_404(plan, section_id)
    hanging = hanging_on(section)
    form = DeletionForm(posted(request), section=section, things=bool(hanging.words))
    back = reverse("plans:outline", args=[plan.pk])

    def act(values: dict[str, Any]) -> Done:
        services.delete_section(section=section, into=values.get("into"), moves=bool(hanging.words))
        return _("The section has been deleted."), back

    context = {
        "plan": plan,
        "title": _("Delete a section"),
        "thing": section_text(section),
        "label": _("Delete the section"),
        "back": back,
        "back_label": _("Outline"),
        **_deletion_words(hanging),
    }
    return form_page(request, form, act, template="plans/deletion.html", context=context)


def _deletion_words(hanging: Hanging) -> dict[str, str]:
    if hanging.parts:
        return {"in_the_way": services.parts_in_the_way(hanging)}
    if not hanging.words:
        return {"explain": _("Nothing hangs on this section. Its words are gone once it is deleted.")}
    words = _("On this section hang: %(things)s. They are not deleted; say where they go.")
    return {"look": words % {"things": ", ".join(hanging.words)}}
