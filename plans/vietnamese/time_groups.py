"""Dates that belong together: lists ("03/3, 10/3, 17/3"), ranges ("từ 10 - 11/8/2019"), what each takes from others.

One date is ``plans.vietnamese.time_tokens``; which days a group means is ``plans.vietnamese.time_spans``.
"""

from dataclasses import dataclass
from itertools import pairwise

from .time_tokens import Atom, Grain, Mark, Tape

_MOST_IN_A_LIST = 40
_LIST_MARKS = frozenset({",", "va", "&", "+", ";", "hoac"})
_RANGE_WORDS = frozenset({"-", "den", "toi"})
_JOINS = frozenset({"-", ",", "va", "hoac", "den", "toi"})


@dataclass(slots=True)
class Group:
    """Atoms that belong together, and whether a range joins each to the next."""

    atoms: list[Atom]
    ranges: list[bool]

    @property
    def after(self) -> int:
        return self.atoms[-1].after

    @property
    def runs_backwards(self) -> bool:
        """Whether a span ends on an earlier day of the month in which it begins: "từ 20/3 đến 12/3"."""
        return any(
            joined and left.grain is right.grain is Grain.DAY and _is_earlier(right, left)
            for joined, (left, right) in zip(self.ranges, pairwise(self.atoms), strict=True)
        )

    @classmethod
    def read(cls, tape: Tape, at: int, *, month: int | None) -> "tuple[Group | None, int]":
        """Return the group that begins at a place, its days' months and its years filled from each other.

        Also where to go on: behind it, or behind numbers that turned out to be no dates.
        """
        first, after = tape.atom(at), at
        if first is None:
            first, after = _leading_number(tape, at)
        if first is None:
            return None, after
        group = cls([first], [])
        while len(group.atoms) < _MOST_IN_A_LIST and group._take_next(tape):
            pass
        after = group.after if len(group.atoms) > 1 else at
        return (group, group.after) if group._complete(month) else (None, after)

    def _take_next(self, tape: Tape) -> bool:
        last = self.atoms[-1]
        is_range, at = _link(tape, last.after)
        if is_range is None:
            return False
        atom = tape.atom(at, before=last)
        if atom is None or Grain.YEAR in (atom.grain, last.grain) or (atom.grain > last.grain and not is_range):
            return False
        if tape.word(last.after) == ";" and atom.mark is Mark.WORD and last.mark is not Mark.WORD:
            return False
        self.atoms.append(atom)
        self.ranges.append(is_range)
        return True

    def _complete(self, month: int | None) -> bool:
        """Give days the month of the day after them; drop trailing days that have none. False where none is left."""
        while self.atoms[-1].month is None and self.atoms[-1].grain is Grain.DAY and month is None:
            if len(self.atoms) == 1:
                return False
            self.atoms.pop()
            self.ranges.pop()
        for atom in reversed(self.atoms):
            if atom.grain is Grain.DAY and atom.month is None:
                atom.month = month
            if atom.month is not None:
                month = atom.month
        self._share_years()
        return True

    def _share_years(self) -> None:
        for index in range(len(self.atoms) - 2, -1, -1):
            left, right = self.atoms[index], self.atoms[index + 1]
            if left.year is None and right.year is not None:
                left.year = right.year - (1 if self.ranges[index] and _is_over_the_year(left, right) else 0)
        for index, (left, right) in enumerate(pairwise(self.atoms)):
            if right.year is None and left.year is not None and left.year >= 2000:
                right.year = left.year + (1 if self.ranges[index] and _is_over_the_year(left, right) else 0)


def _is_over_the_year(left: Atom, right: Atom) -> bool:
    """Whether a span from one to the other passes the year's end; within one month it cannot."""
    return _order(left) > _order(right) and (left.month is None or left.month != right.month)


def _is_earlier(one: Atom, other: Atom) -> bool:
    return (one.month, one.year) == (other.month, other.year) and (one.day or 0) < (other.day or 0)


def _order(atom: Atom) -> tuple[int, int]:
    return atom.month or (atom.quarter or 0) * 3, atom.day or 0


def _leading_number(tape: Tape, at: int) -> tuple[Atom | None, int]:
    """The first number of "10 - 11/8/2019", "5, 12, 19/3", "5-6/2024", which waits for the date behind it.

    Also where to go on if there is none.
    """
    number = tape.number(at)
    if number is None or not 1 <= number <= 31 or tape.word(at - 1) in ("/", "-", "."):
        return None, at
    step = at
    while step < at + 2 * _MOST_IN_A_LIST and tape.word(step + 1) in _JOINS and tape.number(step + 2):
        step += 2
        target = tape.atom(step)
        if target is None:
            continue
        if target.grain is Grain.MONTH and number <= 12:
            return Atom(Grain.MONTH, at + 1, Mark.NONE, month=number), at
        if target.grain is Grain.DAY and not target.elliptic:
            return Atom(Grain.DAY, at + 1, Mark.NONE, day=number, elliptic=True), at
        break
    return None, step


def _link(tape: Tape, at: int) -> tuple[bool | None, int]:
    """Return whether a range (or else a list) goes on behind an atom, null for neither, and where its next begins."""
    if tape.word(at) == "(" and (day := tape.past_weekday(at + 1)) > at + 1 and tape.word(day) == ")":
        at = day + 1
    word = tape.word(at)
    if word not in _RANGE_WORDS and word not in _LIST_MARKS:
        return None, at
    is_range, at = word in _RANGE_WORDS, at + 1
    if word == "," and tape.word(at) == "va":
        at += 1
    if word == "-" and tape.word(at) in ("den", "toi"):
        at += 1
    return is_range, _past_fillers(tape, at)


def _past_fillers(tape: Tape, at: int) -> int:
    """Pass over "hết", "sáng thứ bảy,", "17 giờ" between a link and the next date."""
    for _ in range(8):
        step = max(tape.past_hours(at), tape.past_weekday(at))
        if step == at and tape.word(at) in ("het", "cac", "sang", "chieu", "toi", "trong", "cuoi", "luc"):
            if tape.atom(at):
                return at
            step = at + 1
        if step == at and tape.word(at) == "ngay" and tape.word(at + 1) in ("thu", "chu", "ngay"):
            step = at + 1
        if step == at:
            return at
        at = step + (tape.word(step) == ",")
    return at
