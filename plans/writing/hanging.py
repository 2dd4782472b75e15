"""What hangs on a section: higher apps register it here, so that a section is not taken away beneath them.

Plans knows neither targets nor activities.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from ..models import Section


@dataclass(frozen=True)
class Hanger:
    """Rows of one app that hang on sections: of a model with a ``section`` that may be null.

    ``words(count)`` says how many ("2 chỉ tiêu").
    """

    model: type[Model]
    words: Callable[[int], str]

    def on(self, section: Section) -> Any:
        return self.model._default_manager.filter(section=section)


@dataclass(frozen=True)
class Hanging:
    """What is in the way of deleting a section: how many ``parts`` beneath it, what other apps hang on it, in words."""

    parts: int
    words: list[str]


_hangers: list[Hanger] = []


def register(hanger: Hanger) -> None:
    """Add a hanger; called in ``ready()``. Registering the same one again changes nothing."""
    if hanger not in _hangers:
        _hangers.append(hanger)


def hanging_on(section: Section) -> Hanging:
    """Return what hangs on the section now."""
    counts = [(hanger, hanger.on(section).count()) for hanger in _hangers]
    return Hanging(parts=section.children.count(), words=[hanger.words(count) for hanger, count in counts if count])


def move_all(section: Section, into: Section | None) -> None:
    """Hang everything that hangs on ``section`` on ``into``; null: on no section. Parts beneath it stay."""
    for hanger in _hangers:
        hanger.on(section).update(section=into)
