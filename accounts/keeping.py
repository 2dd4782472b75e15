"""Kept pages that all who hold the same roles see alike."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from core import pulse
from core.kept_pages import kept_page

from .gates import signed_in
from .scope import grants_of

View = Callable[..., HttpResponse]


def kept_for_roles(
    request: HttpRequest, make: Callable[[], HttpResponse], *, word: str | None, nav_key: str
) -> HttpResponse:
    """``core.kept_pages.kept_page`` for a page that hangs on nothing of its reader but the roles."""
    return kept_page(request, make, word=word, seen_by=tuple(grants_of(signed_in(request))), nav_key=nav_key)


def keeps_for_roles(nav_key: str) -> Callable[[View], View]:
    """Have what a view without figures of reports answers kept; below ``login_required``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            word = pulse.now(with_figures=False)
            return kept_for_roles(request, lambda: view(request, *args, **kwargs), word=word, nav_key=nav_key)

        return kept

    return decorate
