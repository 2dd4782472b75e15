"""The order of the things that hang on a draft's sections (targets, activities): as the sections run, then by hand.

Pure: rows in, rows with a new ``order`` out; the services of each app write them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import Section
from .arranging import Step

STEPS = (Step.UP, Step.DOWN)


class Hung(Protocol):
    """A row that hangs on a section of its plan (null: on none) and has a place among the others."""

    pk: int
    order: int

    @property
    def section(self) -> Section | None: ...


Thing = TypeVar("Thing", bound=Hung)


def by_section(things: Iterable[Thing]) -> list[tuple[Section | None, list[Thing]]]:
    """Return the things of one plan section by section in the document's order; those of no section come last."""
    sections: dict[int | None, Section | None] = {}
    groups: dict[int | None, list[Thing]] = defaultdict(list)
    for thing in sorted(things, key=lambda thing: (thing.order, thing.pk)):
        key = thing.section.pk if thing.section else None
        sections[key] = thing.section
        groups[key].append(thing)
    in_order = sorted(sections.items(), key=lambda item: (item[1] is None, item[1].order if item[1] else 0))
    return [(section, groups[key]) for key, section in in_order]


def open_steps(thing: Hung, beside: Sequence[Hung]) -> set[Step]:
    """Return the steps that lead somewhere; ``beside`` are the things of its section in order, itself among them."""
    steps = set()
    if beside[0].pk != thing.pk:
        steps.add(Step.UP)
    if beside[-1].pk != thing.pk:
        steps.add(Step.DOWN)
    return steps


def moved(things: Iterable[Thing], pk: int, step: Step) -> list[Thing]:
    """Let a thing change places with its neighbour in its section; return the rows that have another ``order`` now.

    ``things`` are all of one plan; their order follows the sections from then on. Raises ValidationError where there
    is no such neighbour.
    """
    groups = by_section(things)
    beside = next(rows for _section, rows in groups if any(row.pk == pk for row in rows))
    at = next(place for place, row in enumerate(beside) if row.pk == pk)
    if step not in STEPS or step not in open_steps(beside[at], beside):
        words = _("It cannot be moved that way: in its section there is nothing beyond it.")
        raise ValidationError(words, code="edge")
    other = at - 1 if step == Step.UP else at + 1
    beside[at], beside[other] = beside[other], beside[at]
    return _numbered(row for _section, rows in groups for row in rows)


def _numbered(rows: Iterable[Thing]) -> list[Thing]:
    changed = []
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            changed.append(row)
    return changed
