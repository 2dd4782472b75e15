"""From words to the portal's target: kind, bounds, carrier, share, due day, phases (domain: Targets, 3)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plans.outline.shapes import Contradiction, Doubt, Nature, Outline
from plans.vietnamese.letters import bare
from plans.vietnamese.nouns import BODIES, PEOPLE
from plans.vietnamese.numbers import Comparator, Number
from plans.vietnamese.phrases import phrases, tokens_in
from targets.enums import Carrier, IndicatorKind, OverTime
from targets.extraction import doubts
from targets.extraction.carriers import Carrying, carrying_of_count, carrying_of_share
from targets.extraction.naming import name_of, shortened
from targets.extraction.passages import Passage
from targets.extraction.shapes import Figure, ProposedTarget
from targets.extraction.telling import Chosen
from targets.extraction.terms import Rhythm, due_of, due_on, rhythm_of, starts_on, steps_of

_KEPT_UP = phrases("duy trì,giữ vững,duy trì hoạt động,giữ")
_LONGEST_MEASURE = 60
_BODIES_MEASURE = "đơn vị"
_WHOLE = Decimal(100)
_MOST_WORDS = 4
_Steps = tuple[tuple[date, Decimal], ...]


@dataclass(frozen=True)
class _Bounds:
    minimum: Decimal | None
    maximum: Decimal | None


def encode(
    outline: Outline, passage: Passage, chosen: Chosen, clause: tuple[int, int]
) -> tuple[ProposedTarget, list[Contradiction]]:
    """Return the proposal for one chosen quantity, without indicator and restatement, and what it contradicts."""
    figure = figure_of(passage, chosen)
    carrying, kind, bounds, measure = _as_target(passage, chosen, figure)
    rhythm = rhythm_of(passage.tokens, chosen, clause) if kind is IndicatorKind.AMOUNT else None
    bounds, phases = _over_the_term(outline, bounds, rhythm)
    time = due_of(passage, clause, (chosen.sentence.first, chosen.sentence.after))
    due, begins = due_on(time, outline.head), starts_on(passage, time)
    start, end = _place(passage, clause)
    found, contradictions = _problems(outline, chosen, due, (start, end))
    name = shortened(passage.stands_for.name) if passage.stands_for else name_of(passage, chosen, clause)
    proposal = ProposedTarget(
        start=start,
        end=end,
        section=passage.section,
        figure=figure,
        name=name,
        indicator=None,
        indicator_name=name,
        measure=measure,
        kind=kind.value,
        over_time=_over_time(passage, chosen, kind).value,
        carried_by=carrying.by.value,
        carrier_kinds=carrying.kinds,
        minimum=bounds.minimum,
        maximum=bounds.maximum,
        required_share=carrying.share,
        due_on=due,
        starts_on=begins if begins and (due is None or begins <= due) else None,
        phases=phases,
        restates=None,
        doubts=(*found, *_further(passage, chosen, carrying, rhythm, phases)),
    )
    return proposal, contradictions


def figure_of(passage: Passage, chosen: Chosen) -> Figure:
    """Return what the words say (contracts: Reading a document)."""
    quantity, number = chosen.quantity, chosen.quantity.number
    if number.is_percent:
        return Figure(number.comparator.value, number.low, number.high, "%", _written(passage, quantity.population))
    unit = _written(passage, quantity.unit or chosen.borrowed_unit)
    if quantity.rate:
        unit += _written(passage, quantity.rate)
    return Figure(number.comparator.value, number.low, number.high, unit)


def bounds_of(number: Number) -> _Bounds:
    """Return minimum and maximum: a plain figure is a minimum, zero a limit (domain: Targets, 3)."""
    if number.comparator is Comparator.RANGE:
        return _Bounds(number.low, number.high)
    if number.comparator is Comparator.AT_MOST:
        return _Bounds(None, number.high)
    return _Bounds(None, number.high) if number.low == 0 else _Bounds(number.low, None)


def _place(passage: Passage, clause: tuple[int, int]) -> tuple[int, int]:
    if passage.stands_for:
        return passage.stands_for.start, passage.stands_for.end
    tokens = passage.tokens
    return passage.offset + tokens[clause[0]].start, passage.offset + tokens[clause[1] - 1].end


def _written(passage: Passage, span: tuple[int, int] | None) -> str:
    return passage.text(*span).strip(' "“”*') if span else ""


def _as_target(passage: Passage, chosen: Chosen, figure: Figure) -> tuple[Carrying, IndicatorKind, _Bounds, str]:
    """Organisations make a share, people a ratio, all else an amount (domain: Targets, 3)."""
    number = chosen.quantity.number
    if not number.is_percent:
        carrying = carrying_of_count(passage, chosen)
        return carrying, IndicatorKind.AMOUNT, bounds_of(number), figure.unit[:_LONGEST_MEASURE]
    each = carrying_of_share(chosen, figure.population)
    if each is None:
        return Carrying(Carrier.POOLED), IndicatorKind.RATIO, _within_hundred(bounds_of(number)), _people(figure)
    if chosen.inner:
        measure = _written(passage, chosen.inner.unit)[:_LONGEST_MEASURE]
        return each, IndicatorKind.AMOUNT, bounds_of(chosen.inner.number), measure
    if each.by is Carrier.EACH_BLOC:
        return each, IndicatorKind.AMOUNT, _Bounds(Decimal(1), None), _BODIES_MEASURE
    return each, IndicatorKind.MILESTONE, _Bounds(None, None), _BODIES_MEASURE


def _within_hundred(bounds: _Bounds) -> _Bounds:
    return _Bounds(*(None if bound is None else min(bound, _WHOLE) for bound in (bounds.minimum, bounds.maximum)))


def _people(figure: Figure) -> str:
    """Return the first noun of the population, or its first words: what a ratio's two numbers count."""
    words = tokens_in(bare(figure.population), figure.population)
    first = next((i for i, word in enumerate(words) if word.text not in {"cac", "so", "tong"}), None)
    if first is None:
        return "%"
    length = max(PEOPLE.at(words, first), BODIES.at(words, first)) or min(_MOST_WORDS, len(words) - first)
    return figure.population[words[first].start : words[first + length - 1].end][:_LONGEST_MEASURE]


def _over_the_term(outline: Outline, bounds: _Bounds, rhythm: Rhythm | None) -> tuple[_Bounds, _Steps]:
    """ "01 lần/tháng" in a year is twelve, phased by month (domain: Targets, 3)."""
    if rhythm is None or bounds.minimum is None:
        return bounds, ()
    steps = steps_of(rhythm, outline.head, bounds.minimum)
    if len(steps) < 2:
        return bounds, ()
    maximum = None if bounds.maximum is None else bounds.maximum * len(steps)
    return _Bounds(steps[-1][1], maximum), steps


def _over_time(passage: Passage, chosen: Chosen, kind: IndicatorKind) -> OverTime:
    if kind is not IndicatorKind.AMOUNT:
        return OverTime.LATEST
    first = chosen.quantity.first
    is_kept_up = _KEPT_UP.within(passage.tokens, max(chosen.sentence.first, first - 6), first) is not None
    return OverTime.LATEST if is_kept_up else OverTime.SUM


def _problems(
    outline: Outline, chosen: Chosen, due: date | None, place: tuple[int, int]
) -> tuple[list[Doubt], list[Contradiction]]:
    said = [doubts.odd_bounds(chosen.quantity.number)]
    if chosen.inner:
        said.append(doubts.odd_bounds(chosen.inner.number))
    said.append(doubts.due_too_early(due, outline.head.dated))
    found = [doubt for doubt in said if doubt]
    quote = outline.text[slice(*place)]
    return found, [Contradiction(doubt.code, quote, *place, doubt.says) for doubt in found]


def _further(
    passage: Passage, chosen: Chosen, carrying: Carrying, rhythm: Rhythm | None, phases: _Steps
) -> list[Doubt]:
    quantity = chosen.quantity
    is_share = quantity.number.is_percent
    checks = (
        (is_share and quantity.population is None, doubts.NO_POPULATION),
        (is_share and max(quantity.number.low or 0, quantity.number.high or 0) > _WHOLE, doubts.OVER_HUNDRED),
        (chosen.borrowed_unit is not None and not passage.stands_for, doubts.BORROWED_UNIT),
        (not is_share and chosen.borrowed_unit is None and not quantity.is_known, doubts.UNLISTED_UNIT),
        (carrying.is_guessed, doubts.PER_PERSON),
        (carrying.by is Carrier.EACH_UNIT and not carrying.kinds, doubts.UNKNOWN_CARRIERS),
        (rhythm is not None and rhythm.months < 12 and not phases, doubts.NO_TERM),
        (passage.nature is not Nature.TARGETS, doubts.OUTSIDE),
    )
    return [doubt for holds, doubt in checks if holds]
