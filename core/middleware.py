"""What is settled for every request: its language, that it can be read at all, that its page is kept nowhere, and
that a step which lost to another one at the same moment, or came after the session had ended, is refused in words.

The language is Vietnamese, unless the person chose another in the user menu. The browser's own wish is not asked: many
offices run an English browser for Vietnamese readers.
"""

import logging
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core import collisions

log = logging.getLogger(__name__)

# A cookie of whoever took a step after the session had ended, until a page after signing in has said so.
NOT_DONE = "not_done"
NOT_DONE_SECONDS = 60 * 60


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


def refused_methods(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a page says in words that an address takes only what a button sends (405); Django's answer is empty.

    Scripts read the status, and a view that answers in words of its own keeps them.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_bare = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content
        is_script = request.htmx or "X-Autosave" in request.headers  # type: ignore[attr-defined]
        if is_bare and not is_script and request.accepts("text/html"):
            response.content = render_to_string("405.html", request=request)
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


def signed_out_steps(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a step after the session had ended leads, by the sign-in page, back to the page it was taken from.

    Django would lead to the step's own address, which often cannot be opened, and say nothing. The page after signing
    in says that the step was not done. That it must be said is kept in a cookie: the sign-in page would show a message
    too early, and strangers shall not fill the table of sessions. What scripts ask for gets no sign-in page in the
    place of its answer.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        is_told = bool(request.COOKIES.get(NOT_DONE)) and _can_show_messages(request)
        if is_told:
            messages.warning(
                request,
                _("Your session had ended, so what you did last was not done. Please look at it and do it again."),
            )
        response = get_response(request)
        if is_told:
            response.delete_cookie(NOT_DONE)
        return _led_back(request, response) if _must_sign_in(request, response) else response

    return middleware


def _can_show_messages(request: HttpRequest) -> bool:
    """Whether a signed-in person opens a page; a step has an outcome of its own to tell, and parts show no messages."""
    is_page = request.method == "GET" and not request.htmx  # type: ignore[attr-defined]
    return is_page and request.user.is_authenticated


def _must_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the page's guard answered. Signing out leads to the sign-in page too, but from there not back."""
    if response.status_code != HTTPStatus.FOUND:
        return False
    place = urlsplit(response["Location"])
    is_entrance = place.path == resolve_url(settings.LOGIN_URL)
    return is_entrance and QueryDict(place.query).get("next") == request.get_full_path()


def _led_back(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The guard's answer, leading back to a page after signing in; after a step with the word that it was not done.

    A browser follows a redirect unseen by scripts, which would put the sign-in page inside the page: htmx is told to
    have the whole page led there, and what saves by itself (``X-Autosave``) is told by the status and says it itself.
    """
    if "X-Autosave" in request.headers:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    is_step = request.method not in {"GET", "HEAD", "OPTIONS", "TRACE"}
    if request.htmx:  # type: ignore[attr-defined]
        entrance = redirect_to_login(_own_page(request, request.headers.get("HX-Current-URL", "")))
        response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": entrance["Location"]})
    elif is_step:
        response = redirect_to_login(_own_page(request, request.headers.get("Referer", "")))
    if is_step:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(NOT_DONE, "1", NOT_DONE_SECONDS, secure=secure, httponly=True, samesite="Lax")
    return response


def _own_page(request: HttpRequest, address: str) -> str:
    """Path and query of an address of the portal; "/" for any other, and for the sign-in page itself."""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    place = urlsplit(address)
    page = f"{place.path}?{place.query}" if place.query else place.path
    is_page = page.startswith("/") and place.path != resolve_url(settings.LOGIN_URL)
    # Once more: a path that begins with two slashes is another host's address when it stands alone.
    return page if is_page and url_has_allowed_host_and_scheme(page, allowed_hosts=None) else "/"
