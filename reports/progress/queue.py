"""The reviewer's queue: what waits, what looks odd in it, and which report is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from reports.enums import Timeliness
from reports.progress.models import ProgressReport
from units.models import BlocMembership

from . import rules
from .deadlines import Deadlines, timeliness
from .warnings import Oddity, warnings_for_many


@dataclass(frozen=True)
class Waiting:
    """One submitted report in the queue. ``is_own_work``: this person entered it, so another approves it."""

    report: ProgressReport
    oddities: tuple[Oddity, ...]
    bloc: str
    is_late: bool
    is_own_work: bool


@dataclass(frozen=True)
class Queue:
    """A page of the queue; ``place`` counts the open report from 1, 0 where nothing waits."""

    waiting: tuple[Waiting, ...]
    place: int

    @property
    def open(self) -> Waiting | None:
        return self.waiting[self.place - 1] if self.place else None

    @property
    def before(self) -> Waiting | None:
        return self.waiting[self.place - 2] if self.place > 1 else None

    @property
    def after(self) -> Waiting | None:
        return self.waiting[self.place] if 0 < self.place < len(self.waiting) else None

    @property
    def unremarkable(self) -> list[Waiting]:
        """Those in which nothing looks odd and that this person may approve."""
        return [one for one in self.waiting if not one.oddities and not one.is_own_work]


def queue_of(user: User, reports: Sequence[ProgressReport], chosen: str) -> Queue:
    """The queue of these submitted reports, in their order; ``chosen`` is the id of the open one, else the first."""
    rules.know_hands(reports)
    odd = warnings_for_many(reports)
    deadlines = Deadlines({report.period for report in reports})
    blocs = _blocs(reports)
    waiting = tuple(
        Waiting(
            report,
            tuple(odd[report.pk]),
            blocs.get(report.unit_id, ""),
            timeliness(report, deadlines.of(report.unit, report.period), report.submitted_at) == Timeliness.LATE,  # type: ignore[arg-type]
            rules.had_a_hand.test(user, report),
        )
        for report in reports
    )
    places = [place for place, report in enumerate(reports, start=1) if str(report.pk) == chosen]
    return Queue(waiting, places[0] if places else min(1, len(waiting)))


def _blocs(reports: Sequence[ProgressReport]) -> dict[int, str]:
    """Unit id → the bloc that it is in on the last day of the newest month among the reports."""
    if not reports:
        return {}
    day = max(report.period.last_day for report in reports)
    rows = BlocMembership.objects.on(day).filter(unit__in=[report.unit_id for report in reports])
    return dict(rows.values_list("unit_id", "bloc__name"))
