"""What approving many reports at once would do, said before it is done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reports.progress.models import Period, ProgressEntry
from units.models import Unit

from .queue import Waiting

FIGURES = ("amount", "numerator", "is_done")


@dataclass(frozen=True)
class Group:
    """Some of the chosen reports, with how many figures of how many indicators they hold."""

    waiting: tuple[Waiting, ...]
    figures: int
    indicators: int

    @property
    def months(self) -> list[tuple[Period, int]]:
        """The months and how many reports of each, oldest first."""
        counts = Counter(one.report.period for one in self.waiting)
        return sorted(counts.items(), key=lambda pair: (pair[0].year, pair[0].month))


@dataclass(frozen=True)
class Summary:
    """The chosen reports: nothing odd, something odd, and those that this person may not approve.

    ``above``: the units whose official totals change, the topmost first.
    """

    plain: Group
    odd: Group
    own: Group
    above: tuple[Unit, ...]

    @property
    def count(self) -> int:
        return sum(len(group.waiting) for group in (self.plain, self.odd, self.own))

    @property
    def groups(self) -> tuple[Group, Group]:
        """Those that can be approved."""
        return self.plain, self.odd


def summary_of(chosen: Sequence[Waiting]) -> Summary:
    """Sum up these reports: two queries."""
    said = _indicators_by_report(chosen)
    own = [one for one in chosen if one.is_own_work]
    open_ones = [one for one in chosen if not one.is_own_work]
    plain = [one for one in open_ones if not one.oddities]
    odd = [one for one in open_ones if one.oddities]
    return Summary(_group(plain, said), _group(odd, said), _group(own, said), _above(open_ones))


def _indicators_by_report(chosen: Sequence[Waiting]) -> dict[int, set[int]]:
    """Report id → the indicators of which it gives a figure; blank is no figure (domain: rule 2)."""
    rows = ProgressEntry.objects.filter(report__in=[one.report.pk for one in chosen])
    rows = rows.exclude(**{f"{name}__isnull": True for name in FIGURES})
    found: dict[int, set[int]] = {one.report.pk: set() for one in chosen}
    for report_id, indicator_id in rows.order_by().values_list("report", "indicator"):
        found[report_id].add(indicator_id)
    return found


def _group(waiting: Sequence[Waiting], said: dict[int, set[int]]) -> Group:
    named = [said[one.report.pk] for one in waiting]
    return Group(tuple(waiting), sum(map(len, named)), len(set().union(*named)))


def _above(waiting: Sequence[Waiting]) -> tuple[Unit, ...]:
    step = Unit.steplen
    paths = {one.report.unit.path[:end] for one in waiting for end in range(step, len(one.report.unit.path), step)}
    return tuple(Unit.objects.filter(path__in=paths).order_by("path"))
