"""The lists in which a draft's sections, targets and activities are moved: rows with their buttons, by section."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from ..models import Section
from .arranging import Step
from .placing import STEPS, Thing, by_section, open_steps

# (step, what a screen reader says, icon, whether it leads somewhere)
Button = tuple[Step, str, str, bool]

_WORDS = {
    Step.UP: (gettext_lazy("Move up"), "up"),
    Step.DOWN: (gettext_lazy("Move down"), "down"),
    Step.OUT: (gettext_lazy("One level out"), "left"),
    Step.IN: (gettext_lazy("One level in, under the one above"), "right"),
}


def buttons(open_: Collection[Step], steps: Iterable[Step] = _WORDS) -> list[Button]:
    """Return the buttons of one row, in their order; those that lead nowhere keep their place."""
    return [(step, str(_WORDS[step][0]), _WORDS[step][1], step in open_) for step in steps]


@dataclass(frozen=True)
class DraftRow:
    """A thing as its app shows it (``row``), with its buttons."""

    row: Any
    steps: list[Button]

    @property
    def moves(self) -> bool:
        """Whether any of its buttons leads somewhere: what is alone in its section shows none."""
        return any(is_open for _step, _words, _icon, is_open in self.steps)


@dataclass(frozen=True)
class DraftGroup:
    """What hangs on one section; null: on none."""

    section: Section | None
    rows: list[DraftRow]


def groups(things: Iterable[Thing], draw: Callable[[Thing], Any]) -> list[DraftGroup]:
    """Return the things of a draft section by section, each drawn by ``draw``, with the steps within its section."""
    return [
        DraftGroup(section, [DraftRow(draw(thing), buttons(open_steps(thing, beside), STEPS)) for thing in beside])
        for section, beside in by_section(things)
    ]
