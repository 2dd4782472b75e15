"""The pieces that Vietnamese dates and spans are made of, in bare letters: tokens, and atoms of time.

Here stands how one date, month, quarter or year is written. What several of them mean together, and which are no
times of doing at all, is ``plans.vietnamese.times``.
"""

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from .time_words import (
    AFTER_TEN,
    BEFORE_A_DATE,
    HOUR_WORDS,
    MINUTE_WORDS,
    MONTH_WORDS,
    OPENINGS,
    PARTS,
    ROMAN,
    WEEK_WORDS,
    WEEKDAY_WORDS,
    WEEKS,
    WHOLE_YEAR,
    YEAR_OPENINGS,
)

_TOKEN = re.compile(r"\d+|[a-z]+|\S")
_SINGLE = r"(?:(?<=thang \d)|(?<=ngay \d))"
# What scanners make of figures in dates: "tháng l0", "tháng 0l", "1O/3/2O24".
_SCANNED = re.compile(
    r"(?:(?<=[/\d])|(?<=thang )|(?<=ngay ))[li](?=[\d/])|(?:(?<=thang0)|(?<=thang 0)|(?<=ngay 0))[li](?!\w)"
    rf"|(?<=\d)o(?=[\d/])|(?:(?<=/)|(?<=ngay )|(?<=thang ))o(?=\d)|{_SINGLE}o(?![a-z])"
)


class Grain(IntEnum):
    """How fine an atom is; larger is coarser."""

    DAY = 1
    PART = 2
    MONTH = 3
    QUARTER = 4
    HALF = 5
    YEAR = 6


class Mark(StrEnum):
    """How the words show that an atom is a time."""

    NONE = "none"  # figures alone: "26/3"
    YEAR = "year"  # figures with a year: "26/3/2024"
    WORD = "word"  # "ngày", "tháng", "quý" stand before it


@dataclass(slots=True)
class Atom:
    """One date, month, quarter or year as written. What is not written is null; numbers are not yet checked."""

    grain: Grain
    after: int  # index of the token behind it
    mark: Mark
    day: int | None = None
    month: int | None = None
    quarter: int | None = None
    year: int | None = None
    part: tuple[int, int] | None = None
    repeats: str = ""
    elliptic: bool = False  # a number by itself, which its neighbours make a day or a month


class Tape:
    """A bare text in tokens: numbers, words and marks. Reading past an end gives empty words, never an error."""

    def __init__(self, words: str) -> None:
        words = _SCANNED.sub(lambda found: "0" if found.group() == "o" else "1", words)
        found = [match.span() for match in _TOKEN.finditer(words)]
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]
        self.texts = [words[start:end] for start, end in found]
        self.size = len(found)

    def word(self, at: int) -> str:
        return self.texts[at] if 0 <= at < self.size else ""

    def words(self, at: int, count: int) -> tuple[str, ...]:
        return tuple(self.texts[at if at > 0 else 0 : at + count])

    def number(self, at: int, *, longest: int = 2) -> int | None:
        """Return the number that stands at a place, null for anything else or one of more digits than ``longest``."""
        text = self.word(at)
        return int(text) if text.isdecimal() and len(text) <= longest else None

    def touches(self, at: int) -> bool:
        """Whether no space stands between a token and the one before."""
        return 0 < at < self.size and self.ends[at - 1] == self.starts[at]

    def says(self, at: int, *words: str) -> bool:
        return self.words(at, len(words)) == words

    # Hours and weekdays: they go before a date and are passed over.

    def past_hours(self, at: int) -> int:
        """Return the place behind "7 giờ 30 phút", "7h30", "07:30"; the same place where there is no hour."""
        if self.number(at) is None:
            return at
        if self.word(at + 1) in HOUR_WORDS:
            after = at + 2
            if self.number(after) is not None and (self.touches(after) or self.word(at + 1) == "gio"):
                after += 1
            return after + (self.word(after) in MINUTE_WORDS)
        if self.word(at + 1) == ":" and len(self.word(at + 2)) == 2 and self.number(at + 2) is not None:
            return at + 3 if self.touches(at + 1) and self.touches(at + 2) else at
        return at

    def past_weekday(self, at: int) -> int:
        """Return the place behind "thứ bảy", "chủ nhật"; the same place where there is none."""
        if self.says(at, "chu", "nhat"):
            return at + 2
        if self.word(at) == "thu" and self.word(at + 1) in WEEKDAY_WORDS:
            return at + 2
        return at + 1 if self.word(at) == "cn" else at

    # Atoms.

    def atom(self, at: int, *, before: Atom | None = None) -> Atom | None:
        """Return the atom that begins at a place, null for none.

        ``before`` is the one that it goes on from ("tháng 3, 5 và 9"): then a number by itself may be one.
        """
        word = self.word(at)
        if before and before.grain is Grain.QUARTER and word in ROMAN:
            return self._next_quarter(at)
        if word.isdecimal():
            return self._dated(at) or self._half(at) or (self._elliptic(at, before) if before else None)
        return self._worded(at) if word in OPENINGS else None

    def _worded(self, at: int) -> Atom | None:
        """An atom that begins with a word."""
        word = self.word(at)
        if word == "ngay":
            return self._day(at)
        if word in ("thang", "t"):
            return self._month(at)
        if word.startswith("quy"):
            return self._quarter(at)
        year = self._year(at) if word == "nam" or word in YEAR_OPENINGS else None
        return year or self._part(at)

    def year_at(self, at: int) -> tuple[int | None, int]:
        """Return a year written behind a date ("/2024", "năm 2024", "- 2024", ", năm 2024") and the place behind it."""
        step = at + 1 if self.word(at) == "," and self.word(at + 1) == "nam" else at
        if self.word(step) in ("/", "-", ".", "nam"):
            year = self._full_year(step + 1)
            closes = self.word(step) != "-" or self.word(step + 2) not in ("/", ".")
            if year and closes:
                return year, step + 2
        return None, at

    def _full_year(self, at: int) -> int | None:
        year = self.number(at, longest=4)
        return year if year is not None and 1800 <= year <= 2199 else None

    def _dated(self, at: int) -> Atom | None:
        """D/M/Y, D.M.Y, D-M-Y, D/M, "D tháng M năm Y", M/Y."""
        first, mark = self.number(at), self.word(at + 1)
        if first is None or mark not in ("/", "-", ".", "thang"):
            return None
        year = self._full_year(at + 2) if mark == "/" else None
        if year:
            return Atom(Grain.MONTH, at + 3, Mark.YEAR, month=first, year=year) if 1 <= first <= 12 else None
        month = self.number(at + 2)
        if month is None or self._is_ratio(at):
            return None
        if mark in ("/", "thang") or self._is_pointed(at):
            return self._day_month(day=first, at=at + 2, mark=Mark.WORD if mark == "thang" else Mark.NONE)
        year = self._full_year(at + 4) if self.word(at + 3) == mark else None
        return Atom(Grain.DAY, at + 5, Mark.YEAR, day=first, month=month, year=year) if year else None

    def _is_ratio(self, at: int) -> bool:
        """ "24/7" (day and night), and "3,2/4,0" with its decimals: no date, unless the words say so."""
        if self.words(at, 3) == ("24", "/", "7"):
            return self.word(at - 1).isalpha() and self.word(at - 1) not in BEFORE_A_DATE and self.word(at + 3) != "/"
        has_decimals = self.word(at + 3) == "," and self.word(at + 4).isdecimal()
        is_touched = self.touches(at + 3) and self.touches(at + 4)
        return has_decimals and is_touched and self.word(at + 5) not in ("/", ",", "thang")

    def _is_pointed(self, at: int) -> bool:
        """ "(27.7)", "ngày 27.7": a day and a month with a point between, where nothing else can be meant."""
        if self.word(at + 1) != "." or not (self.touches(at + 1) and self.touches(at + 2)):
            return False
        in_brackets = self.word(at - 1) in ("(", "[") and self.word(at + 3) in (")", "]")
        return in_brackets or (self.word(at - 1) == "ngay" and self.word(at + 3) not in ("/", "-", ".", ","))

    def _day_month(self, *, day: int, at: int, mark: Mark) -> Atom | None:
        month = self.number(at)
        if month is None or not 1 <= month <= 12 or not 1 <= day <= 31:
            return None
        year, after = self.year_at(at + 1)
        short = self.number(at + 2)
        if year is None and self.word(at + 1) == "/" and short is not None and 10 <= short <= 40:
            year, after = 2000 + short, at + 3
        shown = Mark.YEAR if year and mark is Mark.NONE else mark
        return Atom(Grain.DAY, after, shown, day=day, month=month, year=year)

    def _day(self, at: int) -> Atom | None:
        """ "ngày 26/3", and "ngày 02" which waits for the month of its neighbour."""
        place = at + 2 if self.word(at + 1) == ":" else at + 1
        found = self._dated(place)
        if found:
            found.mark = Mark.WORD
            return found
        day = self.number(place)
        if day is None or not 1 <= day <= 31:
            return None
        if self._hyphened(place):
            return Atom(Grain.DAY, place + 3, Mark.WORD, day=day, month=self.number(place + 2))
        return Atom(Grain.DAY, place + 1, Mark.WORD, day=day, elliptic=True)

    def _hyphened(self, at: int) -> bool:
        """ "ngày 20-11": a day and a month, where no month follows that would make it two days."""
        day, month = self.number(at), self.number(at + 2)
        if self.word(at + 1) != "-" or day is None or month is None or not 1 <= month <= 12 or month > day:
            return False
        return (
            self.touches(at + 1)
            and self.touches(at + 2)
            and self.word(at + 3) not in ("/", "-", "thang", ",", "va", ".")
        )

    def _month(self, at: int) -> Atom | None:
        """ "tháng 3", "tháng 3/2024", "tháng 3 năm 2024", "T3", "tháng mười hai"."""
        if self.word(at) == "t" and (not self.touches(at + 1) or (self.touches(at) and self.word(at - 1).isalnum())):
            return None
        month, after = self._month_number(at + 1)
        if self.word(at - 1) == "mang":  # Cách mạng tháng Tám
            return None
        if month is None or self.says(after, "bien", "gioi"):
            return None
        year, after = self.year_at(after)
        return Atom(Grain.MONTH, after, Mark.WORD, month=month, year=year)

    def _month_number(self, at: int) -> tuple[int | None, int]:
        number = self.number(at)
        if number is not None:
            return (number, at + 1) if 1 <= number <= 12 else (None, at)
        word = self.word(at)
        if word == "muoi" and self.word(at + 1) in AFTER_TEN:
            return AFTER_TEN[self.word(at + 1)], at + 2
        return MONTH_WORDS.get(word), at + 1

    def _quarter(self, at: int) -> Atom | None:
        """ "Quý I", "quý 1/2024", "quý III năm 2024", "QuýIV"."""
        glued = self.word(at)[3:]
        quarter = ROMAN.get(glued or self.word(at + 1))
        if quarter is None:
            return None
        year, after = self.year_at(at + (1 if glued else 2))
        return Atom(Grain.QUARTER, after, Mark.WORD, quarter=quarter, year=year)

    def _next_quarter(self, at: int) -> Atom | None:
        """ "II" behind "Quý I,"."""
        following = self.word(at + 1)
        if following.isalpha() and following not in ("va", "den", "nam"):
            return None
        year, after = self.year_at(at + 1)
        return Atom(Grain.QUARTER, after, Mark.NONE, quarter=ROMAN[self.word(at)], year=year)

    def _part(self, at: int) -> Atom | None:
        """ "trung tuần tháng 10", "cuối tháng 5/2024", "tuần 2 tháng 3", "tuần 2/3"."""
        part, after = self._part_words(at)
        if part is None:
            return None
        slashed = self.word(at) == "tuan" and self.word(after) == "/"
        after += self.word(after) in ("cua", "-", "/", ",")
        if self.word(after) in ("thang", "t"):
            month = self._month(after)
        else:
            month = self._month(after - 1) if slashed else None
        if month is None:
            return None
        return Atom(Grain.PART, month.after, Mark.WORD, month=month.month, year=month.year, part=part)

    def _part_words(self, at: int) -> tuple[tuple[int, int] | None, int]:
        for size in (2, 1):
            part = PARTS.get(self.words(at, size))
            if part:
                return part, at + size
        return self._weeks(at)

    def _weeks(self, at: int) -> tuple[tuple[int, int] | None, int]:
        """ "tuần 2", "tuần thứ nhất", "tuần 2, 3": from the first one's first day to the last one's last."""
        if self.word(at) != "tuan":
            return None, at
        step = at + 1 + (self.word(at + 1) == "thu")
        first = last = self._week(step)
        while self.word(step + 1) in (",", "-", "va", "den", "+") and (following := self._week(step + 2)):
            last, step = following, step + 2
        if first is None or last is None:
            return None, at
        return (first[0], last[1]), step + 1

    def _week(self, at: int) -> tuple[int, int] | None:
        return WEEKS.get(self.number(at) or WEEK_WORDS.get(self.word(at), 0))

    def _half(self, at: int) -> Atom | None:
        """ "6 tháng đầu năm [2024]", "6 tháng cuối năm"."""
        if self.number(at) != 6 or self.word(at + 1) != "thang" or self.word(at + 2) not in ("dau", "cuoi"):
            return None
        if self.word(at + 3) != "nam":
            return None
        year = self._full_year(at + 4)
        half = 1 if self.word(at + 2) == "dau" else 2
        return Atom(Grain.HALF, at + 5 if year else at + 4, Mark.WORD, quarter=half, year=year)

    def _year(self, at: int) -> Atom | None:
        """ "cả năm", "trong năm 2024", "thường xuyên", "hằng tháng"; "năm 2024" by itself only names its year."""
        for words in WHOLE_YEAR:
            if self.words(at, len(words)) == words:
                return self._whole_year(at, words)
        year = self._full_year(at + 1)
        if self.word(at) != "nam" or year is None or self.word(at - 1) in ("viet", "quang", "mien", "ha", "hoc"):
            return None
        return Atom(Grain.YEAR, at + 2, Mark.NONE, year=year)

    def _whole_year(self, at: int, words: tuple[str, ...]) -> Atom | None:
        after = at + len(words)
        if words[-1] == "nam" and self.word(after) in ("qua", "toi", "hoc", "sau", "truoc", "do"):
            if not (words in (("ca", "nam"), ("trong", "nam")) and self.word(after) == "hoc"):
                return None
            after += 1
            if self._full_year(after) and self.word(after + 1) == "-" and self._full_year(after + 2):
                return Atom(Grain.YEAR, after + 3, Mark.WORD, year=self._full_year(after), repeats="school")
            return Atom(Grain.YEAR, after, Mark.WORD, repeats="school")
        year = self._full_year(after) if words[-1] == "nam" else None
        if words in (("thuong", "xuyen"), ("hang", "nam"), ("hang", "tuan"), ("hang", "quy"), ("hang", "thang")):
            mark = Mark.NONE
        else:
            mark = Mark.WORD
        repeats = {"thang": "month", "quy": "quarter", "tuan": "week"}.get(words[-1], "")
        return Atom(Grain.YEAR, after + 1 if year else after, mark, year=year, repeats=repeats)

    def _elliptic(self, at: int, before: Atom) -> Atom | None:
        """A number by itself behind "ngày 02" or "tháng 3", where no counted noun stands behind it."""
        number, following = self.number(at), self.word(at + 1)
        if number is None or (following.isalpha() and following not in ("va", "hoac", "den", "toi", "nam", "thang")):
            return None
        if before.grain is Grain.MONTH and 1 <= number <= 12:
            year, after = self.year_at(at + 1)
            return Atom(Grain.MONTH, after, Mark.NONE, month=number, year=year)
        if before.grain is Grain.DAY and 1 <= number <= 31:
            return Atom(Grain.DAY, at + 1, Mark.NONE, day=number, elliptic=True)
        return None
