"""A page with one form that one address shows and takes, and how a service's refusal comes back to the form.

Who may use the page is asked before, by the view.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

FORM_METHODS = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422

# What to say of what was done (blank: nothing), and where to go on.
Done = tuple[str, str]


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, for a form that one address shows (null: an empty form) and takes."""
    return request.POST if request.method == "POST" else None


def onward(request: HttpRequest, otherwise: str) -> str:
    """Where the page asked to go on to (``next``), on this site only; else ``otherwise``."""
    wished = request.POST.get("next", "")
    # Only an address: a bare word would be looked up as the name of a page.
    if wished.startswith("/") and url_has_allowed_host_and_scheme(wished, allowed_hosts={request.get_host()}):
        return wished
    return otherwise


def refuse(form: forms.Form, error: ValidationError) -> None:
    """Show a service's refusal at the form's own fields; what belongs to no field stands above them."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Done],
    *,
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """Act on a valid form, say so and go on; otherwise show the form as ``form``, with what was typed.

    ``act`` is given the cleaned values; a ValidationError that it raises comes back at the fields, as 422.
    """
    if request.method == "POST" and form.is_valid():
        try:
            words, address = act(form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            if words:
                messages.success(request, words)
            return redirect(address)
    return render(request, template, {**context, "form": form}, status=UNPROCESSABLE if form.errors else 200)


def take_step(
    request: HttpRequest,
    step: Callable[[], object],
    *,
    done: str,
    then: str,
    forms_of: Mapping[str, forms.Form],
    again: Callable[..., HttpResponse],
    also: Callable[[], None] = lambda: None,
    place: Callable[[ValidationError], ValidationError] = lambda error: error,
) -> HttpResponse:
    """Take one step of something's life from its page, where the steps are buttons and small forms.

    Taken, it says ``done``, and what ``also`` says, and goes on to the address ``then``. ``forms_of``: the step's forms
    by the names that the page has for them. A step without any says its refusal above the page; else the page is drawn
    ``again`` (``status=`` and the forms by name) with the refusal at the fields, which ``place`` may move, and what was
    typed.
    """
    if all(form.is_valid() for form in forms_of.values()):
        try:
            step()
        except ValidationError as error:
            if not forms_of:
                for words in error.messages:
                    messages.error(request, words)
                return redirect(then)
            for form in forms_of.values():
                refuse(form, place(error))
        else:
            messages.success(request, done)
            also()
            return redirect(then)
    return again(status=UNPROCESSABLE, **forms_of)
