"""Quantities: a number with the noun phrase that it counts, or a percentage with its population.

The grammar: quantity = number unit | number "%" population | population … number "%".
A unit ends at a link ("cho", "tại"), a verb, a mark; the name of a work ("hoạt động", "lớp") keeps the verbs that tell
which work it is. Which quantities are targets is told in ``targets.extraction``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.vietnamese.nouns import (
    BODIES,
    COMPOUNDS,
    COUNTED_ALL_THE_SAME,
    DOINGS,
    LEVELS,
    LINKS,
    MEASURES,
    NO_UNIT,
    OF_THE_TEXT,
    PEOPLE,
    THINGS,
    WORKS,
)
from plans.vietnamese.numbers import Number, numbers_among
from plans.vietnamese.phrases import Phrases, Sort, Token, phrases, tokens_in
from plans.vietnamese.references import is_duration, is_fraction, references_among

_LONGEST_UNIT = 11
_LONGEST_THING = 9
_WORDS_MEASURED = 2
# Words that tell a work from others of its kind; a verb behind them tells what it is for.
_TELLING = 3
_OF_A_LEVEL = 6
_LONGEST_POPULATION = 16
_RATES = phrases(
    "tháng,quý,năm,tuần,ngày,học kỳ,đơn vị,chi đoàn,đoàn viên,người,suất,căn,đợt,nhiệm kỳ,phần,năm học,xã,"
    "phường,huyện,thôn,em,hộ,đoàn cơ sở,cơ sở,nhà,kỳ,chi hội,liên đội,cơ sở đoàn,công trình,lần,lớp,đội"
)
_PLURALS = phrases(
    "các,những,tổng số,số,số lượng,toàn bộ,toàn thể,tất cả,tất cả các,các tổ chức,đội ngũ,lực lượng,các cấp,100"
)
_TAILS = phrases('các loại,mới,trở lên,năm,tháng,hiện,và,hoặc,-,",về,có,tại,cho,khác nhau,để,trong,*')
_OF_A_WORK = phrases("về,với chủ đề")
_MODIFIERS = phrases(
    "có hoàn cảnh,có công,có nội dung,có hoàn cảnh khó khăn,có giá trị,có uy tín,có hoàn cảnh đặc biệt,"
    "có nguy cơ,có thu nhập,có ý tưởng,hoặc phần việc,vượt khó,khó khăn,đồng hành,khởi nghiệp,lập nghiệp,"
    "vị thành niên"
)
_STOPS_A_WORK = phrases(
    "thu hút,góp phần,được,phấn đấu,đạt,hướng tới,trao tặng,trao,tặng,tặng quà,vào,gắn,gắn biển,theo từng,như,"
    "để,do,phục vụ,là,có sự tham gia,hoàn thành,phù hợp,kết hợp,liên quan,phải,đảm bảo,bảo đảm,dành cho,"
    "dành riêng,chào mừng,kỷ niệm,nhân kỷ niệm,hưởng ứng,có ít nhất,có hiệu quả,trị giá,tổng trị giá,đúng,mỗi,"
    "giúp,ra quân"
)
_SAME_SORT = phrases(
    "thể dục,thể thao,văn hóa,văn nghệ,phần việc,công trình,ngoại khóa,nghệ thuật,du lịch,khoa học,thiếu niên"
)
_OR_MORE = phrases("trở lên,trở xuống")
_USES = phrases("dùng,sử dụng,xài")
_RATIOS = phrases("tỷ lệ,tỉ lệ,tyle")
_STATED_BEFORE = phrases("tỷ lệ,tỉ lệ,tyle,số lượng,số,tổng số")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is counted and how much. Offsets are into the words read; ``start``..``end`` hold number and unit.

    ``unit`` is the span of the counted noun (of "%" for percentages), ``population`` that of what a percentage is of,
    ``rate`` that of "/tháng"; null where there is none. ``is_known`` tells that the noun is one that plans count;
    ``first``/``after`` are token indices of the whole.
    """

    start: int
    end: int
    first: int
    after: int
    number: Number
    unit: tuple[int, int] | None
    population: tuple[int, int] | None
    rate: tuple[int, int] | None
    is_known: bool


def quantities_in(words: str, written: str = "") -> list[Quantity]:
    """Return the quantities of bare words in order, none overlapping; a number that counts nothing is none. Linear.

    ``written`` is the same text with its diacritics, letter for letter, where it is at hand.
    """
    tokens = tokens_in(words, written)
    return quantities_among(tokens, references_among(words, tokens))


def quantities_among(tokens: Sequence[Token], references: set[int]) -> list[Quantity]:
    """Return the quantities among tokens, given which numerals count nothing (see ``references``)."""
    numbers = [number for number in numbers_among(tokens) if not _is_reference(number, references)]
    found = []
    for number in numbers:
        quantity = _percentage(tokens, number) if number.is_percent else _count(tokens, number)
        if quantity:
            found.append(quantity)
    return found


def _is_reference(number: Number, references: set[int]) -> bool:
    return not number.is_percent and any(index in references for index in range(number.digits, number.after))


def _count(tokens: Sequence[Token], number: Number) -> Quantity | None:
    """Read the unit behind a number; a bare number has none, and may still be filled from the words before it."""
    begin = number.after
    if is_fraction(tokens, number.digits):
        begin += 2
    while _text(tokens, begin) in {'"', "*"}:
        begin += 1
    if begin >= len(tokens) or tokens[begin].sort is not Sort.WORD or LEVELS.at(tokens, begin):
        return None if number.in_words else _bare(number)
    is_known = is_counted(tokens, begin)
    if number.in_words and (not is_known or is_duration(tokens, number.after - 1)):
        return None
    if _is_of_the_text(tokens, begin) or _is_single_use(tokens, number, begin):
        return None
    end = begin if NO_UNIT.at(tokens, begin) and not is_known else unit_end(tokens, begin)
    rate = _rate_at(tokens, end)
    after = rate if rate > end else end
    span = (tokens[begin].start, tokens[end - 1].end) if end > begin else None
    return Quantity(
        start=number.start,
        end=tokens[after - 1].end if after > begin else number.end,
        first=number.first,
        after=after if after > begin else number.after,
        number=number,
        unit=span,
        population=None,
        rate=(tokens[end].start, tokens[rate - 1].end) if rate > end else None,
        is_known=is_known,
    )


def _is_of_the_text(tokens: Sequence[Token], begin: int) -> bool:
    """Tell whether the noun tells how the text is made ("3 giải pháp"), and is no longer one that is counted."""
    length = OF_THE_TEXT.at(tokens, begin)
    return length > 0 and length >= THINGS.at(tokens, begin) and not COUNTED_ALL_THE_SAME.at(tokens, begin)


def _is_single_use(tokens: Sequence[Token], number: Number, begin: int) -> bool:
    """Tell whether "một lần" only says of a thing that it is thrown away: "túi dùng một lần"."""
    return _text(tokens, begin) == "lan" and _USES.before(tokens, number.first) > 0


def _bare(number: Number) -> Quantity:
    """Return a figure that stands by itself; its unit may be said before it ("Kết nạp đoàn viên mới: 120")."""
    return Quantity(number.start, number.end, number.first, number.after, number, None, None, None, False)


def is_counted(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a noun that plans count begins at the token."""
    return any(names.at(tokens, index) for names in (WORKS, THINGS, PEOPLE, BODIES))


def unit_end(tokens: Sequence[Token], begin: int) -> int:
    """Return the token behind the noun phrase that begins at ``begin``; ``begin`` itself where there is none."""
    head = max(names.at(tokens, begin) for names in (WORKS, THINGS, PEOPLE, BODIES))
    is_work = WORKS.at(tokens, begin) == head > 0 and not PEOPLE.at(tokens, begin)
    end = begin + head
    measured = _longest_measured(tokens, begin)
    limit = min(begin + (measured or (_LONGEST_UNIT if is_work else _LONGEST_THING)), len(tokens))
    while end < limit and _goes_on(tokens, begin, end, is_work):
        end += max(1, _MODIFIERS.at(tokens, end), 0 if is_work else PEOPLE.at(tokens, end))
    if end >= limit and limit < len(tokens) and not measured and _goes_on(tokens, begin, end, is_work):
        end = _last_comma(tokens, begin, end)
    return _without_tail(tokens, begin, min(end, len(tokens)))


def _longest_measured(tokens: Sequence[Token], begin: int) -> int:
    """Return how long the unit of a measure is ("km đường", "m kênh mương"); 0 where it is no measure."""
    measure = MEASURES.at(tokens, begin)
    return measure and measure + (THINGS.at(tokens, begin + measure) or _WORDS_MEASURED)


def _last_comma(tokens: Sequence[Token], begin: int, end: int) -> int:
    """Return where a list that grows too long breaks off: at its last comma, else where it was cut."""
    return next((i for i in range(end - 1, begin, -1) if tokens[i].text == ","), end)


def _goes_on(tokens: Sequence[Token], begin: int, index: int, is_work: bool) -> bool:
    """Tell whether the token still belongs to the name of what is counted."""
    token = tokens[index]
    if token.sort is Sort.NUMERAL:
        return False
    if token.sort is Sort.MARK:
        return index > begin and _mark_joins(tokens, index)
    if token.text in {"va", "hoac"}:
        return index > begin and _joins(tokens, index, is_work)
    if _is_level(tokens, index):
        return False
    return _work_goes_on(tokens, begin, index) if is_work else _thing_goes_on(tokens, index)


def _work_goes_on(tokens: Sequence[Token], begin: int, index: int) -> bool:
    """A work's name keeps its first verbs, and all behind "về"; a verb after some words tells what it is for."""
    if _OF_A_WORK.at(tokens, index):
        return True
    is_told = index - begin - WORKS.at(tokens, begin) >= _TELLING
    if is_told and _is_among(DOINGS, tokens, index) and all(token.text != "ve" for token in tokens[begin:index]):
        return False
    return not _STOPS_A_WORK.at(tokens, index) and not _is_among(LINKS, tokens, index)


def _thing_goes_on(tokens: Sequence[Token], index: int) -> bool:
    if _MODIFIERS.at(tokens, index) or PEOPLE.at(tokens, index) > DOINGS.at(tokens, index):
        return True
    return not _is_among(LINKS, tokens, index) and not _is_among(DOINGS, tokens, index)


def _is_level(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "cấp tỉnh" ends the name here; not where "về …" still tells what it is about."""
    if tokens[index].text != "cap" or tokens[index].written not in {"", "cap", "cấp"}:
        return False
    return all(token.text not in {"ve"} for token in tokens[index : index + _OF_A_LEVEL])


def _is_among(names: Phrases, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a phrase of the list begins here that is not a half of a compound ("ưu tú", "ngoại ngữ")."""
    length = names.at(tokens, index)
    return length > 0 and COMPOUNDS.at(tokens, index) <= length - 1 and not COMPOUNDS.at(tokens, index - 1)


def _mark_joins(tokens: Sequence[Token], index: int) -> bool:
    if tokens[index].text == "-":
        return index + 1 < len(tokens) and tokens[index + 1].sort is Sort.WORD
    return tokens[index].text == "," and (is_noun(tokens, index + 1) or bool(_SAME_SORT.at(tokens, index + 1)))


def _joins(tokens: Sequence[Token], index: int, is_work: bool) -> bool:
    """Tell whether "và", "hoặc" at the index go on naming the same: "cây xanh và hoa", "công trình hoặc phần việc"."""
    following = index + 1
    if following >= len(tokens) or tokens[following].sort is not Sort.WORD or _is_among(LINKS, tokens, following):
        return False
    if tokens[index].text == "hoac":
        return is_noun(tokens, following)
    return is_work or not _is_among(DOINGS, tokens, following)


def is_noun(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a counted noun begins here that is not rather a verb ("tập huấn", "giao lưu", "trao")."""
    return is_counted(tokens, index) and not DOINGS.at(tokens, index)


def _without_tail(tokens: Sequence[Token], begin: int, end: int) -> int:
    while end > begin + 1 and (length := _TAILS.before(tokens, end)) and end - length > begin:
        if tokens[end - 1].text == "moi" and end - begin <= 3:
            break
        end -= length
    return end


def _rate_at(tokens: Sequence[Token], index: int) -> int:
    """Return the token behind "/tháng", or behind a bracketed "(/tháng)"; ``index`` where no rate stands there."""
    if _text(tokens, index) != "/":
        return index
    begin = index + 1
    while _text(tokens, begin) in {"1", "01"}:
        begin += 1
    length = _RATES.at(tokens, begin)
    if not length and begin < len(tokens) and tokens[begin].sort is Sort.WORD:
        length = 1
    return begin + length if length else index


def _percentage(tokens: Sequence[Token], number: Number) -> Quantity:
    begin = _behind_bracket(tokens, number.after)
    end = population_end(tokens, begin)
    span = (tokens[begin].start, tokens[end - 1].end) if end > begin else None
    if span is None or not _names_a_population(tokens, begin):
        span = _population_before(tokens, number.first) or span
    after = max(end, begin)
    return Quantity(
        start=number.start,
        end=tokens[after - 1].end,
        first=number.first,
        after=after,
        number=number,
        unit=(tokens[number.after - 1].start, tokens[number.after - 1].end),
        population=span,
        rate=None,
        is_known=bool(span),
    )


def _names_a_population(tokens: Sequence[Token], begin: int) -> bool:
    """Tell people and bodies from a grade: "70% chi đoàn", not "chi đoàn: 70% xuất sắc"."""
    return is_counted(tokens, begin + _PLURALS.at(tokens, begin))


def _behind_bracket(tokens: Sequence[Token], index: int) -> int:
    """Return the token behind "(45/45)" in "100% (45/45) cơ sở Đoàn"."""
    if _text(tokens, index) != "(":
        return index
    return next((i + 1 for i in range(index + 1, min(index + 9, len(tokens))) if tokens[i].text == ")"), index)


def population_end(tokens: Sequence[Token], begin: int) -> int:
    """Return the token behind the population that begins at ``begin``; ``begin`` where a verb or a mark stands there.

    A population ends at what it does: "100% | chi đoàn cơ sở trực thuộc | tổ chức Đại hội".
    """
    start = begin + _PLURALS.at(tokens, begin)
    if _text(tokens, start) in {'"', "*"}:
        return begin
    head = max(PEOPLE.at(tokens, start), BODIES.at(tokens, start), THINGS.at(tokens, start))
    if not head and (start >= len(tokens) or tokens[start].sort is not Sort.WORD or DOINGS.at(tokens, start)):
        return begin
    if not head and NO_UNIT.at(tokens, start):
        return begin
    end = start + max(head, 1)
    while end < min(begin + _LONGEST_POPULATION, len(tokens)):
        token = tokens[end]
        name = max(PEOPLE.at(tokens, end), BODIES.at(tokens, end))
        if _OR_MORE.at(tokens, end):
            break
        if token.sort is Sort.NUMERAL or (_is_among(DOINGS, tokens, end) and DOINGS.at(tokens, end) >= name):
            break
        if token.sort is Sort.MARK and not _population_goes_on(tokens, end):
            break
        end += max(1, name)
    return _without_tail(tokens, begin, min(end, len(tokens)))


def _population_goes_on(tokens: Sequence[Token], index: int) -> bool:
    following = index + 1
    if tokens[index].text == "-":
        return True
    return tokens[index].text in {",", "/"} and (
        names_at(tokens, following) in {PEOPLE, BODIES} or _PLURALS.at(tokens, following) > 0
    )


def _population_before(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """Find the population of "tỷ lệ thanh niên được tập hợp đạt 65%" in the words before the figure."""
    floor = index
    while (
        floor > max(0, index - 24)
        and tokens[floor - 1].sort is not Sort.NUMERAL
        and tokens[floor - 1].text not in {";", ".", "("}
    ):
        floor -= 1
    named = _STATED_BEFORE.within(tokens, floor, index)
    begin = floor if named is None else named + _STATED_BEFORE.at(tokens, named)
    is_ratio = named is not None and _RATIOS.at(tokens, named) > 0
    for at in range(begin, index):
        is_thing = is_ratio and at == begin and THINGS.at(tokens, at) > 0
        if is_thing or PEOPLE.at(tokens, at) or BODIES.at(tokens, at):
            end = population_end(tokens[:index], at)
            return (tokens[at].start, tokens[end - 1].end) if end > at else None
    return None


def _text(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text if 0 <= index < len(tokens) else ""


def names_at(tokens: Sequence[Token], index: int) -> Phrases | None:
    """Return which list of nouns the noun at a token is of (the longest wins); null where it is of none."""
    lists = [(names.at(tokens, index), names) for names in (BODIES, PEOPLE, WORKS, THINGS)]
    length, names = max(lists, key=lambda pair: pair[0])
    return names if length else None
