"""Codes of targets after the sections on which they hang: 1.7, or 1.3a, 1.3b, 1.3c where one has several. Pure."""

from collections import Counter
from collections.abc import Sequence

LETTERS = "abcdefghijklmnopqrstuvwxyz"

# The numbers from the top down to a section, blank for one without: ("III", "1", "1.7").
Way = tuple[str, ...]


def codes_of(ways: Sequence[Way | None]) -> list[str | None]:
    """Return a code for each target by the way to its section, in the order given; null where it has none.

    Where two sections of one number have targets ("1" under II and under III), the numbers above tell them apart.
    """
    labels = _labels({way for way in ways if way is not None and any(way)})
    named = [labels.get(way) if way is not None else None for way in ways]
    counts, seen = Counter(named), Counter[str | None]()
    codes: list[str | None] = []
    for label in named:
        codes.append(None if label is None else label + (_letter(seen[label]) if counts[label] > 1 else ""))
        seen[label] += 1
    return codes


def _letter(position: int) -> str:
    """a … z, then aa, ab …"""
    first, last = divmod(position, len(LETTERS))
    return (LETTERS[first - 1] if first else "") + LETTERS[last]


def _labels(ways: set[Way]) -> dict[Way, str]:
    """The shortest name of each section, with as many numbers above it as it takes to tell it from the others."""
    numbered = {way: _told(way) for way in ways}
    depth = dict.fromkeys(ways, 1)
    while True:
        labels = {way: ".".join(parts[-depth[way] :]) for way, parts in numbered.items()}
        shared = _shared(labels, numbered)
        wider = [way for way in ways if labels[way] in shared and depth[way] < len(numbered[way])]
        if not wider:
            return labels
        for way in wider:
            depth[way] += 1


def _shared(labels: dict[Way, str], numbered: dict[Way, tuple[str, ...]]) -> set[str]:
    """Names that sections of different numbers would share. Dashes beneath one section share its name rightly."""
    owners: dict[str, set[tuple[str, ...]]] = {}
    for way, label in labels.items():
        owners.setdefault(label, set()).add(numbered[way])
    return {label for label, parts in owners.items() if len(parts) > 1}


def _told(way: Way) -> tuple[str, ...]:
    """The numbers that say something: no blanks, no brackets, and not "1" above "1.7"."""
    parts = [number.strip(".) ") for number in way]
    parts = [number for number in parts if number]
    return tuple(
        number
        for number, following in zip(parts, [*parts[1:], ""], strict=True)
        if not following.startswith(f"{number}.")
    )
