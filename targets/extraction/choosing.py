"""Which quantities are targets: reasons for and against, by what the section is for and by the words around the figure.

In a section of targets whatever is counted is one unless something speaks against it; elsewhere something must
speak for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from plans.outline.shapes import Nature
from plans.vietnamese.nouns import BODIES, DOINGS, PEOPLE, THINGS, WORKS
from plans.vietnamese.numbers import Comparator
from plans.vietnamese.phrases import Sort, Token
from plans.vietnamese.quantities import Quantity, names_at, unit_end
from plans.vietnamese.times import Precision
from targets.extraction import words
from targets.extraction.passages import Passage, Sentence

# Tokens: how far a share's own count may stand behind it, how far a name before its
# colon, how far back a bracket may open.
_OWED_WITHIN = 40
_NAMED_WITHIN = 20
_BRACKET_WITHIN = 40


@dataclass(frozen=True)
class Named:
    """Where the words that name a figure's carriers begin: "mỗi đoàn xã","
    " "toàn Đoàn"; null where nothing is named."""

    each: int | None = None
    together: int | None = None


@dataclass(frozen=True)
class Chosen:
    """A quantity that is a target. ``inner`` is the count that a share's carriers owe ("100% … có ít nhất 01 …")."""

    quantity: Quantity
    sentence: Sentence
    named: Named
    inner: Quantity | None = None
    borrowed_unit: tuple[int, int] | None = None


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
    told = _Told.of(passage, sentence, quantities[0].first)
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
        unit = None if quantity.unit else _borrowed(passage, sentence, quantity, found)
        if (quantity.unit or unit) and _is_target(told, quantity, found, borrowed=unit is not None):
            found.append(Chosen(quantity, sentence, told.named[quantity.first], None, unit))
        elif not quantity.number.is_percent and _is_object_of_link(told, quantity, found):
            refused = quantity
    return found


def _goes_on_listing(tokens: Sequence[Token], refused: Quantity, quantity: Quantity) -> bool:
    """Tell whether only "và" parts a figure from one that is no target: "tại 27 xã và 2 huyện", "về 60 mốc,"
    " 7 cọc"."""
    between = [token.text for token in tokens[refused.after : min(quantity.first, refused.after + 2)]]
    return quantity.first - refused.after <= 1 and set(between) <= {",", "va", "voi"}


@dataclass(frozen=True)
class _Told:
    """What a sentence says before one looks at its figures."""

    passage: Passage
    sentence: Sentence
    named: dict[int, Named]
    first_quantity: int
    first_commitment: int | None
    first_past: int | None
    first_doing: int | None
    has_condition: bool
    has_report: bool
    has_day: bool

    @classmethod
    def of(cls, passage: Passage, sentence: Sentence, first_quantity: int) -> "_Told":
        tokens, span = passage.tokens, (sentence.first, sentence.after)
        times = passage.times_between(tokens[sentence.first].start, tokens[sentence.after - 1].end)
        return cls(
            passage=passage,
            sentence=sentence,
            named=_carriers_named(tokens, sentence),
            first_quantity=first_quantity,
            first_commitment=words.COMMITS.within(tokens, *span),
            first_past=words.PAST.within(tokens, *span),
            first_doing=DOINGS.within(tokens, *span),
            has_condition=words.CONDITIONS.within(tokens, *span) is not None,
            has_report=words.REPORTS.within(tokens, *span) is not None,
            has_day=any(time.precision in {Precision.DAY, Precision.MONTH} for time in times),
        )

    def is_committed(self, index: int) -> bool:
        """Whether "phấn đấu", "chỉ tiêu" or the like stands before the token."""
        return self.first_commitment is not None and self.first_commitment < index


def _carriers_named(tokens: Sequence[Token], sentence: Sentence) -> dict[int, Named]:
    """Return for every token of a sentence that begins a figure's words which carriers are named for it.

    "mỗi đoàn xã" holds until a semicolon, and beyond it where a colon stands before ("Mỗi đoàn xã: …; …; …").
    """
    named: dict[int, Named] = {}
    each = together = None
    said = Named()
    is_list = False
    for index in range(sentence.first, sentence.after):
        text = tokens[index].text
        if text == ";" and not is_list:
            each = None
        elif text == ":":
            is_list = each is not None
        elif is_each(tokens, index):
            each, is_list = index, False
        elif words.TOGETHER.at(tokens, index):
            together, each = index, None
        if (said.each, said.together) != (each, together):
            said = Named(each, together)
        named[index] = said
    return named


def is_each(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "mỗi" with a body or people behind it stands here ("mới" looks alike once bare)."""
    length = words.EACH.at(tokens, index)
    return length > 0 and names_at(tokens, index + length) in {BODIES, PEOPLE}


def _is_target(told: _Told, quantity: Quantity, found: Sequence[Chosen], *, borrowed: bool) -> bool:
    if _is_refused(told, quantity, found):
        return False
    nature = told.passage.nature
    if nature is Nature.TARGETS:
        return quantity.is_known or borrowed or _reads_as_count(told.passage.tokens, quantity)
    if borrowed or not quantity.is_known:
        return False
    if nature is Nature.CALENDAR:
        is_promised = quantity.number.is_percent or _is_bound_to_each(told, quantity) or _is_promised(told, quantity)
        return not told.passage.is_row and is_promised
    is_administrative = told.has_report or told.has_condition
    if nature is Nature.CARRYING_OUT and is_administrative and not told.is_committed(quantity.first):
        return False
    return _speaks_for(told, quantity)


def _is_promised(told: _Told, quantity: Quantity) -> bool:
    """Tell whether a calendar's words are a commitment all the same: "phấn đấu … ít nhất 3.000 cây","
    " without a day."""
    return (
        told.is_committed(quantity.first) and quantity.number.comparator is not Comparator.EXACTLY and not told.has_day
    )


def _speaks_for(told: _Told, quantity: Quantity) -> bool:
    """Tell whether a count outside the sections of targets is a strong commitment."""
    number, first = quantity.number, quantity.first
    is_bound = number.is_percent or number.comparator is not Comparator.EXACTLY
    if is_bound or _is_bound_to_each(told, quantity) or told.is_committed(first):
        return True
    if number.in_words:
        return DOINGS.before(told.passage.tokens, first) > 0
    is_event = told.has_day and WORKS.at(told.passage.tokens, number.after) > 0
    if told.passage.nature is Nature.CARRYING_OUT or is_event:
        return False
    return told.first_doing is not None and told.first_doing < first


def _is_bound_to_each(told: _Told, quantity: Quantity) -> bool:
    if told.named[quantity.first].each is not None:
        return True
    return quantity.rate is not None and words.TIMES.at(told.passage.tokens, quantity.after - 1) > 0


def _reads_as_count(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Tell whether a figure before an unlisted noun looks like a count: bounded or of two digits ("05")."""
    digits = tokens[quantity.number.digits].text
    return quantity.number.comparator is not Comparator.EXACTLY or len(digits) > 1


def _is_refused(told: _Told, quantity: Quantity, found: Sequence[Chosen]) -> bool:
    tokens, passage = told.passage.tokens, told.passage
    is_target_section = passage.nature is Nature.TARGETS
    if told.first_past is not None and told.first_past < quantity.first:
        return True
    if told.has_condition and not is_target_section and not told.is_committed(quantity.first):
        return True
    if quantity.number.is_percent:
        return words.STRUCTURE.within(tokens, max(told.sentence.first, quantity.first - 4), quantity.first) is not None
    return (
        _is_prize_or_worth(tokens, told.sentence, quantity)
        or _is_object_of_link(told, quantity, found)
        or _is_breakdown(told, quantity)
        or (bool(found) and tokens[quantity.first - 1].text == "hoac")
    )


def _is_prize_or_worth(tokens: Sequence[Token], sentence: Sentence, quantity: Quantity) -> bool:
    unit = quantity.number.after
    if words.PRIZES.at(tokens, unit) or 0 < words.ALONE.at(tokens, unit) == quantity.after - unit:
        return True
    if not words.MONEY.at(tokens, unit):
        return False
    floor = max(sentence.first, quantity.first - 5)
    if words.TOTAL.within(tokens, floor, quantity.first) is not None:
        return False
    return _rate_is_of_one(tokens, quantity) or words.WORTH.within(tokens, floor, quantity.first) is not None


def _rate_is_of_one(tokens: Sequence[Token], quantity: Quantity) -> bool:
    return quantity.rate is not None and bool(
        words.RATE_OF_ONE.at(tokens, quantity.after - 1) or words.RATE_OF_ONE.at(tokens, quantity.after - 2)
    )


def _is_object_of_link(told: _Told, quantity: Quantity, found: Sequence[Chosen]) -> bool:
    tokens, first = told.passage.tokens, quantity.first
    if words.DURING.before(tokens, first):
        return not (words.TREES.at(tokens, quantity.number.after) or _is_planting(told.passage, first - 1))
    if words.SPEAKS_OF.before(tokens, first) > DOINGS.before(tokens, first) // 2:
        return True
    is_target_section = told.passage.nature is Nature.TARGETS
    is_plain = quantity.number.comparator is Comparator.EXACTLY and told.named[first].each is None
    if is_plain and not is_target_section and (words.GOT.before(tokens, first) or _is_mere_place(told, quantity)):
        return True
    if words.HANDS_IN.before(tokens, first):
        return told.named[first].each is None
    if words.PLACES.before(tokens, first):
        return bool(found) or not is_target_section
    is_bounded = quantity.number.comparator in {Comparator.AT_LEAST, Comparator.RANGE}
    return bool(words.WITH.before(tokens, first)) and not is_target_section and not is_bounded


def _is_mere_place(told: _Told, quantity: Quantity) -> bool:
    """Tell whether only places are counted, and nothing is promised of them: "tập trung cho 141 xã, phường"."""
    return (
        not told.is_committed(quantity.first) and words.PLACE_NAMES.at(told.passage.tokens, quantity.number.after) > 0
    )


def _is_planting(passage: Passage, index: int) -> bool:
    """Tell "trồng" from "trong": bare they are alike, so look at what is written."""
    token = passage.tokens[index]
    return passage.written[token.start : token.end].lower() not in {"trong"}


def _is_breakdown(told: _Told, quantity: Quantity) -> bool:
    """A figure in brackets behind another one only explains it: "20 công trình (05 cấp tỉnh)"."""
    tokens = told.passage.tokens
    for index in range(quantity.first - 1, max(told.sentence.first, quantity.first - _BRACKET_WITHIN) - 1, -1):
        if tokens[index].text == ")":
            return False
        if tokens[index].text == "(":
            return told.first_quantity < index
    return False


def _is_owed_by(passage: Passage, outer: Quantity, inner: Quantity) -> bool:
    """Tell whether the count is what the carriers of a share owe: nothing but words between, no new clause."""
    if not outer.number.is_percent or outer.population is None or inner.number.is_percent or inner.unit is None:
        return False
    if inner.first - outer.number.after > _OWED_WITHIN:
        return False
    between = passage.tokens[outer.number.after : inner.first]
    return not any(token.text in {";", "("} for token in between)


def _borrowed(
    passage: Passage, sentence: Sentence, quantity: Quantity, found: Sequence[Chosen]
) -> tuple[int, int] | None:
    """Find the unit of a bare figure: "Kết nạp đoàn viên mới: 500", "cấp tỉnh 02 công trình, cấp huyện 12"."""
    tokens = passage.tokens
    if passage.nature is not Nature.TARGETS or quantity.number.in_words:
        return None
    after = quantity.number.after
    if after < sentence.after and tokens[after].text not in {",", ";", ".", ")", "("}:
        return None
    colon = next(
        (
            i
            for i in range(quantity.first - 1, max(sentence.first, quantity.first - 6) - 1, -1)
            if tokens[i].text == ":"
        ),
        None,
    )
    if colon is not None:
        return _named_before(tokens, sentence, colon)
    if (
        found
        and found[-1].quantity.unit
        and not found[-1].quantity.number.is_percent
        and tokens[quantity.first - 1].sort is Sort.WORD
    ):
        return found[-1].quantity.unit
    return None


def _named_before(tokens: Sequence[Token], sentence: Sentence, colon: int) -> tuple[int, int] | None:
    for index in range(max(sentence.first, colon - _NAMED_WITHIN), colon):
        if any(names.at(tokens, index) for names in (PEOPLE, THINGS, WORKS)) and not DOINGS.at(tokens, index):
            end = min(unit_end(tokens, index), colon)
            return (tokens[index].start, tokens[end - 1].end) if end > index else None
    return None
