"""What is settled for every request: its language, that it can be read at all, and that its page is kept nowhere.

The language is Vietnamese, unless the person chose another in the user menu. The browser's own wish is not asked: many
offices run an English browser for Vietnamese readers.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation


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
        asked = (value for values in request.GET.lists() for value in values[1])
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
