"""Targets without a figure: limits ("không có hộ tái nghèo") and titles to be reached ("đạt danh hiệu …")."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from plans.outline.shapes import Nature
from plans.vietnamese.nouns import BODIES, PEOPLE, THINGS, WORKS
from plans.vietnamese.phrases import Token, phrases
from plans.vietnamese.quantities import unit_end
from targets.enums import Carrier, IndicatorKind, OverTime
from targets.extraction.naming import shortened
from targets.extraction.passages import Passage, Sentence
from targets.extraction.shapes import Figure, ProposedTarget
from targets.extraction.telling import Chosen
from targets.extraction.words import NONE_OF

_TITLES = phrases(
    "đạt danh hiệu,giữ vững danh hiệu,đạt danh hiệu thi đua,đạt đơn vị,đạt cờ thi đua,đạt xếp loại,được xếp loại"
)
_NOT_A_LIMIT = phrases("điều kiện,khả năng,nghĩa,thời gian,việc làm")


def statements_in(passage: Passage, chosen: Sequence[Chosen]) -> Iterator[ProposedTarget]:
    """Yield the limits and titles that a passage of a section of targets states."""
    if passage.nature is not Nature.TARGETS or passage.counts_nothing or passage.stands_for:
        return
    counted = {target.sentence.first for target in chosen}
    for sentence in passage.sentences:
        limit = _limit(passage, sentence)
        if limit:
            yield _proposal(passage, limit, is_limit=True)
        elif (
            sentence.first not in counted and _TITLES.within(passage.tokens, sentence.first, sentence.after) is not None
        ):
            yield _proposal(passage, (sentence.first, sentence.after, sentence.after), is_limit=False)


def _limit(passage: Passage, sentence: Sentence) -> tuple[int, int, int] | None:
    """Return where "không có" begins, where its noun begins, and where that ends."""
    tokens = passage.tokens
    at = NONE_OF.within(tokens, sentence.first, sentence.after)
    if at is None:
        return None
    noun = at + NONE_OF.at(tokens, at)
    if not any(names.at(tokens, noun) for names in (PEOPLE, THINGS, BODIES, WORKS)) or _NOT_A_LIMIT.at(tokens, noun):
        return None
    return at, noun, min(_noun_end(tokens, noun), sentence.after)


def _noun_end(tokens: Sequence[Token], noun: int) -> int:
    end = max(unit_end(tokens, noun), noun + 1)
    while end < min(noun + 8, len(tokens)) and tokens[end].text.isalpha():
        end += 1
    return end


def _proposal(passage: Passage, place: tuple[int, int, int], *, is_limit: bool) -> ProposedTarget:
    first, noun, after = place
    start, end = passage.tokens[first].start, passage.tokens[after - 1].end
    zero = Decimal(0) if is_limit else None
    unit = passage.text(passage.tokens[noun].start, end) if is_limit else ""
    name = shortened(passage.text(start, end))
    return ProposedTarget(
        start=passage.offset + start,
        end=passage.offset + end,
        section=passage.section,
        figure=Figure("exactly", zero, zero, unit),
        name=name,
        indicator=None,
        indicator_name=name,
        measure=unit[:60] or "đơn vị",
        kind=(IndicatorKind.AMOUNT if is_limit else IndicatorKind.MILESTONE).value,
        over_time=(OverTime.SUM if is_limit else OverTime.LATEST).value,
        carried_by=(Carrier.POOLED if is_limit else Carrier.ISSUER_OWN).value,
        carrier_kinds=(),
        minimum=None,
        maximum=zero,
        required_share=None,
        due_on=None,
        starts_on=None,
        phases=(),
        restates=None,
        doubts=(),
    )
