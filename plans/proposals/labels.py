"""By what name a proposal is called on the page and in the paper's margin: the number of its section, "1.7", "1.3a".

Pure: sections and places in, words out.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from plans.models import Section

LONGEST_STEM = 16  # characters: a target's code holds 20, letters included
SHORT_HEADING = 8


@dataclass(frozen=True)
class Place:
    """What a label depends on: the section's id, and the label that stands already (a target's code); else null."""

    key: int
    section: int | None
    fixed: str | None = None


def stems_of(sections: Iterable[Section], used: Collection[int | None], *, loose: str) -> dict[int | None, str]:
    """Return section id → what the labels of things in it begin with; ``loose`` for what stands in none.

    "1.7" says enough by itself where no other section among ``used`` (those with things to label) has that number;
    else the way down is told ("II.5", "III.2.1", "Quý IV.1"), and a dash is called by what it stands under.
    """
    rows = list(sections)
    by_id = {row.pk: row for row in rows}
    often = Counter(row.number for row in rows if row.number and row.pk in used)
    return {None: loose, **{row.pk: _stem(row, by_id, often) or loose for row in rows if row.pk in used}}


def _stem(section: Section, by_id: Mapping[int, Section], often: Mapping[str, int]) -> str:
    if "." in section.number and often[section.number] == 1:
        return section.number[:LONGEST_STEM].rstrip(".)")
    way: list[str] = []
    row: Section | None = section
    while row is not None:
        if number := row.number.rstrip(".)"):
            way.insert(0, number)
        elif heading := _short_heading(row):
            # "Quý IV.1": a heading says more than the numbers above it.
            way.insert(0, heading)
            break
        row = by_id.get(row.parent_id) if row.parent_id else None
    parts = _without_repeats(way)
    while len(".".join(parts)) > LONGEST_STEM:
        parts = parts[1:]
    return ".".join(parts)


def _short_heading(section: Section) -> str:
    """The heading of a section without a number, where it is as short as one ("Quý IV")."""
    heading = section.heading.strip(" *:.")
    return heading if len(heading) <= SHORT_HEADING else ""


def _without_repeats(way: Sequence[str]) -> list[str]:
    """Leave out what the next number says again: III, 1, 1.7 is III.1.7."""
    return [number for number, below in zip(way, [*way[1:], ""], strict=True) if not below.startswith(f"{number}.")]


def labels_of(
    places: Iterable[Place], stems: Mapping[int | None, str], *, taken: Collection[str] = ()
) -> dict[int, str]:
    """Return key → label, for places in the document's order; ``taken`` are labels of other things.

    One thing in a section has its number, several get letters (domain: Targets), or numbers where the section has
    none. What is fixed stays as it is.
    """
    by_stem: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_stem[stems.get(place.section, stems[None])].append(place)
    used = {*taken, *(place.fixed for rows in by_stem.values() for place in rows if place.fixed)}
    labels: dict[int, str] = {}
    for stem, rows in by_stem.items():
        for number, place in enumerate(rows):
            wanted = stem if len(rows) == 1 else _told_apart(stem, number)
            labels[place.key] = place.fixed or _free(stem, wanted, number, used)
            used.add(labels[place.key])
    return labels


def _free(stem: str, wanted: str, number: int, used: Collection[str]) -> str:
    while wanted in used:
        wanted, number = _told_apart(stem, number), number + 1
    return wanted


def _told_apart(stem: str, number: int) -> str:
    return stem + letters(number) if stem[-1:].isdigit() else f"{stem} {number + 1}"


def letters(number: int) -> str:
    """Return a, b, … z, aa, ab, … for 0, 1, …"""
    if number < len(ascii_lowercase):
        return ascii_lowercase[number]
    return letters(number // len(ascii_lowercase) - 1) + ascii_lowercase[number % len(ascii_lowercase)]
