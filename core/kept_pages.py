"""Pages that cost more than their frame, kept for all who see the same of them, as long as nothing changed (``pulse``).

Kept is what stands in ``main`` of an answered page; the frame around it (name, notices, tokens) is each person's own.
"""

import logging
import re
import zlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import blake2s

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from core import clock

log = logging.getLogger(__name__)

_PAGE = re.compile(r'<title>(.*?)</title>(.*?)<main id="main" tabindex="-1">\n  (.*)\n</main>', re.DOTALL)
_BODY = re.compile(r'<body class="([^"]*)"')
_STYLES = re.compile(r'<link rel="stylesheet" href="[^"]*/css/screens/[^"]*">')


@dataclass(frozen=True)
class Kept:
    """What is kept of a page: safe HTML."""

    title: str
    styles: str
    body_class: str
    main: str


def kept_page(
    request: HttpRequest, make: Callable[[], HttpResponse], *, word: str | None, seen_by: Hashable, nav_key: str
) -> HttpResponse:
    """The page that ``make`` answers with, from what was kept where nothing has changed since.

    ``word``: ``pulse.now()``, asked before anything was read of what the page shows; null keeps nothing.
    ``seen_by``: all of the reader that the page hangs on beside address, language and day, such as his roles. What may
    be seen has been asked before, or ``make`` raises and nothing is kept. A page with messages for the reader, or with
    a form of his own, is made for him alone.
    """
    if word is None or not settings.KEPT_PAGES_SECONDS or len(get_messages(request)):
        return make()
    key = _key(request, word, seen_by)
    kept = _read(key)
    if kept is not None:
        return render(request, "kept.html", {"kept": kept, "nav_key": nav_key})
    response = make()
    if response.status_code == 200:
        _write(key, response)
    return response


def _key(request: HttpRequest, word: str, seen_by: Hashable) -> str:
    facts = (word, request.path, request.META.get("QUERY_STRING", ""), get_language(), clock.today(), seen_by)
    return blake2s(repr(facts).encode(), digest_size=20).hexdigest()


def _read(key: str) -> Kept | None:
    """Null where nothing is kept, or nothing that can be read."""
    try:
        packed: bytes | None = caches["pages"].get(key)
        if packed is None:
            return None
        title, styles, body_class, main = zlib.decompress(packed).decode().split("\0", 3)
    except Exception:  # whatever the cache's own library raises, or what an earlier version wrote: the page is made
        return None
    return Kept(*(mark_safe(part) for part in (title, styles, body_class, main)))  # noqa: S308 - templates wrote it


def _write(key: str, response: HttpResponse) -> None:
    found = _PAGE.search(response.content.decode())
    if found is None or "csrfmiddlewaretoken" in found[3]:
        return
    title, head, main = found.groups()
    body = _BODY.search(head)
    parts = (title, "".join(_STYLES.findall(head)), body[1] if body else "", main)
    packed = zlib.compress("\0".join(parts).encode(), 1)
    try:
        caches["pages"].set(key, packed, timeout=settings.KEPT_PAGES_SECONDS)
    except Exception:  # see ``_read``
        log.warning("The cache does not answer: a page is not kept.")
