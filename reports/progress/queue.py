"""The reviewer's queue: what waits, what looks odd in it, which report is open. What narrows it: ``queue_filter``."""

import re
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
AT_ONCE = 1000  # as many are judged for one page, and approved by one click


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
    """One page of all that is chosen, in order, with details; ``count`` of all.

    ``place`` counts the open report from 1 in the whole order, 0 where nothing waits; ``before`` and ``after`` are the
    ids of its neighbours, null at an end. ``is_cut``: more were chosen than were judged, and the rest is not here.
    """

    count: int
    page: "Page[int]"
    waiting: tuple[Waiting, ...]
    open: Waiting | None
    place: int
    before: int | None
    after: int | None
    is_cut: bool

    most = AT_ONCE

    @property
    def at_once(self) -> int:
        """How many one click approves."""
        return min(self.count, AT_ONCE)


def queue_of(user: User, wish: QueueFilter, *, chosen: str = "", page: str | None = None) -> Queue:
    """The queue that the filter leaves, one page of it. ``chosen`` is the id of the open report.

    The page is ``page``, else the one on which the chosen report stands. Where that waits no longer, or stands on
    another page than the one asked for, the first of the page is open.
    """
    line: _Line = (_Judged if wish.needs_judging else _Line)(user, wish)
    count, place = line.count(), (0 if page else line.place_of(chosen))
    shown = Paginator(range(count), REPORTS_A_PAGE).get_page(_page_of(place) if place else page)
    place = place or shown.start_index()
    first, last = shown.start_index(), shown.end_index()
    ids = line.ids(first - 1, last + 1)  # of one more on both sides: the neighbours of the first and the last
    # The chosen one stands elsewhere where others decided in between.
    place = next((at for at, pk in ids.items() if str(pk) == chosen and first <= at <= last), place)
    waiting = line.details([ids[at] for at in range(first, last + 1) if at in ids])
    return Queue(
        count=count,
        page=shown,
        waiting=waiting,
        open=next((one for one in waiting if one.report.pk == ids.get(place)), None),
        place=place,
        before=ids.get(place - 1),
        after=ids.get(place + 1),
        is_cut=line.is_cut,
    )


def _page_of(place: int) -> int:
    return (place - 1) // REPORTS_A_PAGE + 1


class _Line:
    """All the reports of a filter in its order, by their places from 1 on; the database counts and cuts."""

    is_cut = False

    def __init__(self, user: User, wish: QueueFilter) -> None:
        self.user, self.wish = user, wish
        self.reports = chosen_reports(user, wish)

    def count(self) -> int:
        return self.reports.count()

    def place_of(self, chosen: str) -> int:
        """The place of the report whose id is written there; 0 where it does not wait here."""
        if not re.fullmatch("[0-9]{1,18}", chosen):
            return 0
        ahead = self.wish.ahead_of(self.reports, int(chosen))
        return 0 if ahead is None else ahead.count() + 1

    def ids(self, first: int, last: int) -> dict[int, int]:
        """Place → id, from the first to the last of these places as far as there are any."""
        first = max(first, 1)
        return dict(enumerate(self.reports.values_list("pk", flat=True)[first - 1 : last], start=first))

    def details(self, ids: Sequence[int]) -> tuple[Waiting, ...]:
        rows = self.reports.in_bulk(ids)
        return waiting_of(self.user, [rows[pk] for pk in ids if pk in rows])


class _Judged(_Line):
    """The same where every report must be judged to know its place: the first ``AT_ONCE`` of those chosen."""

    def __init__(self, user: User, wish: QueueFilter) -> None:
        super().__init__(user, wish)
        reports = list(self.reports[: AT_ONCE + 1])
        self.is_cut = len(reports) > AT_ONCE
        self._judged = {one.report.pk: one for one in judged(user, reports[:AT_ONCE], wish)}

    def count(self) -> int:
        return len(self._judged)

    def place_of(self, chosen: str) -> int:
        return next((place for place, pk in self.ids(1, self.count()).items() if str(pk) == chosen), 0)

    def ids(self, first: int, last: int) -> dict[int, int]:
        first = max(first, 1)
        return dict(enumerate(list(self._judged)[first - 1 : last], start=first))

    def details(self, ids: Sequence[int]) -> tuple[Waiting, ...]:
        return tuple(self._judged[pk] for pk in ids)


def chosen_reports(user: User, wish: QueueFilter) -> QuerySet[ProgressReport]:
    """The submitted reports that the filter chooses, as far as the database can tell, in its order."""
    return wish.narrow(selectors.reports_awaiting_review(user, wish.q))


def approved_by_one_click(user: User, wish: QueueFilter) -> list[Waiting]:
    """What "approve all" means: the first ``AT_ONCE`` reports of the filter, judged."""
    return judged(user, list(chosen_reports(user, wish)[:AT_ONCE]), wish)


def judged(user: User, reports: Sequence[ProgressReport], wish: QueueFilter) -> list[Waiting]:
    """Those of the reports that bear the filter's mark, in its order; a bounded number of queries."""
    found = [one for one in waiting_of(user, reports) if one.bears(wish.mark)]
    return sorted(found, key=lambda one: -len(one.oddities)) if wish.order == Order.ODDEST else found


def waiting_of(user: User, reports: Sequence[ProgressReport]) -> tuple[Waiting, ...]:
    """These submitted reports with what a reviewer sees of them at a glance, in their order."""
    rules.know_hands(reports)
    odd = warnings_for_many(reports)
    deadlines = Deadlines({report.period for report in reports}, of=[report.unit for report in reports])
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
