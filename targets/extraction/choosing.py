"""Which quantities are targets: reasons for and against, by what the section is for and by the words around the figure.

In a section of targets whatever is counted is one unless something speaks against it; elsewhere something must
speak for it.
"""

from collections.abc import Sequence
from dataclasses import replace

from plans.outline.shapes import Nature
from plans.vietnamese.nouns import BODIES, DOINGS, THINGS, WORKS
from plans.vietnamese.numbers import Comparator
from plans.vietnamese.phrases import Sort, Token
from plans.vietnamese.quantities import Quantity, names_at
from targets.extraction import words
from targets.extraction.borrowing import borrowed_unit
from targets.extraction.passages import Passage, Sentence
from targets.extraction.refusing import is_no_aim, is_refused
from targets.extraction.telling import Chosen, Told

_OWED_WITHIN = 40  # tokens: how far a share's own count may stand behind it


def choose(passage: Passage) -> list[Chosen]:
    """Return the targets of a passage in order."""
    if passage.nature is Nature.REVIEW or passage.counts_nothing:
        return []
    chosen: list[Chosen] = []
    at, quantities = 0, passage.quantities
    for sentence in passage.sentences:
        mine = []
        while at < len(quantities) and quantities[at].first < sentence.after:
            mine.append(quantities[at])
            at += 1
        if mine:
            chosen.extend(_of_sentence(passage, sentence, mine))
    return chosen


def _of_sentence(passage: Passage, sentence: Sentence, quantities: Sequence[Quantity]) -> list[Chosen]:
    told = Told.of(passage, sentence, quantities[0].first)
    found: list[Chosen] = []
    refused: Quantity | None = None
    for quantity in quantities:
        if refused and _goes_on_listing(passage.tokens, refused, quantity):
            refused = quantity
            continue
        refused = None
        outer = found[-1] if found else None
        if outer and outer.inner is None and _is_owed_by(passage, outer.quantity, quantity):
            found[-1] = replace(outer, inner=quantity)
            continue
        unit = None if quantity.unit else borrowed_unit(passage, sentence, quantity, found)
        if (quantity.unit or unit) and _is_target(told, quantity, found, borrowed=unit is not None):
            found.append(Chosen(quantity, sentence, told.named[quantity.first], None, unit))
        elif not quantity.number.is_percent and is_no_aim(told, quantity, found):
            refused = quantity
    return found


def _goes_on_listing(tokens: Sequence[Token], refused: Quantity, quantity: Quantity) -> bool:
    """Tell whether only "và" parts a figure from one that is no target: "tại 27 xã và 2 huyện", "về 60 mốc, 7 cọc"."""
    between = [token.text for token in tokens[refused.after : min(quantity.first, refused.after + 2)]]
    return quantity.first - refused.after <= 1 and set(between) <= {",", "va", "voi"}


def _is_target(told: Told, quantity: Quantity, found: Sequence[Chosen], *, borrowed: bool) -> bool:
    if is_refused(told, quantity, found):
        return False
    nature = told.passage.nature
    if nature is Nature.TARGETS:
        tokens = told.passage.tokens
        return (
            quantity.is_known or borrowed or _reads_as_count(tokens, quantity) or _goes_on_with(tokens, quantity, found)
        )
    if borrowed or not quantity.is_known:
        return False
    if nature is Nature.CALENDAR:
        is_promised = quantity.number.is_percent or _is_bound_to_each(told, quantity) or _is_promised(told, quantity)
        return not told.passage.is_row and is_promised
    is_administrative = told.has_report or told.has_condition
    if nature is Nature.CARRYING_OUT and is_administrative and not told.is_committed(quantity.first):
        return False
    return _speaks_for(told, quantity)


def _is_promised(told: Told, quantity: Quantity) -> bool:
    """Tell whether a calendar's words are a commitment all the same: "phấn đấu … ít nhất 3.000 cây","
    " without a day."""
    return (
        told.is_committed(quantity.first) and quantity.number.comparator is not Comparator.EXACTLY and not told.has_day
    )


def _speaks_for(told: Told, quantity: Quantity) -> bool:
    """Tell whether a count outside the sections of targets is a strong commitment."""
    number, first = quantity.number, quantity.first
    is_bound = number.is_percent or number.comparator is not Comparator.EXACTLY
    if is_bound or _is_bound_to_each(told, quantity) or told.is_committed(first) or _is_assigned(told, quantity):
        return True
    if number.in_words:
        return DOINGS.before(told.passage.tokens, first) > 0
    is_event = told.has_day and WORKS.at(told.passage.tokens, number.after) > 0
    if told.passage.nature is Nature.CARRYING_OUT or is_event:
        return False
    return told.first_doing is not None and told.first_doing < first


def _is_assigned(told: Told, quantity: Quantity) -> bool:
    """Tell whether a sort of body and a colon stand before the first figure: "Đoàn trường học: 01 công trình"."""
    tokens, begin = told.passage.tokens, told.sentence.first
    begin = next((at for at in range(begin, quantity.first) if tokens[at].sort is Sort.WORD), begin)
    is_first = told.first_quantity == quantity.first and tokens[quantity.first - 1].text == ":"
    return is_first and names_at(tokens, begin) is BODIES


def _is_bound_to_each(told: Told, quantity: Quantity) -> bool:
    if told.named[quantity.first].each is not None:
        return True
    return quantity.rate is not None and words.TIMES.at(told.passage.tokens, quantity.after - 1) > 0


def _reads_as_count(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Tell whether a figure before an unlisted noun looks like a count: bounded or of two digits ("05")."""
    digits = tokens[quantity.number.digits].text
    return quantity.number.comparator is not Comparator.EXACTLY or len(digits) > 1


def _goes_on_with(tokens: Sequence[Token], quantity: Quantity, found: Sequence[Chosen]) -> bool:
    """Tell whether the figure goes on with a list of targets: "30 suất quà, 5 góc học tập"."""
    return (
        bool(found)
        and tokens[quantity.first - 1].text in {",", ";", "va"}
        and (found[-1].quantity.after == quantity.first - 1)
    )


def _is_owed_by(passage: Passage, outer: Quantity, inner: Quantity) -> bool:
    """Tell whether the count is what the carriers of a share owe: nothing but words between, no new clause."""
    if not outer.number.is_percent or outer.population is None or inner.number.is_percent or inner.unit is None:
        return False
    tokens = passage.tokens
    if inner.first - outer.number.after > _OWED_WITHIN or words.CHANGES.before(tokens, outer.first):
        return False
    between = {token.text for token in tokens[outer.number.after : inner.first]}
    if names_at(tokens, outer.number.after) in {THINGS, WORKS} and between & {"va", ","}:
        return False  # "giữ sạch 100% tuyến đường và làm thêm 05 tuyến": no road makes roads
    return not between & {";", "("} and not _is_of_another(tokens, outer, inner)


def _is_of_another(tokens: Sequence[Token], outer: Quantity, inner: Quantity) -> bool:
    """Tell whether a body of its own stands before the count: "100% chi đoàn có sổ, Đoàn trường 01 công trình"."""
    begin = next((at for at in range(inner.first - 1, outer.after, -1) if tokens[at].text == ","), None)
    return begin is not None and BODIES.at(tokens, begin + 1) == inner.first - begin - 1 > 0
