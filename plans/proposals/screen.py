"""One app's list of proposals on the reading screen: who may open it, and what a decision is answered with.

The same for targets and activities; each gives its ``Desk``. Decisions themselves are the apps' services.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.gates import require, signed_in
from accounts.models import User
from core import clock
from core.templatetags.portal_numbers import vn_time
from plans.fields import refuse
from plans.models import Plan
from plans.reading.frame import frame_of
from plans.reading.pane import Mark
from plans.reading.selectors import reading_or_404
from plans.rules import can_draft, can_edit

from .deciding import version_of
from .shelf import FILTERS, Item, RowWords, counts_of

CONFLICT, UNPROCESSABLE = 409, 422
# Refusals that say "look again" rather than "type it otherwise".
CONFLICTS = {"stale", "wrong_state", "not_draft", "wrong_plan_state"}
LONGEST_NUMBER = 18  # digits of a row's number


ItemT = TypeVar("ItemT", bound=Item[Any])


# Draws the page of every desk; its partials ``prop``, ``bar`` and ``progress`` draw the parts.
TEMPLATE = "plans/reading/desk.html"


@dataclass(frozen=True)
class DeskWords:
    """What the page calls its things: those found, none found, adding one. ``accepted`` and ``decided`` tell counts."""

    found: str | Promise
    none: str | Promise
    none_hint: str | Promise
    add: str | Promise
    add_short: str | Promise
    accepted: Callable[[int], str]
    decided: Callable[[int, int], str]


@dataclass(frozen=True)
class Desk(Generic[ItemT]):
    """One app's list. ``letter`` begins the keys that link list and document ("t12"); ``step`` is the stepper's key.

    ``space`` is the app's space of addresses, ``fields`` the template of a correction's fields. ``row_of`` says an
    item in words; ``form_of`` makes a form for it, bound where data are given.
    """

    letter: str
    step: str
    space: str
    fields: str
    words: DeskWords
    items_of: Callable[[Plan], Sequence[ItemT]]
    row_of: Callable[[ItemT], RowWords]
    form_of: Callable[[ItemT, Mapping[str, Any] | None], forms.Form]

    def key(self, item: Item[Any]) -> str:
        return f"{self.letter}{item.proposal.pk}"

    def address(self, plan: Plan) -> str:
        return reverse(f"{self.space}:reading", args=[plan.pk])


class Decision(Protocol):
    """A service that takes one step with one proposal."""

    def __call__(self, *, actor: User | None, proposal: Any, version: str | None) -> Any: ...


@dataclass(frozen=True)
class Line:
    """One proposal as drawn. ``form`` is there where it is unfolded; ``says`` is what became of the last attempt.

    ``is_hidden``: it does not stand in the list that was asked for.
    """

    item: Item[Any]
    row: RowWords
    key: str
    version: str
    form: forms.Form | None = None
    says: str = ""
    is_hidden: bool = False


def drafted_or_404(request: HttpRequest, plan_id: int) -> Plan:
    """Return the plan with its document. Raises Http404 outside the person's reach, PermissionDenied for readers."""
    user = signed_in(request)
    plan = reading_or_404(user, plan_id)
    require(can_draft.test(user, plan))
    return plan


def line_of(
    desk: Desk[Any], item: Item[Any], *, form: forms.Form | None = None, says: str = "", is_hidden: bool = False
) -> Line:
    """Return the proposal as drawn."""
    return Line(item, desk.row_of(item), desk.key(item), version_of(item.proposal), form, says, is_hidden)


def show(
    request: HttpRequest,
    desk: Desk[Any],
    plan: Plan,
    *,
    opened: int | None = None,
    form: forms.Form | None = None,
    says: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Draw the whole page; ``opened`` is the id of the proposal that is unfolded, in ``form`` where it was typed."""
    user = signed_in(request)
    if not can_edit(user, plan):
        messages.info(request, _("The plan is no draft any more: what was found in it can no longer be changed."))
        return redirect("plans:detail", plan.pk)
    items = desk.items_of(plan)
    asked = request.GET.get("show", "all")
    shown = asked if asked in FILTERS else "all"
    context = {
        "nav_key": "plans",
        "frame": frame_of(plan=plan, user=user, step=desk.step, marks=[mark_of(desk, item) for item in items]),
        "lines": [_line(desk, item, shown, opened, form, says) for item in items],
        "shown": shown,
        "saved_at": max((item.proposal.decided_at for item in items if item.proposal.decided_at), default=None),
        **bar_of(desk, plan, items),
        **more,
    }
    return render(request, TEMPLATE, context, status=status)


def _line(desk: Desk[Any], item: Item[Any], shown: str, opened: int | None, form: forms.Form | None, says: str) -> Line:
    """One line of the page; the opened one stands in every list."""
    if item.proposal.pk == opened:
        return line_of(desk, item, form=form or desk.form_of(item, None), says=says)
    return line_of(desk, item, is_hidden=shown not in ("all", *item.filters))


def mark_of(desk: Desk[Any], item: Item[Any]) -> Mark:
    proposal = item.proposal
    return Mark(start=proposal.start, end=proposal.end, key=desk.key(item), state=item.mark, label=item.label)


def bar_of(desk: Desk[Any], plan: Plan, items: Sequence[Item[Any]]) -> dict[str, Any]:
    """What the tabs, the bar over the list and the progress say."""
    counts = counts_of(items)
    return {
        "desk": desk,
        "plan": plan,
        "counts": counts,
        "sure": sum(item.is_sure for item in items),
        "told": desk.words.decided(counts["all"] - counts["open"], counts["all"]) if items else "",
    }


def item_or_404(desk: Desk[ItemT], plan: Plan, proposal_id: int) -> ItemT:
    """Return the plan's proposal of this id. Raises Http404 where it has none."""
    return _find(desk.items_of(plan), proposal_id)


def _find(items: Iterable[ItemT], proposal_id: int) -> ItemT:
    found = next((item for item in items if item.proposal.pk == proposal_id), None)
    if found is None:
        raise Http404
    return found


def asked_id(text: str) -> int | None:
    """Return the number of a row that an address names; null for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def one_row(request: HttpRequest, desk: Desk[Any], plan: Plan, proposal_id: int, *, unfolded: bool) -> HttpResponse:
    """Draw one proposal for htmx, unfolded with its form or not."""
    item = item_or_404(desk, plan, proposal_id)
    return HttpResponse(_drawn(request, desk, plan, item, form=desk.form_of(item, None) if unfolded else None))


def decide(
    request: HttpRequest,
    desk: Desk[Any],
    plan: Plan,
    proposal_id: int,
    act: Callable[[Any, str], Any],
    *,
    form: forms.Form | None = None,
) -> HttpResponse:
    """Take one decision and answer it: the row and what changed beside it for htmx, else a redirect to the list.

    ``act`` gets the proposal and the version that the person saw. A refusal comes back in the row, with what was typed
    where a ``form`` was sent: 409 where it has to be looked at again, 422 where something is wrong.
    """
    before = desk.items_of(plan)
    item = _find(before, proposal_id)
    if form is not None and not form.is_valid():
        return _refused(request, desk, plan, proposal_id, form=form, says="", status=UNPROCESSABLE)
    try:
        act(item.proposal, request.POST.get("version", ""))
    except ValidationError as error:
        return _explain(request, desk, plan, item, error, form)
    after = desk.items_of(plan)
    now = _find(after, proposal_id)
    if not getattr(request, "htmx", False):
        words = {"label": item.label if now.label == "–" else now.label, "state": now.proposal.get_state_display()}
        messages.success(request, _("%(label)s: %(state)s.") % words)
        return redirect(f"{desk.address(plan)}#prop-{desk.key(now)}")
    return _decided(request, desk, plan, now, before, after)


def _decided(
    request: HttpRequest,
    desk: Desk[Any],
    plan: Plan,
    now: Item[Any],
    before: Sequence[Item[Any]],
    after: Sequence[Item[Any]],
) -> HttpResponse:
    """The row, the counts, and those rows beside it that say something else now."""
    looked = {desk.key(item): _looks(item) for item in before}
    others = [item for item in after if item is not now and looked.get(desk.key(item)) != _looks(item)]
    parts = [_drawn(request, desk, plan, now)]
    parts += [_drawn(request, desk, plan, item, aside=True) for item in others]
    bar = {**bar_of(desk, plan, after), "aside": True}
    parts += [render_to_string(f"{TEMPLATE}#{part}", bar, request) for part in ("bar", "progress")]
    response = HttpResponse("".join(parts))
    told = {"key": desk.key(now), "state": now.mark, "label": now.label, "next": None}
    response["HX-Trigger"] = json.dumps({"reading:decided": told})
    return response


def _looks(item: Item[Any]) -> tuple[Any, ...]:
    return item.label, item.mark, getattr(item, "may_merge", False), item.proposal.state


def _explain(
    request: HttpRequest, desk: Desk[Any], plan: Plan, item: Item[Any], error: ValidationError, form: forms.Form | None
) -> HttpResponse:
    status = CONFLICT if getattr(error, "code", None) in CONFLICTS else UNPROCESSABLE
    if form is not None:
        refuse(form, error)
        return _refused(request, desk, plan, item.proposal.pk, form=form, says="", status=status)
    fields = hasattr(error, "error_dict")
    form = desk.form_of(item, None) if fields or getattr(error, "code", None) == "half_typed" else None
    return _refused(request, desk, plan, item.proposal.pk, form=form, says=_words(error, form), status=status)


def _words(error: ValidationError, form: forms.Form | None) -> str:
    """What was refused, with the names of the fields that it is about."""
    if not hasattr(error, "error_dict") or form is None:
        return " ".join(error.messages)
    told = []
    for name, said in error.message_dict.items():
        label = f"{form.fields[name].label}: " if name in form.fields else ""
        told.append(label + " ".join(said))
    return " ".join(told)


def _refused(
    request: HttpRequest,
    desk: Desk[Any],
    plan: Plan,
    proposal_id: int,
    *,
    form: forms.Form | None,
    says: str,
    status: int,
) -> HttpResponse:
    plan.refresh_from_db(fields=["state"])
    if not getattr(request, "htmx", False):
        if not can_edit(signed_in(request), plan):
            messages.error(request, says or _("The plan is no draft any more: nothing was saved."))
            return redirect("plans:detail", plan.pk)
        opened = proposal_id if form is not None else None
        if opened is None:
            messages.error(request, says)
        return show(request, desk, plan, opened=opened, form=form, says=says, status=status)
    item = item_or_404(desk, plan, proposal_id)
    return HttpResponse(_drawn(request, desk, plan, item, form=form, says=says), status=status)


def _drawn(
    request: HttpRequest,
    desk: Desk[Any],
    plan: Plan,
    item: Item[Any],
    *,
    form: forms.Form | None = None,
    says: str = "",
    aside: bool = False,
) -> str:
    line = line_of(desk, item, form=form, says=says)
    context = {"desk": desk, "line": line, "plan": plan, "aside": aside}
    return render_to_string(f"{TEMPLATE}#prop", context, request)


def kept(act: Callable[[], Any]) -> JsonResponse:
    """Answer a correction saved while it is typed: when, and the version to go on from; 409 where it was refused."""
    try:
        proposal = act()
    except ValidationError as error:
        return JsonResponse({"clash": " ".join(error.messages)}, status=CONFLICT)
    saved = _("saved at %(time)s") % {"time": vn_time(clock.now())}
    return JsonResponse({"saved": saved, "version": version_of(proposal)})
