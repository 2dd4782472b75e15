"""What the pages of a draft's sections, targets and activities have in common: a list with buttons, and agreeing.

Who may use a page, and which things are its, the view has asked before.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ..enums import PlanState
from ..models import Plan
from .arranging import Step


def ordered_list(request: HttpRequest, plan: Plan, rows: Sequence[Any], *, template: str, tab: str) -> HttpResponse:
    """Draw a list whose rows have buttons; ``?moved=&step=`` is the button pressed last, which keeps the focus.

    ``tab`` is its key among ``plans.writing.tabs``.
    """
    context = {
        "plan": plan,
        "tab": tab,
        "rows": rows,
        "is_draft": plan.state == PlanState.DRAFT,
        "moved": request.GET.get("moved", ""),
        "step": request.GET.get("step", ""),
    }
    return render(request, template, context)


def take_step(
    request: HttpRequest, pk: int, move: Callable[[str], object], *, steps: Collection[Step], back: str
) -> HttpResponse:
    """Take the step posted with the thing ``pk`` and go back to the list; a refusal is told there."""
    step = request.POST.get("step", "")
    step = step if step in list(steps) else ""
    try:
        if not step:
            raise ValidationError(_("Choose in which direction it goes."))
        move(step)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{back}?moved={pk}&step={step}")


def write_what_was_seen(request: HttpRequest, write: Callable[[str], str], *, back: str) -> HttpResponse:
    """Write what the person agreed to, by its fingerprint, and say what was written; a refusal shows the page again."""
    try:
        words = write(request.POST.get("fingerprint", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(request.get_full_path())
    messages.success(request, words)
    return redirect(back)
