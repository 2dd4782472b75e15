"""The pieces of a document's head, each known by its own words: motto, issuer, number, place and date, kind.

Which pieces make one head is told by ``head``, not here.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.outline.lines import Line, cells_of

# Bare name of a kind as titles have it → the stored kind (contracts: Vocabularies).
KINDS = {
    "nghi quyet": "resolution",
    "chuong trinh": "programme",
    "dinh huong": "orientation",
    "ke hoach": "plan",
    "huong dan": "guideline",
    "cong van": "dispatch",
    "bao cao": "report",
    "quyet dinh": "decision",
}
_OTHER_KINDS = (
    "phu luc", "thong bao", "de an", "lich", "danh muc", "bieu mau", "dang ky", "chi thi", "ket luan", "quy che",
    "de cuong", "the le", "to trinh", "phu bieu", "thong tri", "quy dinh", "dieu le",
)  # fmt: skip
_SYMBOLS = {
    "nq": "resolution", "ctr": "programme", "ct": "programme", "cthd": "programme", "dh": "orientation", "kh": "plan",
    "hd": "guideline", "cv": "dispatch", "bc": "report", "qd": "decision",
}  # fmt: skip
_MOTTOES = frozenset({
    "doan tncs ho chi minh", "doan tncs hcm", "doan thanh nien cong san ho chi minh", "dang cong san viet nam",
    "doi tntp ho chi minh", "doi tntp hcm", "doi thieu nien tien phong ho chi minh", "hoi lhtn viet nam",
    "hoi lien hiep thanh nien viet nam", "hoi sinh vien viet nam", "doan tn cong san ho chi minh",
})  # fmt: skip
_STATE_MOTTOES = ("cong hoa xa hoi chu nghia", "doc lap tu do")
_MOTTO_AT_END = re.compile(r"(?P<body>.*[a-z]) (?:doan tncs ho chi minh|doan tncs hcm|doi tntp ho chi minh)\W*")
# Words that say nothing without the name of the body they belong to.
NAMELESS_BODIES = frozenset({"bch", "ban chap hanh", "ban thuong vu", "btv", "ban bi thu"})
_DATE = re.compile(
    r"ngay\s*(?P<day>[\doil.]{0,3})\s*/?\s*thang\s*(?P<month>[\doil.]{0,3})\s*/?\s*nam\s*(?P<year>[12][\do]{3})"
)
_SHORT_DATE = re.compile(r"ngay\s*(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>[12][\do]{3})")
_DATE_LINE = re.compile(r"[^\d]{0,45}ngay")
_PLACE = re.compile(
    r"(?:^|\t|\s{2,}|(?<=[A-ZĐ]{2}\s))(?P<place>[^\W\d_][^\W\d_.]*(?:[ .-]+[^\W\d_]+\.?){0,5})\s*,?\s*$"
)
_NUMBER = re.compile(
    r"(?:^|\s)s[o6](?:\s*[:.,;]|\s+(?=[\d\-]))\s*"
    r"(?P<number>[\d._ ]*(?:/\d{4}/?)?\s*[-/]?\s*[a-z]{1,6}\s*[-/]?\s*[a-z]{2,}(?:\s*[-/&.]\s*[a-z0-9]+)*)"
)
_SUBJECT = re.compile(r"[\"'(]?\s*v\s*/\s*v\b")
_LONGEST_LINE = 300
_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1", ".": None})


class Piece(StrEnum):
    """What a piece of a head's line is."""

    MOTTO = "motto"
    ISSUER = "issuer"
    NUMBER = "number"
    PLACE_DATE = "place_date"
    SUBJECT = "subject"
    ADDRESSEE = "addressee"
    KIND = "kind"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Said:
    """One piece: its place in the text, its line, and its words as written and bare."""

    piece: Piece
    index: int
    start: int
    end: int
    words: str
    bare: str


def pieces_of(line: Line, index: int, *, titled: bool = False) -> list[Said]:
    """Return the pieces of a line, left to right. ``titled``: the kind was named before, so capitals are no issuer."""
    if len(line.words) > _LONGEST_LINE:
        return [Said(Piece.OTHER, index, line.left, line.right, line.words, line.bare)]
    found = []
    for start, end in _parted(line, _whole(line, cells_of(line))):
        if start < end:
            words = line.words[start - line.left : end - line.left].replace("*", " ")
            low = line.bare[start - line.left : end - line.left].replace("*", " ")
            found.append(Said(_piece(words, low, titled=titled), index, start, end, words, low))
    return found


def is_motto(name: str) -> bool:
    """Tell whether bare words are a motto that stands over documents, and no body's name."""
    name = " ".join(re.sub(r"[^a-z ]", " ", name).split())
    return name in _MOTTOES or name.startswith(_STATE_MOTTOES)


def kind_name(words: str, low: str) -> str:
    """Return the bare name of the kind that a line begins with, in capitals or alone; blank where it is none."""
    for name in (*KINDS, *_OTHER_KINDS):
        if low.startswith(name) and (len(low) == len(name) or low[len(name)] in " :\n"):
            return name if words[: len(name)].isupper() or len(low) <= len(name) + 2 else ""
    return ""


def kind_of_number(number: str) -> str:
    """Return the stored kind that a symbol stands for ("02-NQ/ĐTN": resolution); blank where it is not known."""
    letters = re.findall(r"[a-z]+", number.lower().replace("đ", "d"))
    return _SYMBOLS.get(letters[0], "") if letters else ""


def number_in(said: Said) -> str:
    """Return the running number with its symbol, as written without spaces; blank where there is none."""
    found = _NUMBER.search(said.bare)
    if not found:
        return ""
    written = "".join(said.words[found.start("number") : found.end("number")].split())
    return re.sub(r"[._]+", "", written).replace("–", "-").replace("—", "-")


def place_in(said: Said) -> str:
    """Return the place before a date; blank where there is none."""
    found = _DATE.search(said.bare) or _SHORT_DATE.search(said.bare)
    place = _PLACE.search(said.words[: found.start()]) if found else None
    return " ".join(place["place"].split()) if place else ""


def date_in(words: str) -> tuple[date | None, int | None]:
    """Return the day written out in bare words, and the year also where the day is open or impossible."""
    found = _DATE.search(words) or _SHORT_DATE.search(words)
    if not found:
        return None, None
    year = int(found["year"].translate(_DIGITS))
    try:
        return date(year, int(found["month"].translate(_DIGITS)), int(found["day"].translate(_DIGITS))), year
    except ValueError:
        return None, year


def _whole(line: Line, cells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put together what a gap inside a date or a number took apart ("ngày    tháng 5 năm 2021", "Số:      -KH/ĐTN")."""
    if len(cells) == 1:
        return cells
    found = [match for match in (_DATE.search(line.bare), _NUMBER.match(line.bare)) if match]
    kept = [(line.left + match.start(), line.left + match.end()) for match in found]
    joined: list[tuple[int, int]] = []
    for start, end in cells:
        if joined and any(left < joined[-1][1] <= start < right for left, right in kept):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _parted(line: Line, cells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Part what lost the gap between columns ("BCH ĐOÀN XÃ A ĐOÀN TNCS HỒ CHÍ MINH", "Số: 2-KH/ĐTN Xã A, ngày …")."""
    parted: list[tuple[int, int]] = []
    for start, end in cells:
        words, low = line.words[start - line.left : end - line.left], line.bare[start - line.left : end - line.left]
        at = _second_column(words, low)
        parted += [(start, start + at), (start + at + 1, end)] if at else [(start, end)]
    return parted


def _second_column(words: str, low: str) -> int:
    """Return where the space between two columns stands; 0 where there is one column."""
    number = _NUMBER.match(low)
    if number and _DATE.search(low, number.end()) and low[number.end() : number.end() + 1] == " ":
        return number.end()
    motto = _MOTTO_AT_END.fullmatch(low) if words.isupper() else None
    if motto and motto["body"].strip() not in NAMELESS_BODIES:
        return motto.end("body")
    return 0


def _piece(words: str, low: str, *, titled: bool) -> Piece:
    low = low.strip(" *_\"'")
    told = (
        (Piece.SUBJECT, bool(_SUBJECT.match(low))),
        (Piece.ADDRESSEE, low.startswith("kinh gui")),
        (Piece.MOTTO, is_motto(low) and (words.isupper() or "doc lap" in low)),
        (Piece.NUMBER, bool(_NUMBER.match(low)) or (low.startswith("so:") and len(low) < 30)),
        (Piece.PLACE_DATE, len(low) <= 90 and bool(_DATE_LINE.match(low)) and any(date_in(low))),
        (Piece.KIND, bool(kind_name(words.strip(" *_\"'“”"), low))),
        (Piece.ISSUER, words.isupper() and not titled and len(low) <= 110),
    )
    return next((piece for piece, holds in told if holds), Piece.OTHER)
