"""What was typed into the grid: which fields differ from what is in force, as shares to hand down."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..services import Share
from .bounds import read_bounds
from .grid import Grid, Place, place_of


class UnknownCell(Exception):
    """A field was sent that is not in the grid: another unit's, or another plan's."""


@dataclass
class Typed:
    """The fields that differ: their texts, the shares that they say, and what cannot be read."""

    texts: dict[Place, str] = field(default_factory=dict)
    shares: list[Share] = field(default_factory=list)
    errors: dict[Place, list[str]] = field(default_factory=dict)


def read_typed(data: Mapping[str, str], grid: Grid) -> Typed:
    """Read the fields of a form. One that was not sent is left as it stands. Raises UnknownCell."""
    typed = Typed()
    for name in data:
        place = place_of(name)
        if place is None:
            continue
        cell = grid.cell(place)
        if cell is None:
            raise UnknownCell(name)
        text = " ".join(data[name].split())
        if text == cell.was:
            continue
        typed.texts[place] = text
        try:
            bounds = read_bounds(text, cell.target)
            if bounds is None:
                words = _("A share is not taken back by a blank cell. Write 0 where nothing is asked any more.")
                raise ValidationError(words)
        except ValidationError as wrong:
            typed.errors[place] = wrong.messages
        else:
            typed.shares.append(Share(cell.target, cell.unit, *bounds))
    return typed
