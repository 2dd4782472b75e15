"""What speaks against a figure: the past, conditions, prizes, worth, places, mere parts of another figure."""

from collections.abc import Sequence

from plans.outline.shapes import Nature
from plans.vietnamese.nouns import BODIES, DOINGS, PEOPLE, THINGS, WORKS
from plans.vietnamese.numbers import Comparator
from plans.vietnamese.phrases import Sort, Token
from plans.vietnamese.quantities import Quantity, names_at
from targets.extraction import words
from targets.extraction.passages import Passage, Sentence
from targets.extraction.telling import Chosen, Told

_BRACKET_WITHIN = 40  # tokens


def is_refused(told: Told, quantity: Quantity, found: Sequence[Chosen]) -> bool:
    tokens, passage = told.passage.tokens, told.passage
    is_target_section = passage.nature is Nature.TARGETS
    if _is_past(told, quantity) or told.has_scoring:
        return True
    if told.has_condition and not is_target_section and not told.is_committed(quantity.first):
        return True
    if quantity.number.is_percent:
        if quantity.number.high == 0 and _repeats_none(told, quantity):
            return True
        return _is_structure(told, quantity)
    return (
        _is_prize_or_worth(tokens, told.sentence, quantity)
        or is_no_aim(told, quantity, found)
        or _is_breakdown(told, quantity)
        or _repeats_none(told, quantity)
        or (bool(found) and tokens[quantity.first - 1].text == "hoac" and not is_target_section)
    )


def _is_structure(told: Told, quantity: Quantity) -> bool:
    """Tell whether a share says how a body is made up ("cơ cấu nữ 30%"); "chưa đủ tuổi dưới 1%" speaks of an age."""
    tokens = told.passage.tokens
    found = words.STRUCTURE.within(tokens, max(told.sentence.first, quantity.first - 4), quantity.first)
    return found is not None and not words.OF_AGE.before(tokens, found + 1)


def is_no_aim(told: Told, quantity: Quantity, found: Sequence[Chosen]) -> bool:
    """Tell whether a count is spoken of, held or laid down instead of being striven for; what goes on with it is, too.

    ``found`` are the sentence's targets before it.
    """
    return _is_object_of_link(told, quantity, found) or _makes_up_a_body(told, quantity)


def _is_past(told: Told, quantity: Quantity) -> bool:
    if told.first_past is not None and told.first_past < quantity.first:
        return told.first_present is None or told.first_present > quantity.first
    return told.looks_back and not told.is_committed(quantity.first)


def _makes_up_a_body(told: Told, quantity: Quantity) -> bool:
    """Tell whether the figure says how large or of whom a body is, which is a rule or a fact and no aim.

    "01 đội trưởng", "triệu tập 200 đại biểu"; outside targets "toàn huyện có 45 chi đoàn", "không quá 02 người".
    """
    tokens, number, first = told.passage.tokens, quantity.number, quantity.first
    if _is_post(told, quantity) or _is_size_of_body(tokens, quantity) or _is_source(tokens, quantity):
        return True
    if told.passage.nature is Nature.TARGETS or told.is_committed(first):
        return False
    if words.CONTESTANTS.at(tokens, number.after) or number.comparator is Comparator.AT_MOST:
        return True
    is_held = words.HAS.before(tokens, first) > 0 and names_at(tokens, number.after) in {BODIES, PEOPLE}
    return is_held and told.named[first].each is None and number.comparator is Comparator.EXACTLY


def _is_post(told: Told, quantity: Quantity) -> bool:
    tokens, unit = told.passage.tokens, quantity.number.after
    if words.DELEGATES.at(tokens, unit):
        return words.CONGRESSES.within(tokens, told.sentence.first, told.sentence.after) is not None
    return words.POSTS.at(tokens, unit) > 0 and tokens[quantity.first - 1].text != "cho"


def _is_source(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Tell whether "từ" says where something comes from: "bầu từ 30 chi đoàn", "đến từ 12 trường"."""
    is_from = tokens[quantity.first].text == "tu" and quantity.number.comparator is Comparator.AT_LEAST
    return (
        is_from
        and bool(words.DRAWN.before(tokens, quantity.first))
        and names_at(tokens, quantity.number.after) is BODIES
    )


def _is_size_of_body(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Tell whether the figure tells which bodies are meant: "chi đoàn có trên 30 đoàn viên: …", "đối với … có …"."""
    first = quantity.first
    body = BODIES.before(tokens, first - 1)
    if tokens[first - 1].text != "co" or not body or not PEOPLE.at(tokens, quantity.number.after):
        return False
    is_condition = quantity.after < len(tokens) and tokens[quantity.after].text in {":", "thi"}
    return is_condition or words.OFTEN_BEFORE_A_BODY.before(tokens, first - 1 - body) > 0


def _repeats_none(told: Told, quantity: Quantity) -> bool:
    """Tell whether "(0 vụ)" only repeats the limit before it: "không có đoàn viên vi phạm (0 trường hợp)"."""
    tokens, first = told.passage.tokens, quantity.first
    if quantity.number.high != 0 or tokens[first - 1].text != "(" or told.passage.nature is not Nature.TARGETS:
        return False
    none_of = words.NONE_OF.within(tokens, told.sentence.first, first)
    return none_of is not None and names_at(tokens, none_of + words.NONE_OF.at(tokens, none_of)) is not None


def _is_prize_or_worth(tokens: Sequence[Token], sentence: Sentence, quantity: Quantity) -> bool:
    unit = quantity.number.after
    is_alone = 0 < words.ALONE.at(tokens, unit) == quantity.after - unit and not _is_named_before(
        tokens, sentence, unit
    )
    if words.PRIZES.at(tokens, unit) or is_alone:
        return True
    if not words.MONEY.at(tokens, unit):
        return False
    floor = max(sentence.first, quantity.first - 5)
    if words.TOTAL.within(tokens, floor, quantity.first) is not None:
        return False
    is_worth = words.WORTH.within(tokens, floor, quantity.first) is not None
    return is_worth or _rate_is_of_one(tokens, quantity) or _is_of_one(tokens, floor, quantity.first)


def _is_of_one(tokens: Sequence[Token], floor: int, first: int) -> bool:
    """Tell whether money is what one thing costs: "mỗi mô hình 5 triệu đồng"; not what each body is to raise."""
    each = next((at for at in range(first - 2, floor - 1, -1) if words.EACH.at(tokens, at)), None)
    if each is None or any(token.sort is Sort.MARK for token in tokens[each:first]):
        return False
    return names_at(tokens, each + 1) in {WORKS, THINGS}


def _is_named_before(tokens: Sequence[Token], sentence: Sentence, unit: int) -> bool:
    """Tell whether the name before the figure says what is meant: "Điểm vui chơi xây mới: 30 điểm"."""
    named = (at for at in range(sentence.first, unit) if tokens[at].text == tokens[unit].text)
    return any(max(THINGS.at(tokens, at), WORKS.at(tokens, at)) > 1 for at in named)


def _rate_is_of_one(tokens: Sequence[Token], quantity: Quantity) -> bool:
    return quantity.rate is not None and bool(
        words.RATE_OF_ONE.at(tokens, quantity.after - 1) or words.RATE_OF_ONE.at(tokens, quantity.after - 2)
    )


def _is_object_of_link(told: Told, quantity: Quantity, found: Sequence[Chosen]) -> bool:
    tokens, first = told.passage.tokens, quantity.first
    if words.DURING.before(tokens, first):
        return not (words.TREES.at(tokens, quantity.number.after) or _is_planting(told.passage, first - 1))
    is_target_section = told.passage.nature is Nature.TARGETS
    is_means = is_target_section and words.THROUGH.before(tokens, first) > 0 and WORKS.at(tokens, quantity.number.after)
    if words.SPEAKS_OF.before(tokens, first) > DOINGS.before(tokens, first) // 2 and not is_means:
        return True
    is_plain = quantity.number.comparator is Comparator.EXACTLY and told.named[first].each is None
    if is_plain and not is_target_section and (words.GOT.before(tokens, first) or _is_mere_place(told, quantity)):
        return True
    if words.HANDS_IN.before(tokens, first):
        return told.named[first].each is None or told.passage.nature is Nature.CARRYING_OUT
    if words.PLACES.before(tokens, first):
        return bool(found) or not is_target_section
    is_bounded = quantity.number.comparator in {Comparator.AT_LEAST, Comparator.RANGE}
    return bool(words.WITH.before(tokens, first)) and not is_target_section and not is_bounded


def _is_mere_place(told: Told, quantity: Quantity) -> bool:
    """Tell whether only places are counted, and nothing is promised of them: "tập trung cho 141 xã, phường"."""
    return (
        not told.is_committed(quantity.first) and words.PLACE_NAMES.at(told.passage.tokens, quantity.number.after) > 0
    )


def _is_planting(passage: Passage, index: int) -> bool:
    """Tell "trồng" from "trong": bare they are alike, so look at what is written."""
    token = passage.tokens[index]
    return passage.written[token.start : token.end].lower() not in {"trong"}


def _is_breakdown(told: Told, quantity: Quantity) -> bool:
    """A figure in brackets behind another one only explains it: "20 công trình (05 cấp tỉnh)"."""
    tokens = told.passage.tokens
    for index in range(quantity.first - 1, max(told.sentence.first, quantity.first - _BRACKET_WITHIN) - 1, -1):
        if tokens[index].text == ")":
            return False
        if tokens[index].text == "(":
            return told.first_quantity < index
    return False
