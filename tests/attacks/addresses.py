"""Every address of the portal's own pages, read out of the URL resolver."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

FOREIGN = ("admin/", "accounts/", "i18n/")  # Django's and allauth's own pages


def own_routes() -> dict[str, str]:
    """Name → route ("plans/<int:plan_id>/") of every page that the portal itself wrote."""
    found = dict(_walk(get_resolver(), "", ""))
    return {name: route for name, route in found.items() if not route.startswith(FOREIGN)}


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", prefix + str(pattern.pattern)
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern, prefix + str(pattern.pattern), space + inner)


def fill(route: str, words: dict[str, object]) -> str:
    """The address with its blanks filled."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda blank: str(words[blank[1]]), route)
