"""The reviewer's queue: what waits, what looks odd in it, which report is open. What narrows it: ``queue_filter``."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from accounts.models import User
from reports.enums import Timeliness
from reports.progress.models import ProgressReport
from units.models import BlocMembership

from . import rules, selectors
from .deadlines import Deadlines, timeliness
from .queue_filter import Mark, Order, QueueFilter
from .warnings import Oddity, warnings_for_many

REPORTS_A_PAGE = 30


@dataclass(frozen=True)
class Waiting:
    """One submitted report in the queue.

    ``is_on_behalf``: somebody above entered or submitted it for the unit. ``is_own_work``: this person did, in
    whatever role, so another approves it.
    """

    report: ProgressReport
    oddities: tuple[Oddity, ...]
    bloc: str
    is_late: bool
    is_on_behalf: bool
    is_own_work: bool

    def bears(self, mark: str) -> bool:
        """Whether the report is one of those that the mark means; without a mark each is."""
        return {Mark.ODD: bool(self.oddities), Mark.PLAIN: not self.oddities, Mark.LATE: self.is_late}.get(mark, True)  # type: ignore[call-overload]


@dataclass(frozen=True)
class Queue:
    """The ids of all that is chosen, in order, and one page of them with their details.

    ``place`` counts the open report from 1 in the whole order, 0 where nothing waits.
    """

    ids: tuple[int, ...]
    page: "Page[int]"
    waiting: tuple[Waiting, ...]
    place: int

    @property
    def open(self) -> Waiting | None:
        return next((one for one in self.waiting if one.report.pk == self.ids[self.place - 1]), None)

    @property
    def before(self) -> int | None:
        """The id of the report before the open one."""
        return self.ids[self.place - 2] if self.place > 1 else None

    @property
    def after(self) -> int | None:
        """The id of the report after the open one."""
        return self.ids[self.place] if 0 < self.place < len(self.ids) else None


def queue_of(user: User, wish: QueueFilter, *, chosen: str = "", page: str | None = None) -> Queue:
    """The queue that the filter leaves. ``chosen`` is the id of the open report, else the first of ``page`` is.

    A report that waits no longer opens nothing by itself; the page is the one on which the chosen report stands.
    """
    reports = chosen_reports(user, wish)
    judged = {one.report.pk: one for one in judged_waiting(user, reports, wish)} if wish.needs_judging else None
    ids = list(judged) if judged is not None else list(reports.values_list("pk", flat=True))
    places = [place for place, pk in enumerate(ids, start=1) if str(pk) == chosen]
    shown = Paginator(ids, REPORTS_A_PAGE).get_page(_page_of(places[0]) if places else page)
    place = places[0] if places else shown.start_index()
    if judged is not None:
        waiting = tuple(judged[pk] for pk in shown.object_list)
    else:
        rows = reports.in_bulk(list(shown.object_list))
        waiting = waiting_of(user, [rows[pk] for pk in shown.object_list if pk in rows])
    return Queue(tuple(ids), shown, waiting, place)


def _page_of(place: int) -> int:
    return (place - 1) // REPORTS_A_PAGE + 1


def chosen_reports(user: User, wish: QueueFilter) -> QuerySet[ProgressReport]:
    """The submitted reports that the filter chooses, as far as the database can tell."""
    return wish.narrow(selectors.reports_awaiting_review(user, wish.q))


def judged_waiting(user: User, reports: QuerySet[ProgressReport], wish: QueueFilter) -> list[Waiting]:
    """All the reports that bear the filter's mark, in its order, each judged; a bounded number of queries."""
    found = [one for one in waiting_of(user, list(reports)) if one.bears(wish.mark)]
    return sorted(found, key=lambda one: -len(one.oddities)) if wish.order == Order.ODDEST else found


def waiting_of(user: User, reports: Sequence[ProgressReport]) -> tuple[Waiting, ...]:
    """These submitted reports with what a reviewer sees of them at a glance, in their order."""
    rules.know_hands(reports)
    odd = warnings_for_many(reports)
    deadlines = Deadlines({report.period for report in reports})
    blocs, on_behalf = _blocs(reports), selectors.entered_on_behalf(reports)
    return tuple(
        Waiting(
            report,
            tuple(odd[report.pk]),
            blocs.get(report.unit_id, ""),
            timeliness(report, deadlines.of(report.unit, report.period), report.submitted_at) == Timeliness.LATE,  # type: ignore[arg-type]
            report.pk in on_behalf,
            rules.had_a_hand.test(user, report),
        )
        for report in reports
    )


def _blocs(reports: Sequence[ProgressReport]) -> dict[int, str]:
    """Unit id → the bloc that it is in on the last day of the newest month among the reports."""
    if not reports:
        return {}
    day = max(report.period.last_day for report in reports)
    rows = BlocMembership.objects.on(day).filter(unit__in=[report.unit_id for report in reports])
    return dict(rows.values_list("unit_id", "bloc__name"))
