"""The numbers and signs that open an item of a document: "III.", "1.7.", "b)", "-", "Phần thứ nhất", "* Quý I:".

A line can be read in several ways ("I." may be a Roman one or a damaged 1): every reading is given, the likelier first.
Which of them holds is decided by what stood before (``nesting``), not here.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from plans.outline.lines import Line


class Style(StrEnum):
    """How an item is numbered. Items of one style that follow each other are siblings."""

    PART = "part"  # Phần thứ nhất, Chương II, Điều 3
    LETTER = "letter"  # A.
    ROMAN = "roman"  # II.
    NUMBER = "number"  # 2.
    DOTTED = "dotted"  # 2.1.
    BRACKETED = "bracketed"  # (2)
    CLOSED = "closed"  # 2)
    SMALL = "small"  # b)
    PERIOD = "period"  # Quý II, Tháng 3: a heading that is a time
    BOLD = "bold"  # a bold line without number
    LEAD = "lead"  # a short line without number that ends in a colon and opens a list
    DASH = "dash"
    PLUS = "plus"
    STAR = "star"
    DOT = "dot"


SIGNS = frozenset({Style.DASH, Style.PLUS, Style.STAR, Style.DOT})


@dataclass(frozen=True, slots=True)
class Marker:
    """One reading of a line's opening. ``value`` holds the numbers ((2, 1) for "2.1"), empty for signs and bare lines.

    ``number`` is as the document has it, without the punctuation after it; ``kind`` tells styles of one family apart
    ("phan", "dieu"; "quy", "thang"; the number of dots); ``after`` is where the item's own words begin (an index into
    the line's words); ``cost`` is how far-fetched the reading is: 0 plain, 1 needs a fitting place, 2 an exact one.
    """

    style: Style
    number: str
    value: tuple[int, ...]
    after: int
    kind: str = ""
    cost: int = 0

    @property
    def family(self) -> tuple[Style, str]:
        return self.style, self.kind


_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ORDINALS = {
    "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10,
}  # fmt: skip
_SIGNS = {
    **dict.fromkeys("-", Style.DASH),
    "+": Style.PLUS,
    **dict.fromkeys("*✱", Style.STAR),
    **dict.fromkeys("•●▪■◦○·➢➤✓✔→►❖♦◆⁃∙\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf076►", Style.DOT),
}
# What Word's sign fonts leave behind when their letters are read as plain ones; they need a space after them.
_SIGN_LETTERS = frozenset("§ØüÜ")
_STOP = r"(?P<stop>\s?(?:[.):]|/-?|-(?!\d))-?)"
_PART = re.compile(
    r"(?P<kind>phan|chuong|muc|dieu|noi dung|buoc|giai doan|dot|chi tieu|nhom|nhiem vu|giai phap|phong trao"
    r"|chuong trinh)"
    r"\s+(?:thu\s+(?P<ordinal>[a-z]+)|(?P<roman>[ivx]{1,5})|(?P<digits>\d{1,2}))(?=\s*(?:[.:)(/\-]|$))\s*[.:)/\-]?\s*"
)
_PERIOD = re.compile(
    r"(?P<kind>quy|thang|tuan)\s*(?P<first>[ivl1]{1,4}|\d{1,2})"
    r"(?:\s*(?:[-,+&]|va|den)\s*(?:quy|thang)?\s*(?:[iv]{1,3}|\d{1,2}))*"
    r"(?:\s*(?:/|-|nam)\s*(?:nam\s*)?\d{4})?\s*(?P<stop>[:.]|$|(?=\()|(?=-\s*(?:chu diem|chu de|trong tam)\b))"
)
_ROMAN = re.compile(rf"(?P<digits>[IVX]{{1,6}}|[IVXl1|]{{1,5}}){_STOP}\s*(?=\S|$)")
_BARE_ROMAN = re.compile(r"(?P<digits>[IVX]{1,5})\s+(?=[^\W\d_])")
_DOTTED = re.compile(
    r"(?P<digits>[\dlIO]{1,2}(?:\s?[.,]\s?[\dlIO]{1,2}){1,4})(?P<stop>\s?[.):/-]{0,2})(?!\d)\s*(?=\S|$)"
)
_COUNT_AFTER_DOT = re.compile(r"(?P<gap>\s?[.,]\s+)[\dlIO]{1,2}$")
_NUMBER = re.compile(rf"(?P<digits>[\dlIO]{{1,2}}){_STOP}\s*(?=\S|$)")
_BARE_NUMBER = re.compile(r"(?P<digits>[1-9]\d?)\s+(?=[^\W\d_])")
_BRACKETED = re.compile(r"\((?P<digits>\d{1,2}|[a-zđ])\)\s*")
_SMALL = re.compile(r"(?P<digits>[a-zđ])\s?(?P<stop>[.)/:]|-(?=\s))-?\s*(?=\S|$)")
_LETTER = re.compile(r"(?P<digits>[A-ZĐ])\s?(?P<stop>[.)/:]|-(?=\s))-?\s*(?=\S|$)")
_SCANNED_DIGITS = str.maketrans("lIO|", "1101")
_PART_LETTERS = frozenset("pcmndgbt")
_LONGEST_OPENING = 60


def markers_at(line: Line) -> list[Marker]:
    """Return the ways to read the opening of a line as an item's, the likeliest first; none where it is plain words."""
    words = line.words[:_LONGEST_OPENING].replace("\\", " ")
    if not words:
        return []
    sign = _sign(words)
    if sign is not None:
        period = _period(line, sign.after)
        return [period] if period else [sign]
    period = _period(line, 0)
    if period:
        return [period]
    return sorted(_numbered(line, words), key=lambda marker: marker.cost)


def _numbered(line: Line, words: str) -> list[Marker]:
    """Return the readings as a number or a letter; only those are tried that the first character allows."""
    first = words[0]
    if first.isdigit() or first in "IVXl|O":
        return [*_dotted(words), *_romans(words), *_numbers(words), *_letters(words)]
    if first == "(":
        return _bracketed(words)
    parts = _parts(line) if line.bare[0] in _PART_LETTERS else []
    return parts or (_letters(words) if not words[1:2].isalpha() else [])


def _sign(words: str) -> Marker | None:
    first = "-" if words[0] in "-–—−‑‐" else words[0]
    style = _SIGNS.get(first)
    if style is None:
        if words[1:2].isspace() and (first in _SIGN_LETTERS or (first in "ov" and words[2:3].isupper())):
            return Marker(Style.DOT, "", (), _skip(words, 1))
        return None
    if style in {Style.DASH, Style.PLUS} and words[1:2].isdigit() and not _counts(words[1:]):
        return None
    kind = first if style is Style.DOT else ""
    return Marker(style, "", (), _skip(words, 1), kind)


def _counts(words: str) -> bool:
    """Tell whether digits stuck to a dash count something ("-01 công trình"), not the end of a range ("-2030)")."""
    return bool(re.match(r"\d{1,3}(?:[.,]\d+)?\s*%?\s+[^\W\d_]", words))


def _skip(words: str, at: int) -> int:
    while at < len(words) and (words[at].isspace() or words[at] in "*_"):
        at += 1
    return at


def _period(line: Line, at: int) -> Marker | None:
    """Read a heading that is a quarter or a month: alone, or before a colon or a bracket."""
    found = _PERIOD.match(line.bare, at)
    if not found:
        return None
    rest = line.bare[found.end() :].strip(" *:.")
    if at and rest and not rest.startswith("(") and not line.bold:
        return None  # "- Tháng 3: Ra quân…" is an item that begins with its time
    value = _roman_or_digits(found["first"])
    return Marker(Style.PERIOD, "", (value,) if value else (), at, found["kind"])


def _roman_or_digits(digits: str) -> int | None:
    if digits.isdigit():
        return int(digits)
    return _roman(digits.replace("l", "i").replace("1", "i"))


def _parts(line: Line) -> list[Marker]:
    found = _PART.match(line.bare[:_LONGEST_OPENING])
    if not found:
        return []
    if found["ordinal"]:
        value = _ORDINALS.get(found["ordinal"])
    else:
        value = _roman(found["roman"]) if found["roman"] else int(found["digits"])
    if not value:
        return []
    number = re.split(r"[.:)(/\-–]", line.words[: found.end()])[0].strip()
    return [Marker(Style.PART, number, (value,), found.end(), found["kind"])]


def _romans(words: str) -> list[Marker]:
    found = _ROMAN.match(words)
    if found:
        digits = found["digits"]
        value = _roman(digits.lower().translate(str.maketrans("l1|", "iii")))
        if value is None:
            return []
        plain = all(letter in "IVX" for letter in digits)
        cost = 0 if plain else 1 if any(letter in "IVX" for letter in digits) else 2
        return [Marker(Style.ROMAN, digits, (value,), found.end(), cost=cost)]
    found = _BARE_ROMAN.match(words)
    value = _roman(found["digits"].lower()) if found else None
    if not found or value is None or not words[found.end() : found.end() + 12].isupper():
        return []
    return [Marker(Style.ROMAN, found["digits"], (value,), found.end(), cost=1)]


def _dotted(words: str) -> list[Marker]:
    found = _DOTTED.match(words)
    if not found:
        return []
    written, after, stop = found["digits"], found.end(), found["stop"].strip()
    while not stop and (counted := _COUNT_AFTER_DOT.search(written)):
        # "2.2. 01 ngày hội": what stands apart with no point after it counts the words that follow.
        written, stop = written[: counted.start()], "."
        after = len(written) + len(counted["gap"])
    if not re.search(r"\d\s?[.,]\s?\d", written.translate(_SCANNED_DIGITS)):
        return []
    return _dotted_marker(words, written, stop, after)


def _dotted_marker(words: str, written: str, stop: str, after: int) -> list[Marker]:
    digits = re.sub(r"\s", "", written).translate(_SCANNED_DIGITS).replace(",", ".")
    value = tuple(int(part) for part in digits.split("."))
    following = words[after : after + 1]
    plain = "," not in written and written.replace(".", "").isdigit()
    certain = plain and (following.isupper() or following in "“\"'*(") and 0 not in value
    if not certain and not stop and following.islower():
        return []
    return [Marker(Style.DOTTED, digits, value, after, str(len(value)), cost=0 if certain else 1)]


def _bracketed(words: str) -> list[Marker]:
    found = _BRACKETED.match(words)
    if found:
        digits = found["digits"]
        value = int(digits) if digits.isdigit() else _LETTERS.find(digits) + 1
        kind = "digit" if digits.isdigit() else "letter"
        return [Marker(Style.BRACKETED, digits, (value,), found.end(), kind)] if value else []
    return []


def _numbers(words: str) -> list[Marker]:
    found = _NUMBER.match(words)
    if found and not words[found.end() - 1 : found.end() + 1].strip(".:/-)").isdigit():
        digits = found["digits"]
        value = int(digits.translate(_SCANNED_DIGITS))
        style = Style.CLOSED if ")" in found["stop"] else Style.NUMBER
        cost = (
            0 if digits.isdigit() and value else 1 if any(letter.isdigit() for letter in digits) or digits == "l" else 2
        )
        return [Marker(style, digits, (value,), found.end(), cost=cost)] if value else []
    found = _BARE_NUMBER.match(words)
    if found and words[found.end()].isupper():
        return [Marker(Style.NUMBER, found["digits"], (int(found["digits"]),), found.end(), cost=2)]
    return []


def _letters(words: str) -> list[Marker]:
    found = _SMALL.match(words)
    if found:
        value = _LETTERS.find(found["digits"]) + 1
        kind = ")" if found["stop"] == ")" else "."
        return [
            Marker(Style.SMALL, found["digits"], (value,), found.end(), kind, cost=1 if found["digits"] == "l" else 0)
        ]
    found = _LETTER.match(words)
    if not found:
        return []
    value = _LETTERS.find(found["digits"].lower()) + 1
    sure = found["digits"] not in "IVX" and (value == 1 or words[found.end() :].isupper())
    cost = 0 if sure else 1
    return [Marker(Style.LETTER, found["digits"], (value,), found.end(), cost=cost)] if value else []


def _roman(digits: str) -> int | None:
    """Return the value of small Roman digits up to 39; none where they make no number."""
    total = 0
    values = [_ROMAN_DIGITS.get(digit, 0) for digit in digits]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += value if value >= following else -value
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    if not 0 < total < 40:
        return None
    # "IIII" is written by hand for IV and stays readable.
    return total if digits in {"x" * (total // 10) + ones[total % 10], "iiii"} else None
