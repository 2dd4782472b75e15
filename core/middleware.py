"""What is settled for every request: its language, that it can be read at all, that its page is kept nowhere, and
that a step which lost to another one at the same moment is refused in words.

The language is Vietnamese, unless the person chose another in the user menu. The browser's own wish is not asked: many
offices run an English browser for Vietnamese readers.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from core import collisions

log = logging.getLogger(__name__)


def chosen_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: activate the language of the language cookie where it is one of ours."""
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        wished = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wished if wished in known else settings.LANGUAGE_CODE
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def no_null_characters(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: refuse (400) a null character in what is asked or in a cookie; PostgreSQL takes none in a text.

    Forms refuse it at the field, in words.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = (text for name, values in request.GET.lists() for text in (name, *values))
        if any("\0" in text for text in (*asked, *request.COOKIES.values())):
            raise BadRequest("a null character")
        return get_response(request)

    return middleware


def private_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a signed-in person's pages are not kept, so that "back" shows nothing after signing out.

    Computers are shared in many offices. What says for itself how it may be kept is left alone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


class BusyPages:
    """Middleware: a step that others stood in the way of is answered by a page that says so (503), not by a fault's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Nothing of the step was kept: its transaction is undone."""
        if not isinstance(error, OperationalError) or not collisions.is_busy(error):
            return None
        log.warning("%s %s met another step at the same moment: %s", request.method, request.path, error)
        page = render(request, "503.html", status=503)
        page["Retry-After"] = "5"
        return page
