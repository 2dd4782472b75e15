"""What stands beside a plan's sections, and above them: higher apps register it; plans knows nothing of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from accounts.models import User
from core.page_parts import PageParts

from .models import Plan


class Place(StrEnum):
    """Where in the head of the plan's page a link stands: for itself, under "Add", or under "More"."""

    HEAD = "head"
    ADD = "add"
    MORE = "more"


@dataclass(frozen=True)
class Link:
    """A way on from the plan's page, offered in its head."""

    label: str
    url: str
    icon: str = ""
    place: Place = Place.HEAD


@dataclass(frozen=True)
class Beside:
    """One app's part of the page.

    ``template`` draws one row as ``row``; ``by_section`` holds the rows by section id, those of no section under null;
    ``count`` says how many there are in words, blank for an app that has none. ``links`` are for this person only.
    """

    template: str
    count: str
    by_section: Mapping[int | None, Sequence[Any]]
    links: Sequence[Link] = field(default_factory=list)


plan_parts: PageParts[Plan, User] = PageParts()

Provider = Callable[[Plan, User], Beside]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider; called in ``ready()``. Registering the same one again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def beside(plan: Plan, user: User) -> list[Beside]:
    """Return every app's part, in the order of registering."""
    return [provider(plan, user) for provider in _providers]
