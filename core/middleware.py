"""The language of a request: Vietnamese, unless the person chose another in the user menu.

The browser's own wish is not asked: many offices run an English browser for Vietnamese readers.
"""

from collections.abc import Callable

from django.conf import settings
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
