"""Labels made by hand: what a careful reader marked in a document, placed in the text. Pure.

A labels file is ``{"doc", "targets": [{quote, low, high, unit, alt, optional, nested, qualitative}], "activities":
[{quote, start, end, alt, optional}], "non_targets": [{quote}]}``; other keys are for people.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from plans.vietnamese.letters import bare

Place = tuple[int, int]
# A figure's low and high, or an activity's first and last day (ISO); null where there is none.
Bounds = tuple[Decimal | str | None, Decimal | str | None]
_NEUTRAL = ("optional", "nested", "qualitative")
_MOST_PLACES = 50


@dataclass(frozen=True)
class Label:
    """One thing that a reader marked. ``place`` is null where its words are not in the text.

    ``bounds`` are its own and those that are right as well; none means that any will do. ``neutral`` labels neither
    reward nor punish.
    """

    quote: str
    place: Place | None
    bounds: tuple[Bounds, ...]
    unit: str = ""
    neutral: bool = False


@dataclass(frozen=True)
class Labels:
    """A document's labels. ``traps`` are places that look like targets and are none."""

    targets: tuple[Label, ...]
    activities: tuple[Label, ...]
    traps: tuple[Place, ...]


def labels_of(text: str, written: dict[str, Any]) -> Labels:
    """Return a labels file's content placed in ``text``."""
    finder = _Finder(text)
    targets, activities = written.get("targets", []), written.get("activities", [])
    return Labels(
        targets=tuple(_target(label, place) for label, place in zip(targets, finder.in_order(targets), strict=True)),
        activities=tuple(
            _activity(label, place) for label, place in zip(activities, finder.in_order(activities), strict=True)
        ),
        traps=tuple(place for trap in written.get("non_targets", []) for place in finder.places(trap["quote"])),
    )


def _target(label: dict[str, Any], place: Place | None) -> Label:
    bounds = tuple((_number(one.get("low")), _number(one.get("high"))) for one in _readings(label))
    return Label(
        quote=label["quote"],
        place=place,
        bounds=() if bounds == ((None, None),) else bounds,
        unit=label.get("unit") or "",
        neutral=any(label.get(mark) for mark in _NEUTRAL),
    )


def _activity(label: dict[str, Any], place: Place | None) -> Label:
    return Label(
        quote=label["quote"],
        place=place,
        bounds=tuple((one.get("start"), one.get("end")) for one in _readings(label)),
        neutral=any(label.get(mark) for mark in _NEUTRAL),
    )


def _readings(label: dict[str, Any]) -> list[dict[str, Any]]:
    alternatives = label.get("alt") or []
    return [label, *(alternatives if isinstance(alternatives, list) else [alternatives])]


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


class _Finder:
    """Finds quotes in a text: word for word, else without regard to marks, case and blank space."""

    def __init__(self, text: str) -> None:
        self.text = text
        kept = [(place, letter) for place, letter in enumerate(bare(text)) if not letter.isspace()]
        self.offsets = [place for place, _letter in kept]
        self.squeezed = "".join(letter for _place, letter in kept)

    def places(self, quote: str) -> list[Place]:
        """Return every place of the quote, at most fifty."""
        quote = unicodedata.normalize("NFC", quote).strip()
        if not quote:
            return []
        exact = [found.span() for found in re.finditer(re.escape(quote), self.text)][:_MOST_PLACES]
        return exact or self._loose_places(re.sub(r"\s", "", bare(quote)))

    def _loose_places(self, quote: str) -> list[Place]:
        found = re.finditer(re.escape(quote), self.squeezed) if quote else ()
        return [(self.offsets[one.start()], self.offsets[one.end() - 1] + 1) for one in found][:_MOST_PLACES]

    def in_order(self, labels: Sequence[dict[str, Any]]) -> list[Place | None]:
        """Return a place for each label, chosen so that as few as may be stand before the label in front of them.

        The same words may stand in a document twice; people label from the top to the bottom.
        """
        choices = [self.places(label["quote"]) for label in labels]
        ways: list[tuple[int, Place, tuple[Place | None, ...]]] = [(0, (-1, -1), ())]
        for places in choices:
            if not places:
                ways = [(turns, last, (*chosen, None)) for turns, last, chosen in ways]
                continue
            ways = [
                min(
                    ((turns + (place <= last), place, (*chosen, place)) for turns, last, chosen in ways),
                    key=itemgetter(0),
                )
                for place in places
            ]
        return list(min(ways, key=itemgetter(0))[2])
