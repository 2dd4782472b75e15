"""The head and the title of a document: who issued it, its number, place and date, kind, title and term.

The two columns of a head come one beside the other, one after the other, or interleaved: every piece is known by its
own words (``pieces``). Where a document's text begins is told here too; sections and feet are not read here.
"""

import re
from dataclasses import dataclass, replace

from plans.outline.lines import Line
from plans.outline.markers import SIGNS, markers_at
from plans.outline.pieces import (
    KINDS,
    NAMELESS_BODIES,
    Piece,
    Said,
    date_in,
    is_motto,
    kind_name,
    kind_of_number,
    number_in,
    pieces_of,
    place_in,
)
from plans.outline.shapes import Head
from plans.outline.terms import term_of, whole_year
from plans.vietnamese.letters import bare

_BODY_WORDS = (
    "bch", "ban chap hanh", "ban thuong vu", "btv", "doan", "tinh doan", "thanh doan", "huyen doan", "quan doan",
    "thi doan", "dang uy", "chi doan", "lien doi", "hoi", "hdd", "truong", "so ", "uy ban", "ubnd", "trung uong",
    "tong cong ty", "cong ty", "dang bo", "chi bo", "tap doan", "bo ", "benh vien", "hoc vien", "dai hoc",
    "trung tam", "lien hiep", "ban chi dao", "ban bi thu", "ban chi huy",
)  # fmt: skip
_OPENS_TEXT = re.compile(
    r"(?:can cu|thuc hien|de (?:cu the|cac|trien|thuc|phat|chao|tiep|huong|dam|tao|ky)|nham|tren co so|tiep tuc"
    r"|trien khai|phat huy|huong ung|ban thuong vu|ban chap hanh|ban bi thu|nam (?:hoc )?\d{4}\b.{20}|cu the hoa"
    r"|duoc su|quan triet|thiet thuc|phan [ivx1])"
)
# A line of a title that stands apart from it: "Năm học 2024 - 2025", "năm 2024".
_TERM_LINE = re.compile(r"(?:nam hoc|nam|nhiem ky|giai doan|quy [ivx1-4]+|thang \d+)\W*.{0,12}\d{4}[\d\s\-]*")
_ANNEX = re.compile(r"phu luc(?:\s+(?:so\s+)?(?:[ivx]{1,4}|\d{1,2}))?(?=\W|$)")
# No head begins with a line that has none of these in it.
_HINT = re.compile(r"ngay|s[o6]\s*[:.,;\d-]|phu luc|ho chi minh|hcm|viet nam|doc lap|xa hoi|" + "|".join(KINDS))
# In the middle of a text a date alone may be any cell's or item's: a head names the place too.
_PLACED = re.compile(r"[^\d,]{1,40},\s*ngay")
_KNOWN = frozenset({Piece.MOTTO, Piece.NUMBER, Piece.PLACE_DATE, Piece.ADDRESSEE})
_LONGEST_TITLE_LINE = 160
_LONGEST_HEAD_LINE = 90
_MOST_TITLE_LINES = 8
_MOST_HEAD_LINES = 30


@dataclass(frozen=True)
class Opening:
    """The head of one document in the text: lines ``first`` to ``title - 1``, then its kind and title up to ``last``.

    ``date_place`` is where its date stands, ``annex`` its name if it is an annex ("Phụ lục 2"), ``kind`` its kind.
    """

    first: int
    title: int
    last: int
    head: Head
    date_place: tuple[int, int] | None = None
    annex: str = ""
    kind: str = ""


def opening_at(lines: list[Line], first: int, *, most: int = _MOST_HEAD_LINES) -> Opening | None:
    """Return the head of at most ``most`` lines that begins with a line; none where no head begins there."""
    said: list[Said] = []
    title, seen = None, 0
    for index in range(first, min(len(lines), first + 4 * most)):
        line = lines[index]
        if line.empty or line.rule:
            continue
        found = pieces_of(line, index)
        if any(one.piece is Piece.KIND for one in found) and (said or _stands_alone(line)):
            title = index
            break
        if seen == most or (_all(found, {Piece.OTHER}) and not _may_be_head(line, said)):
            break
        said.extend(found)
        seen += 1
        if any(one.piece is Piece.ADDRESSEE for one in found):
            break
    return _assembled(lines, first, title, said)


def untitled_at(lines: list[Line], index: int) -> Opening | None:
    """Read the line of a text without head that is its own name ("Kế hoạch Tháng Thanh niên năm 2021")."""
    line = lines[index]
    name = next((name for name in KINDS if line.bare.startswith(name)), None)
    if name is None or len(line.words) > _LONGEST_TITLE_LINE or line.words.rstrip().endswith((".", ";")):
        return None
    head = _with_term(Head(kind=KINDS[name], title=" ".join(line.words.split())), None)
    return Opening(index, index, index, head)


def opens_head(line: Line, *, after_foot: bool) -> bool:
    """Tell whether another document's head may begin with this line, in the middle of the text."""
    if line.empty or line.rule or len(line.words) > _LONGEST_TITLE_LINE or not _HINT.search(line.bare):
        return False
    if annex_name(line):
        return True
    found = {one.piece for one in pieces_of(line, 0)}
    if Piece.NUMBER in found or (Piece.PLACE_DATE in found and _PLACED.match(line.bare)):
        return not line.words[0].islower() and line.words[0] not in "-+•" and line.words.rstrip()[-1] not in ";,"
    if Piece.KIND in found:
        return after_foot and _stands_alone(line)
    return Piece.MOTTO in found and after_foot and line.words.isupper()


def annex_name(line: Line) -> str:
    """Return "Phụ lục", "Phụ lục 2" … where the line is an annex's name; blank where it only speaks of one."""
    found = _ANNEX.match(line.bare)
    if not found or len(line.words) > _LONGEST_TITLE_LINE:
        return ""
    alone = not line.bare[found.end() :].strip(" .:-*")
    name = line.words[: found.end()]
    return name.capitalize() if line.words.isupper() or (alone and (name[:7].isupper() or len(name) <= 16)) else ""


def _all(said: list[Said], pieces: set[Piece]) -> bool:
    return all(one.piece in pieces for one in said)


def _stands_alone(line: Line) -> bool:
    return line.words.isupper() or line.bold or any(line.bare.strip(" :*") == name for name in KINDS)


def _may_be_head(line: Line, said: list[Said]) -> bool:
    """Tell whether a line of no known kind is part of a head: short, in the middle of one, no beginning of a text."""
    short = len(line.words) <= _LONGEST_HEAD_LINE and not line.words.rstrip().endswith((".", ";"))
    return bool(said) and short and not _OPENS_TEXT.match(line.bare)


def _assembled(lines: list[Line], first: int, title: int | None, said: list[Said]) -> Opening | None:
    known = any(one.piece in _KNOWN for one in said)
    if title is None:
        if not known:
            return None
        last = max(one.index for one in said if one.piece is not Piece.OTHER)
        return Opening(first, last + 1, last, _head(said, None, ""), _date_place(said))
    line = lines[title]
    if not known and not _stands_alone(line):
        return None
    last = _with_late_pieces(lines, _end_of_title(lines, title), said)
    head = _head(said, line, _title(lines, title, last))
    name = kind_name(line.words, line.bare)
    return Opening(first, title, last, head, _date_place(said), annex_name(line), line.words[: len(name)].capitalize())


def _date_place(said: list[Said]) -> tuple[int, int] | None:
    return next(((one.start, one.end) for one in said if one.piece is Piece.PLACE_DATE), None)


def _with_late_pieces(lines: list[Line], last: int, said: list[Said]) -> int:
    """Add a number or a place and date that stand under the title; return the last line with them."""
    for index in range(last + 1, min(len(lines), last + 4)):
        if lines[index].empty or lines[index].rule:
            continue
        found = pieces_of(lines[index], index)
        if not _all(found, {Piece.PLACE_DATE, Piece.NUMBER}):
            return last
        said.extend(found)
        last = index
    return last


def _end_of_title(lines: list[Line], title: int) -> int:
    """Return the last line of the title: before a rule, the first words of the text, or a numbered heading."""
    last, written = title, 1
    for index in range(title + 1, min(len(lines), title + 3 * _MOST_TITLE_LINES)):
        line = lines[index]
        if line.rule and written > 1:
            break
        if line.empty or line.rule:
            continue
        if written >= _MOST_TITLE_LINES or not _goes_on_title(line, apart=index > last + 1, written=written):
            break
        last, written = index, written + 1
    return last


def _goes_on_title(line: Line, *, apart: bool, written: int) -> bool:
    words = line.words.rstrip()
    if annex_name(line) or _opens_item(line):
        return False
    if len(words) > _LONGEST_TITLE_LINE or (_OPENS_TEXT.match(line.bare) and words[0].isupper()):
        # Right under the kind even such words are the title: "KẾ HOẠCH / Thực hiện phong trào…".
        return written == 1 and len(words) <= 110 and words[-1] not in ".:,;"
    if words[-1] in ".;" or "\t" in words or words[0] == "|":
        return False
    if any(one.piece in _KNOWN for one in pieces_of(line, 0, titled=True)):
        return False
    if not apart or written == 1 or line.bold or words.isupper() or words[0] in '(“"' or words[0].islower():
        return True
    return len(words) <= 60 and bool(_TERM_LINE.fullmatch(line.bare))


def _opens_item(line: Line) -> bool:
    if line.bare.split(maxsplit=1)[0] in {"stt", "tt"}:
        return True
    return any(not marker.cost and (marker.value or marker.style in SIGNS) for marker in markers_at(line))


def _title(lines: list[Line], title: int, last: int) -> str:
    written = [line for line in lines[title : last + 1] if not line.empty and not line.rule]
    if len(written) > 1 and kind_name(written[0].words, written[0].bare) and len(written[0].words) <= 20:
        written = written[1:]
    kept = [
        line for line in written if line.words[0] != "(" and not any(one.piece in _KNOWN for one in pieces_of(line, 0))
    ]
    return " ".join(" ".join(line.words.split()) for line in kept)


def _head(said: list[Said], kind_line: Line | None, title: str) -> Head:
    issuers = _issuers(said)
    number = next(filter(None, map(number_in, said)), "")
    dated = next((one for one in said if any(date_in(one.bare))), None)
    day, year = date_in(dated.bare) if dated else (None, None)
    subject = _subject(said)
    dispatch = bool(subject) or any(one.piece is Piece.ADDRESSEE for one in said)
    named = next((kind for name, kind in KINDS.items() if kind_line and kind_line.bare.startswith(name)), "")
    head = Head(
        issuer=issuers[-1] if issuers else "",
        superior=issuers[-2] if len(issuers) > 1 else "",
        number=number,
        place=place_in(dated) if dated else "",
        dated=day,
        kind=named or kind_of_number(number) or ("dispatch" if dispatch else ""),
        title=title or subject,
    )
    return _with_term(head, year)


def _with_term(head: Head, year: int | None) -> Head:
    term = term_of(bare(head.title)) or (whole_year(year) if year else None)
    return replace(head, starts_on=term[0], ends_on=term[1]) if term else head


def _issuers(said: list[Said]) -> list[str]:
    """Return the bodies of the head, the highest first; lines that go on with a body's name are joined."""
    names: list[str] = []
    goes_on = False
    for one in said:
        if one.piece is not Piece.ISSUER:
            goes_on = goes_on and one.piece is Piece.MOTTO
            continue
        name, low = " ".join(one.words.split()), " ".join(one.bare.split()).strip(" -*")
        if goes_on and names and (not low.startswith(_BODY_WORDS) or _needs_name(names[-1])):
            names[-1] += " " + name
        else:
            names.append(name)
        goes_on = True
    names = [name for name in names if not is_motto(bare(name))]
    if len(names) > 1 and _needs_name(names[-1]):
        # "TỈNH ĐOÀN …" over "BAN THƯỜNG VỤ": one body in two lines.
        names[-2:] = [f"{names[-1]} {names[-2]}"]
    return names


def _needs_name(name: str) -> bool:
    return bare(name).strip() in NAMELESS_BODIES


def _subject(said: list[Said]) -> str:
    """Return what a dispatch is about, from "V/v" on, with the lines that go on with it."""
    words: list[str] = []
    for one in said:
        if one.piece is Piece.SUBJECT:
            words = [one.words]
        elif words and one.piece is Piece.OTHER:
            words.append(one.words)
        elif words:
            break
    return " ".join(" ".join(words).split()).strip(" \"'“”()*")
