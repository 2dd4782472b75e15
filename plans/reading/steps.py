"""What the higher apps do with a document: they register here; plans knows neither targets nor activities."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from plans.models import Plan, Section
from plans.outline import Outline

from .pane import Mark


class Reader(Protocol):
    """Stores what an app finds in a document, the first time and again.

    Called in the transaction that makes the plan, or reads it again, with the plan's row locked. ``sections`` gives the
    row of an index of ``outline.sections``. Decisions stay: what is decided is neither changed nor proposed again.
    """

    def __call__(self, *, plan: Plan, outline: Outline, sections: Mapping[int, Section]) -> None: ...


@dataclass(frozen=True)
class Step:
    """One app's step of the reading screen.

    ``address`` gives its page for a plan; ``count`` how many of its proposals are decided, and how many there are;
    ``marks`` the places to show to those who only read the plan (accepted ones).
    """

    key: str
    label: str | Promise
    address: Callable[[Plan], str]
    count: Callable[[Plan], tuple[int, int]]
    marks: Callable[[Plan], Sequence[Mark]]


_readers: list[Reader] = []
_steps: dict[str, Step] = {}


def register(reader: Reader) -> None:
    """Add a reader; called in ``ready()``. Registering the same one again changes nothing."""
    if reader not in _readers:
        _readers.append(reader)


def register_step(step: Step) -> None:
    """Add a step of the screen, after those that are there; the same key again takes its place."""
    _steps[step.key] = step


def run_readers(*, plan: Plan, outline: Outline, sections: Mapping[int, Section]) -> None:
    """Let every registered reader store what it finds, in the order of registering."""
    for reader in _readers:
        reader(plan=plan, outline=outline, sections=sections)


def registered_steps() -> list[Step]:
    """Return the steps that apps added, in the order of registering: targets, then activities."""
    return list(_steps.values())
