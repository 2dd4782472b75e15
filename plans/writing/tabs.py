"""The pages on which a draft is written by hand: each app registers its own, and all of them show the same tabs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from ..models import Plan


@dataclass(frozen=True)
class Tab:
    """One page. ``url_name`` is an address that takes the plan's id; ``order`` sorts, low first."""

    key: str
    label: str | Promise
    url_name: str
    order: int

    def url(self, plan: Plan) -> str:
        return reverse(self.url_name, args=[plan.pk])


_tabs: dict[str, Tab] = {}


def register_tab(tab: Tab) -> None:
    """Add a page; called in ``ready()``. A key that is registered again takes the new page."""
    _tabs[tab.key] = tab


def tabs() -> Iterable[Tab]:
    """Return the pages in order."""
    return sorted(_tabs.values(), key=lambda tab: tab.order)
