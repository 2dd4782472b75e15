"""From stored totals to figures: to date in a window, by inheritance, as a share of carriers.

No queries: all from ``Facts``. Holding a figure against its target is ``judging``.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from reports.rollups.totals import Total, added
from targets.calendar import Month
from targets.compliance import done_in_time
from targets.enums import Carrier, IndicatorKind, OverTime
from targets.figures import Figure, Ratio
from targets.models import Target
from units.models import Bloc, Unit

from .facts import Facts
from .places import all_predecessors


@dataclass(frozen=True)
class Standing:
    """A figure with what it does not say itself: when a milestone was done, what was inherited."""

    figure: Figure
    done_on: date | None = None
    inherited: Decimal | None = None

    @property
    def number(self) -> Decimal | None:
        """What changes from month to month: the numerator of a percentage, else the value."""
        made_of = self.figure.made_of
        return self.figure.value if made_of is None else made_of.numerator


def to_date(facts: Facts, target: Target, owner: Unit | Bloc, upto: Month) -> Total | None:
    """A sum added over the window up to a month, or the state at that month; None without a figure.

    ``reported`` is that of the month itself.
    """
    series = facts.series(target, owner)
    if target.indicator.over_time == OverTime.LATEST:
        return series.get(upto)
    first = facts.window(target).first
    parts = [total for month, total in series.items() if first <= month <= upto]
    if not parts:
        return None
    return replace(added(parts), reported=series[upto].reported if upto in series else 0)


def counted_to(facts: Facts, target: Target, asked: Month, *, in_time: bool) -> Month:
    """The last month that counts when ``asked``: no later than the due period, unless lateness is forgiven."""
    return min(asked, facts.window(target).last) if in_time else asked


def of_one(
    facts: Facts, target: Target, unit: Unit, asked: Month, *, inherits: bool = False, in_time: bool = True
) -> Standing:
    """What a unit's subtree has reached when asked for a month; for a milestone, the unit's own.

    ``inherits``: with what its predecessors had reached (domain: Time). ``in_time`` false: also what
    was reached after the due period.
    """
    if target.indicator.kind == IndicatorKind.MILESTONE:
        return _milestone(facts, target, unit, asked, in_time=in_time)
    upto = counted_to(facts, target, asked, in_time=in_time)
    own = to_date(facts, target, unit, upto)
    required = facts.required(target, unit, upto)
    if not inherits:
        return Standing(_figure(target, own, required))
    if target.indicator.over_time == OverTime.SUM:
        return _sum_with_inheritance(facts, target, unit, upto, own)
    if own is None:
        left, of = _state_left_behind(facts, target, unit, upto)
        own, required = (left, of) if left is not None else (own, required)
    return Standing(_figure(target, own, required))


def _figure(target: Target, total: Total | None, required: int) -> Figure:
    if target.indicator.kind != IndicatorKind.RATIO:
        if total is None:
            return Figure(None, 0, required)
        return Figure(total.amount, total.reported, required, total.carried)
    if total is None or total.numerator is None or total.denominator is None:
        return Figure.of_ratio(None, reported=0, required=required)
    ratio = Ratio(total.numerator, total.denominator)
    return Figure.of_ratio(ratio, reported=total.reported, required=required, carried=total.carried)


def _gone_by(facts: Facts, unit: Unit, month: Month) -> bool:
    """Whether a predecessor was closed by the last day of the month: before, nothing is inherited from it."""
    day = facts.last_day(month)
    return unit.closed_on is not None and day is not None and unit.closed_on <= day


def _sum_with_inheritance(facts: Facts, target: Target, unit: Unit, upto: Month, own: Total | None) -> Standing:
    gone = [row for row in all_predecessors(unit.pk, facts.predecessors) if _gone_by(facts, row, upto)]
    found = (to_date(facts, target, row, upto) for row in gone)
    left = [total for total in found if total is not None]
    required = facts.required(target, unit, upto)
    if not left:
        return Standing(_figure(target, own, required))
    whole = replace(added([*left, *([own] if own else [])]), reported=own.reported if own else 0)
    return Standing(_figure(target, whole, required), inherited=added(left).amount)


def _state_left_behind(facts: Facts, target: Target, unit: Unit, upto: Month) -> tuple[Total | None, int]:
    """The last states of those whom the unit succeeded, added, and how many report monthly at and beneath these.

    Where one of them had said nothing, those whom it had succeeded stand in its place.
    """
    left: list[Total] = []
    required, are_any = 0, False
    for row in facts.predecessors.get(unit.pk, ()):
        last = facts.last_month_of(row, upto)
        if last is None or last < facts.window(target).first or not _gone_by(facts, row, upto):
            continue
        are_any = True
        total, of = to_date(facts, target, row, last), facts.standing(row, last)
        if total is None:
            total, of = _state_left_behind(facts, target, row, last)
        if total is not None:
            left.append(replace(total, carried=total.reported))
        required += of
    return added(left) if left else None, required if are_any else facts.standing(unit, upto)


def _milestone(facts: Facts, target: Target, unit: Unit, asked: Month, *, in_time: bool) -> Standing:
    """A share of one, from the earliest day on which the unit or one that it succeeded did it (rule 4).

    Read as of the month asked, also after the due period: what was done in time may be reported late.
    """
    gone = [row for row in all_predecessors(unit.pk, facts.predecessors) if _gone_by(facts, row, asked)]
    own = _newest(facts, target, unit, asked)
    left = [total for row in gone if (total := _newest(facts, target, row, asked)) is not None]
    found = [*([own] if own else []), *left]
    done_on = min((total.done_on for total in found if total.done_on is not None), default=None)
    done = done_in_time(done_on, target.due_on) if in_time else done_on is not None
    carried = own.carried if own else int(bool(left))
    return Standing(Figure.of_share(int(done), reported=int(bool(found)), required=1, carried=carried), done_on)


def _newest(facts: Facts, target: Target, unit: Unit, asked: Month) -> Total | None:
    """The newest state by the month asked."""
    series = facts.series(target, unit)
    newest = max((month for month in series if month <= asked), default=None)
    return None if newest is None else series[newest]


def of_carriers(
    facts: Facts, target: Target, unit: Unit, asked: Month, *, in_time: bool = True
) -> list[tuple[Unit | Bloc, Standing]]:
    """Each carrier in the unit's subtree (or each bloc of the issuer) with its figure.

    The carriers are those of the last month that counts: who opens after the due period owes nothing.
    """
    upto = counted_to(facts, target, asked, in_time=in_time)
    if target.carried_by == Carrier.EACH_BLOC:
        return [
            (bloc, of_bloc(facts, target, bloc, members, upto)) for bloc, members in facts.blocs(target, upto).items()
        ]
    return [
        (carrier, of_one(facts, target, carrier, asked, inherits=True, in_time=in_time))
        for carrier in facts.carriers(target, unit, upto)
    ]


def of_bloc(facts: Facts, target: Target, bloc: Bloc, members: list[Unit], upto: Month) -> Standing:
    """What a bloc's members have reached, added up."""
    required = sum(facts.required(target, unit, upto) for unit in members)
    return Standing(_figure(target, to_date(facts, target, bloc, upto), required))


def share_of(standings: list[tuple[Unit | Bloc, Standing]], reaches: Callable[[Unit | Bloc, Standing], bool]) -> Figure:
    """The share of carriers that reached it (domain: rules 4 and 7); who is silent has not."""
    return Figure.of_share(
        sum(reaches(carrier, standing) for carrier, standing in standings),
        reported=sum(has_spoken(standing) for _carrier, standing in standings),
        required=len(standings),
        carried=sum(standing.figure.carried > 0 for _carrier, standing in standings),
    )


def has_spoken(standing: Standing) -> bool:
    """Whether anything was said: a ratio of nothing has no value, but was said."""
    return standing.figure.value is not None or standing.figure.made_of is not None
