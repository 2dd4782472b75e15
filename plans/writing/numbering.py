"""Numbers of sections in series: I, II · 1, 2 · 1.1, 1.2 · a, b · A, B. Pure: an arrangement in, new numbers out.

What is no number of any series ("Phần thứ nhất", a dash) stays as it is.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .arranging import Arrangement

# Letters of a list in a Vietnamese document, in the order in which they are written.
LETTERS = "abcdđeghiklmnopqrstuvxy"
_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
ROMANS = [_TENS[number // 10] + _ONES[number % 10] for number in range(1, 100)]
_MARKED = re.compile(r"(?P<core>.*?)(?P<mark>[.)]*)")


class Style(TextChoices):
    """How the numbers of a group of sections are written."""

    ROMAN = "roman", _("I, II, III")
    ARABIC = "arabic", _("1, 2, 3")
    COMPOUND = "compound", _("1.1, 1.2, 1.3")
    CAPITAL = "capital", _("A, B, C")
    LETTER = "letter", _("a, b, c")


# In this order a single number is understood: "I" is one in Roman numerals before it is a letter.
_FORMS: dict[Style, Callable[[str], bool]] = {
    Style.ROMAN: ROMANS.__contains__,
    Style.ARABIC: lambda core: bool(re.fullmatch(r"[0-9]{1,3}", core)),
    Style.COMPOUND: lambda core: bool(re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3})+", core)),
    Style.CAPITAL: lambda core: len(core) == 1 and core.isupper() and core.lower() in LETTERS,
    Style.LETTER: lambda core: len(core) == 1 and core in LETTERS,
}


@dataclass(frozen=True)
class Manner:
    """A style with what stands behind each number ("a)": a bracket)."""

    style: Style
    mark: str = ""

    def written(self, position: int, above: str) -> str:
        """Return the number at ``position`` (from 1) under a section numbered ``above``; blank where there is none."""
        core = _core_at(self.style, position, above)
        return core and core + self.mark


def _core_at(style: Style, position: int, above: str) -> str:
    match style:
        case Style.ROMAN:
            return ROMANS[position - 1] if position <= len(ROMANS) else ""
        case Style.COMPOUND:
            return f"{_prefix(above)}{position}"
        case Style.ARABIC:
            return str(position)
    if position > len(LETTERS):
        return ""
    letter = LETTERS[position - 1]
    return letter.upper() if style == Style.CAPITAL else letter


def _prefix(above: str) -> str:
    """ "1.2" under "1.2", "3." under "III": what a compound number begins with, with its point; blank under a dash."""
    core = _parts(above)[0]
    if core in ROMANS:
        return f"{ROMANS.index(core) + 1}."
    return f"{core}." if re.fullmatch(r"[0-9.]+", core) else ""


def _parts(number: str) -> tuple[str, str]:
    found = _MARKED.fullmatch(number)
    return (found["core"], found["mark"]) if found else (number, "")


def manner_of(numbers: Sequence[str]) -> Manner | None:
    """Return how most of these numbers of one group are written; null where they are of no series."""
    parts = [_parts(number) for number in numbers if number]
    counts = {style: sum(fits(core) for core, _mark in parts) for style, fits in _FORMS.items()}
    style = max(counts, key=lambda one: counts[one])
    if counts[style] == 0:
        return None
    marks = Counter(mark for core, mark in parts if _FORMS[style](core))
    return Manner(style, marks.most_common(1)[0][0])


def renumber_group(arrangement: Arrangement, parent: int | None, style: Style | None = None) -> None:
    """Number the sections right under ``parent`` one after the other; what is numbered after them beneath follows.

    ``style`` null: as most of them are written, and those without a number stay without one. With a style every one
    of them gets a number.
    """
    group = arrangement.children(parent)
    numbers = [arrangement.numbers[pk] for pk in group]
    manner = Manner(style) if style else manner_of(numbers)
    if manner is None:
        return
    above = arrangement.numbers[parent] if parent is not None else ""
    counted = [pk for pk in group if style or arrangement.numbers[pk]]
    for position, pk in enumerate(counted, start=1):
        old, new = arrangement.numbers[pk], manner.written(position, above)
        if new:
            arrangement.numbers[pk] = new
            _follow(arrangement, pk, old, new)


def _follow(arrangement: Arrangement, parent: int, old: str, new: str) -> None:
    """Let "1.1" beneath "1" become "2.1" where "1" becomes "2"."""
    before, after = _prefix(old), _prefix(new)
    if before in ("", after):
        return
    for pk in arrangement.children(parent):
        number = arrangement.numbers[pk]
        if number.startswith(before):
            arrangement.numbers[pk] = after + number.removeprefix(before)
            _follow(arrangement, pk, number, arrangement.numbers[pk])


def renumber_all(arrangement: Arrangement) -> None:
    """Number every group of the plan in its own style, from the top down."""
    groups: list[int | None] = [None]
    while groups:
        parent = groups.pop()
        renumber_group(arrangement, parent)
        groups += arrangement.children(parent)
