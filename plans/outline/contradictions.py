"""What cannot both be meant in a document's frame: a number twice, a number left out, one document with two dates."""

import re
from collections import defaultdict
from itertools import pairwise

from plans.outline.markers import Marker, Style
from plans.outline.shapes import Contradiction
from plans.outline.walk import Part, Walk

_LONGEST_QUOTE = 120
# Where a list or a document breaks its numbers more often than this nobody counted them; to say so each time is noise.
_MOST_IN_A_LIST = 2
_MOST_SKIPPED = 3
_SHORTEST_LIST = 4


def two_dates(text: str, read: Walk) -> list[Contradiction]:
    """Flag each later date that is not the first one's, where several heads stand in one text."""
    dated = [(opening.date_place, opening.head.dated) for opening in read.openings]
    places = [(place, day) for place, day in dated if place and day]
    return [
        Contradiction(
            kind="two_dates",
            quote=text[place[0] : place[1]],
            start=place[0],
            end=place[1],
            says=f"Ngày ghi ở đây ({day:%d/%m/%Y}) khác ngày ở đầu văn bản ({places[0][1]:%d/%m/%Y}).",
        )
        for place, day in places[1:]
        if day != places[0][1]
    ]


def numbers_out_of_order(text: str, read: Walk) -> list[Contradiction]:
    """Flag siblings that bear one number, and, where nothing else can be the reason, a number that is not there."""
    lists: dict[tuple[int | None, tuple[Style, str], int], list[Part]] = defaultdict(list)
    for part in read.parts:
        if part.marker.value and part.marker.style is not Style.PERIOD:
            lists[part.parent, part.marker.family, part.run].append(part)
    repeated = [found for parts in lists.values() for found in _repeated(text, read, parts)]
    skipped = [found for parts in lists.values() for found in _skipped(text, read, parts)]
    return repeated + (skipped if len(skipped) <= _MOST_SKIPPED else [])


def _repeated(text: str, read: Walk, parts: list[Part]) -> list[Contradiction]:
    first: dict[tuple[int, ...], Part] = {}
    found = []
    for part in parts:
        before = first.setdefault(part.marker.value, part)
        if before is not part:
            number, other = part.marker.number, _quote(text, read, before)
            found.append(_at(text, read, part, "number_repeated", f"Số mục “{number}” đã dùng ở “{other}”."))
    return found if len(found) <= _MOST_IN_A_LIST else []


def _skipped(text: str, read: Walk, parts: list[Part]) -> list[Contradiction]:
    if len(parts) < _SHORTEST_LIST or any(part.marker.cost for part in parts):
        return []
    found = []
    for before, after in pairwise(parts):
        if _steps(before.marker, after.marker) == 2 and not _hidden(text, read, before, after):
            says = f"Thiếu một mục giữa “{before.marker.number}” và “{after.marker.number}”."
            found.append(_at(text, read, after, "number_skipped", says))
    return found if len(found) == 1 else []


def _steps(before: Marker, after: Marker) -> int:
    if before.style is Style.SMALL or before.value[:-1] != after.value[:-1]:
        return 1  # letters leave some out by custom
    return after.value[-1] - before.value[-1]


def _hidden(text: str, read: Walk, before: Part, after: Part) -> bool:
    """Tell whether the missing number may stand in the middle of what lies between, where no line begins with it."""
    start, end = read.lines[before.first].start, read.lines[after.first].start
    number = before.marker.value[-1] + 1
    roman = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[number] if number <= 10 else str(number)
    return bool(re.search(rf"(?<![\w.,/]){number}\s?[.)/-]|(?<!\w){roman}\s?[.)/-]", text[start:end]))


def _quote(text: str, read: Walk, part: Part) -> str:
    line = read.lines[part.first]
    return text[line.left : min(line.right, line.left + _LONGEST_QUOTE)]


def _at(text: str, read: Walk, part: Part, kind: str, says: str) -> Contradiction:
    line, quote = read.lines[part.first], _quote(text, read, part)
    return Contradiction(kind, quote, line.left, line.left + len(quote), says)
