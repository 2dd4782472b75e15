"""The pages of one app's desk: the list beside the document, and one address for each decision.

The same for targets and activities; what they are drawn with is the ``Desk``, what they do are the app's services.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import ModuleType
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.gates import signed_in

from .adding import SelectionForm, added
from .screen import Decision, Desk, asked_id, decide, drafted_or_404, item_or_404, kept, one_row, show

View = Callable[..., HttpResponse]


class DeskPages:
    """The views of a desk. ``services`` is the app's module of them: accept, reject, reopen, save_wish, accept_sure,
    add_from_selection, split; ``more`` are further decisions by the name of their step.
    """

    def __init__(
        self,
        desk: Desk[Any],
        services: ModuleType,
        *,
        more: Mapping[str, Decision] | None = None,
    ) -> None:
        self.desk, self.services = desk, services
        self.decisions: dict[str, Decision] = {
            "accept": services.accept,
            "reject": services.reject,
            "reopen": services.reopen,
            "forget": partial(services.save_wish, wish=None),
            **(more or {}),
        }

    def patterns(self) -> list[URLPattern]:
        """Return the addresses of the step, to be included under its own."""
        one = "<int:proposal_id>/"
        return [
            path("", login_required(require_safe(self.reading)), name="reading"),
            path("accept-sure/", _posted(self.accept_sure), name="reading-accept-sure"),
            path("add/", _posted(self.add), name="reading-add"),
            path(f"{one}correct/", _posted(self.correct), name="proposal-correct"),
            path(f"{one}wish/", _posted(self.wish), name="proposal-wish"),
            path(f"{one}split/", _posted(self.split), name="proposal-split"),
            *(
                path(f"{one}{step}/", _posted(partial(self.take, service=service)), name=f"proposal-{step}")
                for step, service in self.decisions.items()
            ),
        ]

    def reading(self, request: HttpRequest, plan_id: int) -> HttpResponse:
        """What was found, beside the document. ``?open=`` unfolds one; for htmx that row alone, ``?row=`` folds it."""
        plan = drafted_or_404(request, plan_id)
        opened, row = asked_id(request.GET.get("open", "")), asked_id(request.GET.get("row", ""))
        if getattr(request, "htmx", False) and (opened or row):
            return one_row(request, self.desk, plan, opened or row or 0, unfolded=opened is not None)
        return show(request, self.desk, plan, opened=opened, add_form=SelectionForm())

    def take(self, request: HttpRequest, plan_id: int, proposal_id: int, service: Decision) -> HttpResponse:
        """Take one decision under the version that the person saw."""
        plan, user = drafted_or_404(request, plan_id), signed_in(request)
        return decide(
            request,
            self.desk,
            plan,
            proposal_id,
            lambda proposal, version: service(actor=user, proposal=proposal, version=version),
        )

    def correct(self, request: HttpRequest, plan_id: int, proposal_id: int) -> HttpResponse:
        """Accept a proposal as it was corrected in its form."""
        plan, user = drafted_or_404(request, plan_id), signed_in(request)
        form: Any = self.desk.form_of(item_or_404(self.desk, plan, proposal_id), request.POST)
        return decide(
            request,
            self.desk,
            plan,
            proposal_id,
            lambda proposal, version: self.services.accept(
                actor=user, proposal=proposal, version=version, values=form.values
            ),
            form=form,
        )

    def wish(self, request: HttpRequest, plan_id: int, proposal_id: int) -> HttpResponse:
        """Keep a correction while it is typed; answered with JSON."""
        plan, user = drafted_or_404(request, plan_id), signed_in(request)
        item = item_or_404(self.desk, plan, proposal_id)
        form: Any = self.desk.form_of(item, request.POST)
        version = request.POST.get("version", "")
        return kept(
            lambda: self.services.save_wish(actor=user, proposal=item.proposal, wish=form.wish, version=version)
        )

    def split(self, request: HttpRequest, plan_id: int, proposal_id: int) -> HttpResponse:
        """Put a second proposal of the same words beside one, with what is typed by now; it comes unfolded."""
        plan, user = drafted_or_404(request, plan_id), signed_in(request)
        item = item_or_404(self.desk, plan, proposal_id)
        form: Any = self.desk.form_of(item, request.POST)
        wish = form.wish if "name" in request.POST else None
        version = request.POST.get("version", "")
        try:
            shown = self.services.split(actor=user, proposal=item.proposal, version=version, wish=wish)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            shown = item.proposal
        else:
            messages.success(request, _("The clause stands here twice now: say what each of the two is."))
        address = f"{self.desk.address(plan)}?open={shown.pk}#prop-{self.desk.letter}{shown.pk}"
        # The list has one row more: the page is drawn anew, also for htmx.
        return HttpResponse(headers={"HX-Redirect": address}) if getattr(request, "htmx", False) else redirect(address)

    def accept_sure(self, request: HttpRequest, plan_id: int) -> HttpResponse:
        """Accept all that was read without doubt."""
        plan = drafted_or_404(request, plan_id)
        try:
            done = self.services.accept_sure(actor=signed_in(request), plan=plan)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("plans:detail", plan.pk)
        messages.success(request, self.desk.words.accepted(len(done)))
        return redirect(self.desk.address(plan))

    def add(self, request: HttpRequest, plan_id: int) -> HttpResponse:
        """Add what the machine did not see, from words marked in the document; it comes unfolded, undecided."""
        plan = drafted_or_404(request, plan_id)
        said = _("Added: look at what it says and accept it.")
        return added(request, self.desk, plan, self.services.add_from_selection, done=said)


def _posted(view: View) -> View:
    return login_required(require_POST(view))
