"""The unit of a bare figure, borrowed from the words before it: "Kết nạp đoàn viên mới: 500"."""

from collections.abc import Sequence

from plans.outline.shapes import Nature
from plans.vietnamese.nouns import DOINGS, LEVELS, PEOPLE, THINGS, WORKS
from plans.vietnamese.phrases import Sort, Token
from plans.vietnamese.quantities import Quantity, unit_end
from targets.extraction.passages import Passage, Sentence
from targets.extraction.telling import Chosen

# Tokens: how far before its colon a name may begin, how far a colon may stand before the figure.
_NAMED_WITHIN = 20
_COLON_WITHIN = 6
_LISTS = frozenset({",", ";", "va", "("})


def borrowed_unit(
    passage: Passage, sentence: Sentence, quantity: Quantity, found: Sequence[Chosen]
) -> tuple[int, int] | None:
    """Find the unit of a bare figure: "Kết nạp đoàn viên mới: 500", "cấp tỉnh 02 công trình, cấp huyện 12".

    Also of one with a level in place of a unit: "40 công trình cấp xã, 02 cấp tỉnh".
    """
    tokens, first = passage.tokens, quantity.first
    if passage.nature is not Nature.TARGETS or quantity.number.in_words:
        return None
    level = LEVELS.at(tokens, quantity.number.after)
    after = quantity.number.after + level
    if after < sentence.after and tokens[after].text not in {",", ";", ".", ")", "("}:
        return None
    floor = max(sentence.first, first - _COLON_WITHIN)
    colon = next((at for at in range(first - 1, floor - 1, -1) if tokens[at].text == ":"), None)
    if colon is not None and not level:
        return _named_before(tokens, sentence, colon)
    goes_on = tokens[first - 1].text in _LISTS if level else tokens[first - 1].sort is Sort.WORD
    return _unit_of_count(found[-1]) if found and goes_on else None


def _unit_of_count(target: Chosen) -> tuple[int, int] | None:
    return None if target.quantity.number.is_percent else target.quantity.unit or target.borrowed_unit


def _named_before(tokens: Sequence[Token], sentence: Sentence, colon: int) -> tuple[int, int] | None:
    for index in range(max(sentence.first, colon - _NAMED_WITHIN), colon):
        if any(names.at(tokens, index) for names in (PEOPLE, THINGS, WORKS)) and not DOINGS.at(tokens, index):
            end = min(unit_end(tokens, index), colon)
            return (tokens[index].start, tokens[end - 1].end) if end > index else None
    return None
