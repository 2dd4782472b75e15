"""Numbers as documents write them: "1.500", "01", "1,6 triệu", "hai mươi", "từ 70-80", "ít nhất 02", "90% trở lên".

From tokens to numbers with their bounds. Which of them count something is told in ``quantities``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from plans.vietnamese.phrases import Phrases, Sort, Token, phrases, tokens_in


class Comparator(StrEnum):
    """What the words say of the figure (contracts: Reading a document)."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    PERCENT = "percent"


class Oddity(StrEnum):
    """Bounds that contradict themselves; the code is the contradiction's kind."""

    OVER_RANGE = "over_range"  # "trên 1-2"
    AT_LEAST_RANGE = "at_least_range"  # "ít nhất 01 - 02"
    AT_MOST_RANGE = "at_most_range"  # "tối đa 3-5"
    REVERSED_RANGE = "reversed_range"  # "200 - 150"


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its bounds. ``start``..``end`` hold the words from the comparator to the last digit or "%".

    ``low``/``high`` are null where open. ``first`` is the token of the comparator (or the first digit), ``digits`` that
    of the first digit, ``after`` the first behind it all. ``in_words`` is set for "một", "hai mươi".
    """

    start: int
    end: int
    first: int
    digits: int
    after: int
    comparator: Comparator
    low: Decimal | None
    high: Decimal | None
    is_percent: bool
    in_words: bool
    oddity: Oddity | None = None


@dataclass(frozen=True, slots=True)
class _Value:
    amount: Decimal
    after: int
    is_percent: bool
    magnitude: Decimal


_AT_LEAST = phrases(
    "it nhat,itnhat,toi thieu,toithieu,khong duoi,khong it hon,khong thap hon,trên,hơn,nhieu hon,lon hon,"
    "cao hon,vượt,thap nhat,từ,>,>=,≥"
)
_OVER = phrases("trên,hơn,nhieu hon,lon hon,cao hon,vượt,>")
_FROM = phrases("từ")
_AT_MOST = phrases("khong qua,khong vuot qua,khong nhieu hon,toi da,dưới,nhieu nhat,it hon,chua den,<,<=,≤")
# Words that may stand between the comparator and the figure: "ít nhất đạt từ 70", "tối thiểu phải có 02".
_FILLERS = phrases("đạt,là,được,có,phải có,phải,khoảng,từ,có thêm,thêm,đủ,thực hiện,tổ chức")
_OR_MORE = phrases("tro len,hoac hon,hoac nhieu hon")
_OR_LESS = phrases("tro xuong")
_TO = phrases("-,đến,tới,- đến,hoặc,~")
# "một số", "một cách", "một cửa": no count.
_NO_COUNT = phrases(
    "số,cách,trong,loạt,thời,phần,cửa,vài,bên,chút,ít,lòng,đời,dải,lần nữa,trong những,trong các,mặt,số ít,"
    "chiều,mai,khi,lúc,hướng,thể,nhà"
)
_COUNT_ALL_THE_SAME = phrases("phần việc,phần quà,mặt trận,nhà tình nghĩa,nhà nhân ái,nhà đại đoàn kết,nhà vệ sinh")
# A grade or a level that "trở lên" belongs to, and no more who is meant.
_NOT_A_LEVEL = frozenset({
    "kha", "tot", "gioi", "trung", "binh", "xuat", "sac", "dat", "chuan", "len", "thi", "hoc", "tuoi", "cap", "tu",
    "loai", "muc", "hang", "xep", "bac",
})  # fmt: skip
_LEVEL_ALL_THE_SAME = (("uu", "tu"),)  # "ưu tú" is no "từ"
_OR_MORE_WITHIN = 6  # tokens

_MAGNITUDES = {
    "nghin": Decimal(1_000),
    "ngan": Decimal(1_000),
    "van": Decimal(10_000),
    "trieu": Decimal(1_000_000),
    "ty": Decimal(1_000_000_000),
    "ti": Decimal(1_000_000_000),
}
# As they are written, so that "ngân hàng", "văn bản" and "vận động viên" are none.
_MAGNITUDE_NAMES = phrases("nghìn,ngàn,vạn,triệu,tỷ,tỉ")
_ONES = dict(zip(["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"], range(1, 11), strict=True))
# Without a comparator, these read as numbers; the others are too often other words once bare (năm, sâu, tạm, chín).
_PLAIN_ONES = frozenset({"mot", "hai", "ba", "bon"})
_HALF = "nua"
_SPELLINGS = frozenset({"nửa", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười"})
_LAST_ONES = {**_ONES, "lam": 5, "tu": 4, "nham": 5}
_LONGEST_NUMERAL = 15


def numbers_in(words: str) -> list[Number]:
    """Return the numbers of bare words in order, none overlapping. Dates, years and codes are among them."""
    return numbers_among(tokens_in(words))


def numbers_among(tokens: Sequence[Token]) -> list[Number]:
    """Return the numbers among tokens in order (see ``numbers_in``)."""
    found: list[Number] = []
    index = 0
    while index < len(tokens):
        number = _number_at(tokens, index, found[-1].after if found else 0)
        if number:
            found.append(number)
        index = number.after if number else index + 1
    return found


def amount_of(numeral: str) -> Decimal | None:
    """Return what digits with points and commas amount to, null where they are no number ("15.3.2024").

    Groups of three digits are thousands, whichever mark parts them; one other group is the decimals.
    """
    if len(numeral) > _LONGEST_NUMERAL:
        return None
    groups = numeral.replace(",", ".").split(".")
    if all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3:
        return Decimal("".join(groups))
    if len(groups) == 1:
        return Decimal(numeral)
    marks = [mark for mark in numeral if mark in ".,"]
    whole, last = groups[:-1], groups[-1]
    if len(whole) == 1 or (marks[-1] != marks[0] and all(len(group) == 3 for group in whole[1:])):
        return Decimal("".join(whole) + "." + last)
    return None


def _number_at(tokens: Sequence[Token], index: int, floor: int) -> Number | None:
    """Return the number whose digits begin at ``index``; what stands before ``floor`` belongs to another."""
    token = tokens[index]
    in_words = token.sort is Sort.WORD
    if token.sort is Sort.MARK or (in_words and token.text not in _ONES and token.text != _HALF):
        return None
    low = _words_at(tokens, index) if in_words else _numeral_at(tokens, index)
    if low is None:
        return None
    first, bound = _bound_before(tokens, index, floor)
    if in_words and low.after == index + 1 and (_is_no_count(tokens, index + 1) or _is_other_word(token, bound)):
        return None
    high = _upper_at(tokens, low, in_words)
    if high:
        return _range(tokens, first, index, low, high, bound, in_words)
    return _single(tokens, first, index, low, bound, in_words)


def _is_no_count(tokens: Sequence[Token], index: int) -> bool:
    return _NO_COUNT.at(tokens, index) > 0 and not _COUNT_ALL_THE_SAME.at(tokens, index)


def _is_other_word(token: Token, bound: Phrases | None) -> bool:
    """Tell whether a lone syllable is rather another word: "năm" the year, "sâu", "tạm"."""
    if token.text != "nam" and not token.written.isascii():
        return token.written not in _SPELLINGS
    return bound is None and token.text not in _PLAIN_ONES and token.text != _HALF


def _numeral_at(tokens: Sequence[Token], index: int) -> _Value | None:
    token = tokens[index] if index < len(tokens) else None
    amount = amount_of(token.text) if token and token.sort is Sort.NUMERAL else None
    if amount is None:
        return None
    after = _behind_repetition(tokens, index + 1)
    magnitude = Decimal(1)
    if named := _magnitude_at(tokens, after):
        magnitude, after = named, after + 1
    is_percent = after < len(tokens) and tokens[after].text in "%℅"
    is_percent_in_words = _texts(tokens, after, 2) == ("phan", "tram")
    return _Value(
        _plain(amount * magnitude),
        after + is_percent + 2 * is_percent_in_words,
        is_percent or is_percent_in_words,
        magnitude,
    )


def _magnitude_at(tokens: Sequence[Token], index: int) -> Decimal | None:
    """Return what "nghìn", "triệu" stands for; null for other words, and for money's, which its unit keeps."""
    if not _MAGNITUDE_NAMES.at(tokens, index) or _is_money(tokens, index + 1):
        return None
    return _MAGNITUDES[tokens[index].text]


def _plain(amount: Decimal) -> Decimal:
    """Return the amount without idle decimals: 1,6 million is 1600000."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()


def _behind_repetition(tokens: Sequence[Token], index: int) -> int:
    """Return the token behind "(một)" in "01 (một) công trình", "(12)" in "mười hai (12) lớp"."""
    if _texts(tokens, index, 1) != ("(",):
        return index
    inside = _words_at(tokens, index + 1) or _numeral_at(tokens, index + 1)
    return inside.after + 1 if inside and _texts(tokens, inside.after, 1) == (")",) else index


def _half_at(tokens: Sequence[Token], index: int) -> _Value | None:
    """Read "nửa triệu", "nửa tỷ"; of money the magnitude belongs to the unit ("nửa tỷ đồng")."""
    if not _is_word(tokens, index) or tokens[index].text != _HALF or not _is_word(tokens, index + 1):
        return None
    if _MAGNITUDE_NAMES.at(tokens, index + 1) and _is_money(tokens, index + 2):
        return _Value(Decimal("0.5"), index + 1, False, Decimal(1))
    magnitude = _magnitude_at(tokens, index + 1)
    if magnitude is None:
        return None
    return _Value(magnitude / 2, _behind_repetition(tokens, index + 2), False, Decimal(1))


def _words_at(tokens: Sequence[Token], index: int) -> _Value | None:
    """Read "hai", "mười lăm", "hai mươi mốt", "một trăm", "ba nghìn", "nửa triệu"."""
    if half := _half_at(tokens, index):
        return half
    if not _is_word(tokens, index) or tokens[index].text not in _ONES:
        return None
    amount, after = _ONES[tokens[index].text], index + 1
    following = tokens[after].text if _is_word(tokens, after) else ""
    if following == "muoi":
        amount, after = amount * 10, after + 1
        following = tokens[after].text if _is_word(tokens, after) else ""
    elif following == "tram":
        return _Value(Decimal(amount * 100), after + 1, False, Decimal(1))
    if amount >= 10 and following in _LAST_ONES and following != "muoi" and following not in {"nam", "tu", "sau"}:
        amount, after = amount + _LAST_ONES[following], after + 1
    elif magnitude := _magnitude_at(tokens, after):
        return _Value(amount * magnitude, after + 1, False, Decimal(1))
    return _Value(Decimal(amount), _behind_repetition(tokens, after), False, Decimal(1))


def _upper_at(tokens: Sequence[Token], low: _Value, in_words: bool) -> _Value | None:
    joined = _TO.at(tokens, low.after)
    if not joined:
        return None
    index = low.after + joined
    if _FROM.at(tokens, index):
        return None
    return _words_at(tokens, index) if in_words else _numeral_at(tokens, index)


def _bound_before(tokens: Sequence[Token], index: int, floor: int) -> tuple[int, Phrases | None]:
    """Return where the comparator before the figure begins, and which sort it is; the figure itself where none is."""
    at, first = index, index
    if index == floor or tokens[index - 1].sort is Sort.NUMERAL:
        return index, None
    bound: Phrases | None = None
    for _ in range(3):
        candidate = max(_AT_MOST, _AT_LEAST, key=lambda bounds: bounds.before(tokens, at))
        length = candidate.before(tokens, at)
        if length and at - length >= floor:
            bound, first = _sort_of_bound(candidate, tokens, at), at - length
        if bound is not None and bound is not _FROM:
            return first, bound
        filler = _FILLERS.before(tokens, at)
        if not filler or at - filler < floor:
            break
        at -= filler
    return first, bound


def _sort_of_bound(candidate: Phrases, tokens: Sequence[Token], at: int) -> Phrases:
    """Tell "từ" (open above unless "đến" follows) and "trên" (odd before a range) from "ít nhất"."""
    for narrower in (_FROM, _OVER):
        if candidate is _AT_LEAST and narrower.before(tokens, at) == _AT_LEAST.before(tokens, at):
            return narrower
    return candidate


def _range(
    tokens: Sequence[Token], first: int, digits: int, low: _Value, high: _Value, bound: Phrases | None, in_words: bool
) -> Number:
    lower, upper = low.amount, high.amount
    if low.magnitude == 1 and high.magnitude > 1 and lower < upper:
        lower *= high.magnitude
    oddity = (
        {_OVER: Oddity.OVER_RANGE, _AT_LEAST: Oddity.AT_LEAST_RANGE, _AT_MOST: Oddity.AT_MOST_RANGE}.get(bound)
        if bound
        else None
    )
    if lower > upper:
        lower, upper, oddity = upper, lower, Oddity.REVERSED_RANGE
    return Number(
        start=tokens[first].start,
        end=tokens[high.after - 1].end,
        first=first,
        digits=digits,
        after=high.after,
        comparator=Comparator.RANGE,
        low=lower,
        high=upper,
        is_percent=low.is_percent or high.is_percent,
        in_words=in_words,
        oddity=oddity,
    )


def _single(
    tokens: Sequence[Token], first: int, digits: int, value: _Value, bound: Phrases | None, in_words: bool
) -> Number:
    comparator = Comparator.PERCENT if value.is_percent else Comparator.EXACTLY
    after = value.after + max(_OR_MORE.at(tokens, value.after), _OR_LESS.at(tokens, value.after))
    if bound is _AT_MOST or _follows(tokens, value, _OR_LESS):
        comparator = Comparator.AT_MOST
    elif bound is not None or _follows(tokens, value, _OR_MORE):
        comparator = Comparator.AT_LEAST
    return Number(
        start=tokens[first].start,
        end=tokens[after - 1].end,
        first=first,
        digits=digits,
        after=after,
        comparator=comparator,
        low=None if comparator is Comparator.AT_MOST else value.amount,
        high=None if comparator is Comparator.AT_LEAST else value.amount,
        is_percent=value.is_percent,
        in_words=in_words,
    )


def _follows(tokens: Sequence[Token], value: _Value, bound: Phrases) -> bool:
    """Tell whether "trở lên" stands behind the figure or its unit ("02 công trình trở lên"), not behind a grade."""
    if not _is_word(tokens, value.after):
        return False
    for index in range(value.after, min(value.after + _OR_MORE_WITHIN, len(tokens))):
        if bound.at(tokens, index):
            return True
        is_comma = tokens[index].text == ","
        if not is_comma and (not _is_word(tokens, index) or _is_level(tokens, index)):
            return False
    return False


def _is_level(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a grade or a new comparator stands here, which "trở lên" belongs to."""
    pair = _texts(tokens, index - 1, 2) if index else ()
    return tokens[index].text in _NOT_A_LEVEL and pair not in _LEVEL_ALL_THE_SAME


def _is_money(tokens: Sequence[Token], index: int) -> bool:
    return _texts(tokens, index, 1) in {("dong",), ("vnd",), ("d",)}


def _is_word(tokens: Sequence[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].sort is Sort.WORD


def _texts(tokens: Sequence[Token], index: int, length: int) -> tuple[str, ...]:
    return tuple(token.text for token in tokens[index : index + length])
