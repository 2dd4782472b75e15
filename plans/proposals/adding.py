"""Adding a proposal from words of the document: marked in it (their place comes along), or copied from it."""

from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.gates import signed_in
from accounts.models import User
from plans.fields import refuse, text_area
from plans.models import Plan, Proposal
from plans.rules import can_edit

from .screen import UNPROCESSABLE, Desk, show
from .selecting import place_of


class SelectionForm(forms.Form):
    """Words of the document. The place is filled in where they were marked; copied words are looked for."""

    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput({"data-selection-start": ""}))
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput({"data-selection-end": ""}))
    quote = forms.CharField(
        label=_("The words of the document"),
        required=False,
        max_length=4000,
        help_text=_("Mark the words in the document, or copy them here as they stand."),
        widget=text_area(2),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "add_%s", **kwargs})
        self.fields["quote"].widget.attrs["data-selection-quote"] = ""

    def place(self, plan: Plan) -> tuple[int, int]:
        """Return the place that is meant. Raises ValidationError where the words stand nowhere, or more than once.

        Words that were typed over after marking are looked for again.
        """
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        words = " ".join(self.cleaned_data["quote"].split())
        if start is not None and end is not None:
            marked = " ".join(plan.text[start:end].split())
            if marked and words in ("", marked):
                return start, end
        return place_of(plan, words)


class Adder(Protocol):
    def __call__(self, *, actor: User | None, plan: Plan, start: int, end: int) -> Proposal: ...


def added(request: HttpRequest, desk: Desk[Any], plan: Plan, add: Adder, *, done: str) -> HttpResponse:
    """Take the form, add the proposal and unfold it; a refusal comes back with what was sent."""
    form = SelectionForm(request.POST)
    user = signed_in(request)
    if can_edit(user, plan) and form.is_valid():
        try:
            start, end = form.place(plan)
            proposal = add(actor=user, plan=plan, start=start, end=end)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, done)
            return redirect(f"{desk.address(plan)}?open={proposal.pk}#prop-{desk.letter}{proposal.pk}")
    return show(request, desk, plan, add_form=form, status=UNPROCESSABLE)
