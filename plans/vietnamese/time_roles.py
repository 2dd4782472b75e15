"""What a date in a text is for: a time of doing, a day that is named or commemorated, or a mere reference.

"ngày 26/3/2024" is a time of doing; "26/3/1931 - 26/3/2024", "dịp 27/7" and "giải thưởng "15/10"" name days;
"Kết luận số 21-KL/TW ngày 25/10/2021" refers to a paper.
"""

from enum import StrEnum

from .time_tokens import Atom, Grain, Mark, Tape

_LOOK_BACK = 28
_PAPERS = frozenset(
    {("nghi", "quyet"), ("ket", "luan"), ("quyet", "dinh"), ("chi", "thi"), ("cong", "van"), ("ke", "hoach")}
    | {("huong", "dan"), ("chuong", "trinh"), ("thong", "bao"), ("thong", "tri"), ("nghi", "dinh"), ("thong", "tu")}
    | {("quy", "dinh"), ("de", "an"), ("bao", "cao"), ("cong", "dien"), ("to", "trinh"), ("quy", "che"), ("van", "ban")}
)
_NAMING = (
    ("ky", "niem"),
    ("nhan", "dip"),
    ("dip",),
    ("chao", "mung"),
    ("thanh", "lap"),
    ("truyen", "thong"),
    ("quoc", "te"),
    ("ngay", "sinh"),
    ("ngay", "mat"),
    ("giai", "thuong"),
    ("danh", "hieu"),
    ("huong", "ung", "ngay"),
)
# Further from the day these name another event, which this one is held for: "phục vụ ngày bầu cử 15/3".
_NAMING_ANOTHER = (
    *_NAMING,
    ("phuc", "vu", "ngay"),
    ("bau", "cu"),
    ("huong", "toi"),
    ("tien", "toi"),
    ("chuan", "bi", "cho"),
)
_NAMING_OPENS = frozenset(words[0] for words in _NAMING_ANOTHER)
_PAPERS_OPEN = frozenset(words[0] for words in _PAPERS)
# Only what is said to be looked at is of that period: "Kiểm tra công tác quý I"; "Kiểm tra cơ sở quý I" is done in it.
_INSPECTIONS = frozenset({("kiem", "tra"), ("giam", "sat"), ("phuc", "tra")})
_INSPECTED = frozenset({("cong", "tac"), ("phong", "trao"), ("hoat", "dong"), ("nhiem", "vu"), ("chi", "tieu")})
_REVIEWS = frozenset({("so", "ket"), ("tong", "ket"), ("giao", "ban"), ("danh", "gia"), ("ket", "qua"), ("bao", "cao")})

# Days of the year that name what is held on them: "Hội trại 26/3", "Lễ Thắp nến tri ân 27/7".
_HOLIDAYS = frozenset(
    {
        (9, 1),
        (3, 2),
        (27, 2),
        (8, 3),
        (24, 3),
        (26, 3),
        (27, 3),
        (28, 3),
        (29, 3),
        (21, 4),
        (30, 4),
        (1, 5),
        (7, 5),
        (15, 5),
        (19, 5),
    }
    | {
        (1, 6),
        (5, 6),
        (21, 6),
        (26, 6),
        (28, 6),
        (11, 7),
        (27, 7),
        (19, 8),
        (2, 9),
        (5, 9),
        (10, 10),
        (13, 10),
        (15, 10),
        (20, 10),
    }
    | {(9, 11), (18, 11), (20, 11), (23, 11), (1, 12), (22, 12)}
)


class Role(StrEnum):
    """What a time is for."""

    DOING = "doing"
    NAMED = "named"  # it names a day or year; where an item has no other time, it may be the time of doing
    REFERENCE = "reference"  # never a time of doing


def role_of(tape: Tape, *, first: int, at: int, atoms: list[Atom], ranges: list[bool], year: int | None) -> Role:
    """Return the role of a time that stands at tokens ``first`` (its leading words) and ``at`` (its first atom)."""
    after = atoms[-1].after
    if _is_anniversary(atoms, ranges):
        return Role.NAMED
    dated = atoms[0].grain is Grain.DAY and atoms[0].year is not None
    if _is_distant(atoms, year) or (dated and _of_a_paper(tape, first, after)) or _is_lunar(tape, after):
        return Role.REFERENCE
    if _quoted(tape, first, after):
        return Role.REFERENCE
    if (first == 0 and after >= tape.size) or not _names(tape, first=first, at=at, atoms=atoms):
        return Role.DOING
    return Role.NAMED


def _names(tape: Tape, *, first: int, at: int, atoms: list[Atom]) -> bool:
    """Whether a time names something instead of telling when it is done."""
    after = atoms[-1].after
    if atoms[0].grain is Grain.YEAR and atoms[0].mark is Mark.NONE:
        return not _alone_in_brackets(tape, first, after) and tape.word(first - 1) != ":"
    if tape.words(first, 2) == ("nhan", "dip") or tape.word(first - 1) == "dip":
        return True
    if atoms[0].grain in (Grain.QUARTER, Grain.HALF):
        return first == at and _reviewed_before(tape, first)
    if atoms[0].grain is not Grain.DAY:
        return False
    if first < at or any(atom.mark is Mark.WORD for atom in atoms):
        return _named_at_once(tape, first, at)
    return _figures_name(tape, first, atoms)


def _figures_name(tape: Tape, first: int, atoms: list[Atom]) -> bool:
    """Figures alone ("27/7", "9/1/2024") name a day where words of commemoration stand before them."""
    if tape.word(first - 1) == ":":
        return False
    if _named_before(tape, first):
        return True
    if any(atom.mark is Mark.YEAR for atom in atoms) or _alone_in_brackets(tape, first, atoms[-1].after):
        return False
    ends = tape.word(atoms[0].after) in ("", ";", ".", ",", ")")
    return len(atoms) == 1 and (not ends or (atoms[0].day, atoms[0].month) in _HOLIDAYS)


def _reviewed_before(tape: Tape, first: int) -> bool:
    """ "Sơ kết công tác Đoàn Quý I", "kết quả 6 tháng đầu năm": the period that is looked back on."""
    if tape.word(first - 1) in ("(", ":", "["):
        return False
    is_inspected = False
    for place in range(first - 1, max(first - 24, -1), -1):
        word, pair = tape.word(place), tape.words(place, 2)
        if word in (";", "(", ")") or (word == "tai" and not is_inspected):
            return False
        is_inspected = is_inspected or pair in _INSPECTED
        if pair in _REVIEWS or (is_inspected and pair in _INSPECTIONS):
            return True
    return False


def _is_anniversary(atoms: list[Atom], ranges: list[bool]) -> bool:
    """ "26/3/1931 - 26/3/2024": a range over many years."""
    for index, joined in enumerate(ranges):
        left, right = atoms[index].year, atoms[index + 1].year
        if joined and left and (left < 2000 or (right and right - left >= 5)):
            return True
    return False


def _is_distant(atoms: list[Atom], year: int | None) -> bool:
    """A year far from the plan's cannot be meant for doing."""
    years = [atom.year for atom in atoms if atom.year]
    if any(said < 2000 for said in years):
        return True
    return year is not None and bool(years) and all(abs(said - year) > 5 for said in years)


def _of_a_paper(tape: Tape, first: int, after: int) -> bool:
    """ "Nghị quyết số 35-NQ/TW … ngày 22/10/2018": a paper with its number stands before, in the same clause."""
    numbered = False
    for place in range(first - 1, max(first - _LOOK_BACK, -1), -1):
        word = tape.word(place)
        if word == ";" or (word == "." and not tape.word(place + 1).isdecimal()):
            return False
        if word == "so" and (tape.word(place + 1).isdecimal() or tape.word(place + 1) in (":", ".")):
            numbered = True
        if word in _PAPERS_OPEN and tape.words(place, 2) in _PAPERS and (numbered or tape.word(after) in ("cua", "ve")):
            return place + 12 > first or numbered
    return False


def _is_lunar(tape: Tape, after: int) -> bool:
    step = after + (tape.word(after) == "(")
    return tape.words(step, 2) == ("am", "lich") or tape.word(step) == "al"


def _quoted(tape: Tape, first: int, after: int) -> bool:
    """Whether it stands in quotation marks, which is a name: giải thưởng "15/10"."""
    return tape.word(first - 1) in ('"', "'") and tape.word(after) in ('"', "'")


def _alone_in_brackets(tape: Tape, first: int, after: int) -> bool:
    return tape.word(first - 1) in ("(", "[") and tape.word(after) in (")", "]")


def _named_at_once(tape: Tape, first: int, at: int) -> bool:
    """ "kỷ niệm ngày 26/3": nothing but "ngày" between the naming words and the day."""
    if at - first > 1 or (first < at and tape.word(first) != "ngay"):
        return False
    if tape.words(first - 1, 2) == ("mung", "ngay"):  # "mừng ngày 20/11"; without "ngày" it may be "mùng 5/3"
        return True
    return any(tape.words(first - len(words), len(words)) == words for words in _NAMING)


def _named_before(tape: Tape, first: int) -> bool:
    """Whether words of commemoration stand before, in the same clause: "Ngày truyền thống … (9/1/2024)"."""
    for place in range(first - 1, max(first - 16, -1), -1):
        if tape.word(place) in (";", "."):
            return False
        named = tape.word(place) in _NAMING_OPENS
        if named and any(tape.words(place, len(words)) == words for words in _NAMING_ANOTHER):
            return True
    return False
