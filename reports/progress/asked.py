"""Who is asked what in a period, and who carries a target (domain: Targets, 2; "Report once").

One pure test, ``is_asked``, over facts read once serves both directions: what one unit is asked,
and which units one target asks. Who must hand in a report follows from it. What they entered is
``selectors``; what it adds up to is ``reports.rollups``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from core.remembering import Memory, word_now
from plans.enums import Topic
from plans.models import Plan
from reports.progress.models import Period
from targets.calendar import Month, PeriodSpan, month_meant, target_window
from targets.enums import Carrier, IndicatorKind, Reach
from targets.models import Indicator, Target
from units.models import Unit, UnitQuerySet
from units.selectors import INHERITING, ancestors_and_self

TOPIC_ORDER = {topic: place for place, topic in enumerate([*Topic.values, ""])}


@dataclass(frozen=True)
class Asked:
    """One indicator that a unit is asked in a period, with every target that asks it.

    ``carried``: those of the targets that the unit answers for by itself, as issuer or as carrier.
    """

    indicator: Indicator
    targets: tuple[Target, ...]
    carried: tuple[Target, ...] = ()

    @property
    def starts_on(self) -> date:
        """The earliest start among the targets: nothing done before it counts for any of them."""
        return min(target.starts_on for target in self.targets)


@dataclass(frozen=True)
class Organisation:
    """The units that matter, by path, as they stood on one day (a period's last).

    ``heirs``: those that took over from others, whole or merged.
    """

    units: dict[str, Unit]
    split_off: set[int]
    bloc_owners: dict[int, int]
    heirs: set[int] = field(default_factory=set)

    @classmethod
    def on(cls, day: date, units: UnitQuerySet) -> "Organisation":
        """Read the units open on ``day``, whose blocs they are in, and who was split off or took over: one query."""
        found = cls({}, set(), {}, set())
        # Once for each membership and each succession, which costs less than looking them up from every row.
        rows = units.open_on(day).annotate(
            owner=F("bloc_memberships__bloc__owner"),
            joined=F("bloc_memberships__starts_on"),
            left=F("bloc_memberships__ends_on"),
            came_by=F("successions_in__kind"),
        )
        for unit in rows:
            found.units[unit.path] = unit
            if unit.came_by:
                (found.heirs if unit.came_by in INHERITING else found.split_off).add(unit.pk)
            if unit.joined and unit.joined <= day and (unit.left is None or unit.left > day):
                found.bloc_owners[unit.pk] = unit.owner
        return found

    @classmethod
    def above(cls, unit: Unit, day: date) -> "Organisation":
        """What matters for one unit: itself and everything above it."""
        return cls.on(day, ancestors_and_self(unit))

    def bind_parent(self, unit: Unit) -> None:
        """Give the unit its parent where that was read, so that nobody asks for it again."""
        above = self.units.get(unit.path[: -Unit.steplen])
        if above is not None and above.pk == unit.parent_id:
            unit.parent = above

    def line_below(self, issuer: Unit, unit: Unit) -> list[Unit]:
        """The open units from just beneath ``issuer`` down to ``unit``, that one included."""
        ends = range(len(issuer.path) + Unit.steplen, len(unit.path) + 1, Unit.steplen)
        return [self.units[unit.path[:end]] for end in ends if unit.path[:end] in self.units]


def spans_of(owner_id: int) -> list[PeriodSpan]:
    """The periods of the calendar, without due moments, oldest first."""
    rows = Period.objects.filter(owner_id=owner_id).values_list("year", "month", "first_day", "last_day")
    return [PeriodSpan(*row) for row in rows]


def is_carrier(target: Target, unit: Unit, organisation: Organisation) -> bool:
    """Whether an ``each_unit`` target holds this open unit by itself against the bounds.

    A unit that was split off owes only targets that start after it opened (domain: Time).
    """
    issuer = target.plan.unit
    beneath = issuer.is_above(unit) if target.carrier_reach == Reach.ALL else unit.parent_id == issuer.pk
    if not beneath or (target.carrier_kinds and unit.kind not in target.carrier_kinds):
        return False
    return unit.pk not in organisation.split_off or target.starts_on >= unit.opened_on


def is_asked(target: Target, unit: Unit, organisation: Organisation) -> bool:
    """Whether the target asks this open unit for its own entry every period (domain: Targets, 2).

    A unit that does not report monthly is never asked; as a carrier it is tested through those beneath.
    """
    issuer = target.plan.unit
    if not unit.is_reporting:
        return False
    if unit.pk == issuer.pk:
        return target.carried_by in (Carrier.ISSUER_OWN, Carrier.POOLED)
    if target.carried_by == Carrier.ISSUER_OWN or not issuer.is_above(unit):
        return False
    if target.carried_by == Carrier.POOLED or _carries(target, unit, organisation):
        return True
    if target.indicator.kind == IndicatorKind.MILESTONE:
        return False
    return any(_carries(target, above, organisation) for above in organisation.line_below(issuer, unit))


def _carries(target: Target, unit: Unit, organisation: Organisation) -> bool:
    if target.carried_by == Carrier.EACH_BLOC:
        return organisation.bloc_owners.get(unit.pk) == target.plan.unit_id
    return is_carrier(target, unit, organisation)


def is_in_force(target: Target, month: Month, spans: Iterable[PeriodSpan]) -> bool:
    """Whether the target is asked for in this month: from its first period to the last of the plan's term.

    It goes on after its due day, so that what is done late can still be reported.
    """
    first = target_window(target.starts_on, target.due_on, spans).first
    return first <= month <= month_meant(target.plan.ends_on, spans)


def targets_in_force(period: Period, organisation: Organisation, spans: list[PeriodSpan] | None = None) -> list[Target]:
    """Every counted target of these units' plans in force that is asked for in the period.

    Of a plan that was amended the latest version asks, in every period: entries are on indicators and stay.

    ``spans``: the calendar where the caller has read it already.
    """
    spans = spans_of(period.owner_id) if spans is None else spans
    month = Month(period.year, period.month)
    units = {unit.pk: unit for unit in organisation.units.values()}
    rows = Target.objects.counted().filter(plan__in=Plan.objects.in_force().order_by(), plan__unit__in=units)
    targets = _with_plans(rows.select_related("indicator").order_by(), units)
    asking = [target for target in targets if is_in_force(target, month, spans)]
    return sorted(asking, key=lambda target: (target.plan.unit.path, target.plan_id, target.order))


def _with_plans(rows: QuerySet[Target], units: Mapping[int, Unit]) -> list[Target]:
    """The targets, those of one plan with one and the same plan, of which only unit and term were read.

    Its term asks; each target would bring its head and document along otherwise. One query.
    """
    plans: dict[int, Plan] = {}
    found: list[Any] = list(rows.annotate(of_unit=F("plan__unit"), ends=F("plan__ends_on")))
    for row in found:
        if row.plan_id not in plans:
            plans[row.plan_id] = Plan.from_db(None, ("id", "unit_id", "ends_on"), (row.plan_id, row.of_unit, row.ends))
            plans[row.plan_id].unit = units[row.of_unit]
        row.plan = plans[row.plan_id]
    return found


def asked_of(
    unit: Unit,
    period: Period,
    spans: list[PeriodSpan] | None = None,
    organisation: Organisation | None = None,
) -> list[Asked]:
    """What the unit is asked in the period, by topic and then in the order of the plans.

    Empty where the unit is not open on the period's last day. A constant number of queries; ``spans`` and
    ``organisation`` (``Organisation.above``) where the caller has read them already.
    """
    request = _asking.get()
    if request is None:
        return _asked_of(unit, period, spans, organisation)
    if (unit.pk, period.pk) not in request.answers:
        request.answers[unit.pk, period.pk] = _asked_of(unit, period, spans, organisation)
    return request.answers[unit.pk, period.pk]


def _asked_of(
    unit: Unit, period: Period, spans: list[PeriodSpan] | None, organisation: Organisation | None
) -> list[Asked]:
    organisation, targets = _whole(period) or _line(unit, period, spans, organisation)
    if unit.path not in organisation.units:
        return []
    found: dict[int, list[Target]] = defaultdict(list)
    for target in targets:
        if is_asked(target, unit, organisation):
            found[target.indicator_id].append(target)
    asked = [
        Asked(group[0].indicator, tuple(group), tuple(one for one in group if _answers(one, unit, organisation)))
        for group in found.values()
    ]
    return sorted(asked, key=lambda one: TOPIC_ORDER[one.indicator.topic])


@dataclass(frozen=True)
class _Request:
    """What one request asks: the answers it was given, and the word under which others may be remembered."""

    word: str | None
    answers: dict[tuple[int, int], list[Asked]] = field(default_factory=dict)


_asking: ContextVar[_Request | None] = ContextVar("reports_asked_request", default=None)
_of_line: Memory[list[Target]] = Memory(most=2_000)
_issuers: Memory[frozenset[int]] = Memory(most=1)


@contextmanager
def answering_once() -> Iterator[None]:
    """Within this block ``asked_of`` answers once for each unit and period: for a request whose every step asks.

    What the bodies above ask is then taken from what the process remembers. A plan that is issued meanwhile asks from
    the next request on.
    """
    token = _asking.set(_Request(word_now()))
    try:
        yield
    finally:
        _asking.reset(token)


_remembered: ContextVar[dict[int, tuple[Organisation, list[Target]]] | None] = ContextVar(
    "reports_asked_remembered", default=None
)


@contextmanager
def asking_once() -> Iterator[None]:
    """Within this block ``asked_of`` reads each period once, for all units together.

    For handing in very many reports; no unit, bloc, plan or target may change inside.
    """
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def _whole(period: Period) -> tuple[Organisation, list[Target]] | None:
    """What the period asks of the whole tree, read at the first time; null where nothing is remembered."""
    known = _remembered.get()
    if known is None:
        return None
    if period.pk not in known:
        organisation = Organisation.on(period.last_day, Unit.objects.under(period.owner))
        known[period.pk] = organisation, targets_in_force(period, organisation)
    return known[period.pk]


def _line(
    unit: Unit, period: Period, spans: list[PeriodSpan] | None, organisation: Organisation | None
) -> tuple[Organisation, list[Target]]:
    """What matters for one unit, and what the bodies above ask."""
    organisation = organisation or Organisation.above(unit, period.last_day)
    if unit.path not in organisation.units:
        return organisation, []
    return organisation, _targets_above(period, organisation, spans)


def _targets_above(period: Period, organisation: Organisation, spans: list[PeriodSpan] | None) -> list[Target]:
    """``targets_in_force``, remembered where a request asks: whoever is beneath the same bodies is asked the same."""
    request = _asking.get()
    if request is None or request.word is None:
        return targets_in_force(period, organisation, spans)
    spans = spans_of(period.owner_id) if spans is None else spans
    issuers = _issuers.answer(request.word, None, _bodies_that_ask)
    line = tuple(sorted(unit.pk for unit in organisation.units.values() if unit.pk in issuers))
    # The calendar is no part of what changes the word.
    key = (period.pk, tuple(spans), line)
    return _of_line.answer(request.word, key, lambda: targets_in_force(period, organisation, spans))


def _bodies_that_ask() -> frozenset[int]:
    return frozenset(Plan.objects.in_force().order_by().values_list("unit_id", flat=True))


def _answers(target: Target, unit: Unit, organisation: Organisation) -> bool:
    if target.carried_by == Carrier.ISSUER_OWN:
        return True
    return target.carried_by == Carrier.EACH_UNIT and is_carrier(target, unit, organisation)


def units_asked(target: Target, period: Period) -> list[Unit]:
    """The units that the target asks in the period: the N of "n of N reported"."""
    organisation = Organisation.on(period.last_day, Unit.objects.under(target.plan.unit))
    return [unit for unit in organisation.units.values() if is_asked(target, unit, organisation)]


def carriers_of(target: Target, period: Period) -> list[Unit]:
    """The units that an ``each_unit`` target tests one by one; none for the other carriers."""
    if target.carried_by != Carrier.EACH_UNIT:
        return []
    organisation = Organisation.on(period.last_day, Unit.objects.under(target.plan.unit))
    return [unit for unit in organisation.units.values() if is_carrier(target, unit, organisation)]


def units_that_owe(period: Period) -> list[Unit]:
    """Every unit that must hand in a report: open on the last day and asked something."""
    organisation = Organisation.on(period.last_day, Unit.objects.under(period.owner))
    targets = targets_in_force(period, organisation)
    return [
        unit for unit in organisation.units.values() if any(is_asked(target, unit, organisation) for target in targets)
    ]
