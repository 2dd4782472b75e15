"""What every page's frame shows: the navigation, the count of unread notices, the portal's day.

The entries of the navigation belong to the apps: each registers a provider in its ``ready()``. Nothing of the domain
lives here, and nothing is asked of the database before a template asks for it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from core import clock

# What waits is counted on every page, so no further than this; beyond stands "999+".
COUNTED_TO = 999


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One entry of the bar. ``key`` is what a page puts in ``nav_key``; ``order`` sorts, low first.

    ``count`` is what waits for this person, at most one more than ``COUNTED_TO``; 0 shows nothing. ``icon`` names an
    icon of ``core.shapes`` or is empty.
    """

    key: str
    label: str
    url: str
    order: int = 50
    count: int = 0
    icon: str = ""

    @property
    def counted(self) -> str:
        """What stands beside the label; blank where nothing waits."""
        if self.count > COUNTED_TO:
            return f"{COUNTED_TO}+"
        return str(self.count or "")


NavProvider = Callable[[HttpRequest], Iterable[NavItem]]

_providers: list[NavProvider] = []


def register_nav(provider: NavProvider) -> None:
    """Add a provider of entries; called in ``ready()``. Registering the same one again changes nothing.

    A provider is called once a page, for signed-in people only, and returns what this person may open.
    """
    if provider not in _providers:
        _providers.append(provider)


class Portal:
    """What templates read as ``portal``; every part is worked out when it is first read."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def nav(self) -> list[NavItem]:
        """Entries of the bar for this person, in order; none for strangers."""
        if not self._signed_in:
            return []
        items = [item for provider in _providers for item in provider(self._request)]
        return sorted(items, key=lambda item: item.order)

    @cached_property
    def current_key(self) -> str:
        """Key of the entry that the address lies under (the longest address wins); empty where there is none."""
        places = {item.key: item.url.partition("?")[0] for item in self.nav}
        above = {key: place for key, place in places.items() if _lies_under(self._request.path, place)}
        return max(above, key=lambda key: len(above[key])) if above else ""

    @cached_property
    def unread_notices(self) -> int:
        """How many notices this person has not opened; 0 for strangers."""
        if not self._signed_in:
            return 0
        # Here, because apps.py files import this module before models are loaded.
        from core.notices import unread_count

        return unread_count(self._request.user)

    @property
    def today(self) -> date:
        return clock.today()

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def _signed_in(self) -> bool:
        user = getattr(self._request, "user", None)
        return user is not None and user.is_authenticated


def _lies_under(path: str, place: str) -> bool:
    """Whether the path is the place or below it; nothing lies below the root."""
    return path == place or (place != "/" and place.endswith("/") and path.startswith(place))


def portal(request: HttpRequest) -> dict[str, Portal]:
    """Context processor: ``portal`` in every template that is rendered for a request."""
    return {"portal": Portal(request)}
