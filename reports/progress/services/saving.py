"""Keeping a draft: what was typed, by whom, and nothing of anybody else's lost."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import asdict, dataclass, fields
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, collisions
from reports.enums import ReportState
from reports.progress import notices
from reports.progress.asked import Asked, asked_of, asking_once
from reports.progress.entries import EntryInput, problems_of
from reports.progress.errors import EntriesRefused, Problem
from reports.progress.models import Narrative, ProgressEntry, ProgressReport, ReportEvent
from reports.progress.states import Action

from . import writer
from .taking import take_over

ENTRY_FIELDS = [field.name for field in fields(EntryInput)]


@collisions.atomic
def save_draft(
    *,
    actor: User,
    report: ProgressReport,
    entries: Mapping[int, EntryInput],
    narratives: Mapping[str, str],
    version: int,
    ticked: Mapping[int, Collection[int]] | None = None,
) -> ProgressReport:
    """Keep these entries (by indicator id) and narratives (by topic) and return the report as it is now.

    What is not named stays as it was; an empty entry or text is taken out. ``ticked``: by indicator id the figures of
    activities' outcomes (ids) that the entry, named too, is to hold; a silent one holds none. Nothing in the totals
    changes: no basis counts a draft. Raises ``StaleVersion`` where another person was faster, ``EntriesRefused`` for
    nonsense, ``PermissionDenied``, ``WrongState``.
    """
    row = writer.locked_one(report)
    writer.way_of(row, Action.SAVE, actor)
    writer.check_version(row, version)
    problems = entry_problems(row, entries, asked_of(row.unit, row.period))
    if problems:
        raise EntriesRefused(problems)
    changed = _write_entries(actor, {row.pk: entries})
    if ticked:
        said = {key: figures for key, figures in ticked.items() if not entries[key].is_silent}
        take_over(row, dict.fromkeys(ticked, ()) | said, renewed={indicator for _report, indicator in changed})
    _write_narratives(row, narratives)
    _move(actor, [row])
    return row


@dataclass(frozen=True)
class Draft:
    """What is to be kept of one report: entries by indicator id, made from the report as of ``version``."""

    report: ProgressReport
    version: int
    entries: Mapping[int, EntryInput]


@collisions.atomic
def save_drafts(*, actor: User, drafts: Collection[Draft]) -> list[ProgressReport]:
    """``save_draft`` for many reports, narratives left as they are: all of them or none, in one set of statements.

    Raises what ``save_draft`` raises, for the first report that cannot be kept.
    """
    by_report = {draft.report.pk: draft for draft in drafts}
    rows = writer.locked(draft.report for draft in by_report.values())
    with asking_once() if len(rows) > 1 else nullcontext():
        for row in rows:
            draft = by_report[row.pk]
            writer.way_of(row, Action.SAVE, actor)
            writer.check_version(row, draft.version)
            problems = entry_problems(row, draft.entries, asked_of(row.unit, row.period))
            if problems:
                raise EntriesRefused(problems)
    _write_entries(actor, {row.pk: by_report[row.pk].entries for row in rows})
    _move(actor, rows)
    return rows


def _move(actor: User, rows: list[ProgressReport]) -> None:
    """Take the saved reports their step; a person who saves the same draft again and again makes one history row."""
    last: dict[int, ReportEvent] = {event.report_id: event for event in ReportEvent.objects.filter(report__in=rows)}
    same_hand = {pk for pk, event in last.items() if event.action == Action.SAVE and event.actor_id == actor.pk}
    again = [row for row in rows if row.state == ReportState.DRAFT and row.pk in same_hand]
    news = [row for row in rows if row not in again]
    changes = {"saved_at": clock.now()}
    writer.move(actor=actor, reports=news, action=Action.SAVE, changes=changes)
    writer.move(actor=actor, reports=again, action=Action.SAVE, changes=changes, is_news=False)
    transaction.on_commit(partial(notices.tell_on_behalf, news, actor, submitted=False))


def entry_problems(report: ProgressReport, entries: Mapping[int, EntryInput], asked: Iterable[Asked]) -> list[Problem]:
    """What blocks these entries of the report, those that nobody asked for included."""
    by_indicator = {one.indicator.pk: one for one in asked}
    problems: list[Problem] = []
    for indicator_id, entry in entries.items():
        known = by_indicator.get(indicator_id)
        if known is None:
            problems.append(Problem(indicator_id, "", _("This is not asked of the unit in this month.")))
        else:
            problems += problems_of(known.indicator, entry, starts_on=known.starts_on, last_day=report.period.last_day)
    return problems


def _write_entries(actor: User, entries: Mapping[int, Mapping[int, EntryInput]]) -> set[tuple[int, int]]:
    """Write and return what changed, by report and indicator id.

    ``entered_by`` stays with whoever entered an unchanged figure.
    """
    rows = {(row.report_id, row.indicator_id): row for row in ProgressEntry.objects.filter(report__in=list(entries))}
    stored = {key: EntryInput.of(row) for key, row in rows.items()}
    wished = {(report, indicator): entry for report, said in entries.items() for indicator, entry in said.items()}
    changed = {key: entry for key, entry in wished.items() if entry != stored.get(key, EntryInput())}
    gone = [rows[key].pk for key, entry in changed.items() if entry.is_empty]
    if gone:
        ProgressEntry.objects.filter(pk__in=gone).delete()
    ProgressEntry.objects.bulk_create(
        (
            ProgressEntry(report_id=report, indicator_id=indicator, entered_by=actor, **asdict(entry))
            for (report, indicator), entry in changed.items()
            if not entry.is_empty
        ),
        update_conflicts=True,
        unique_fields=["report", "indicator"],
        update_fields=[*ENTRY_FIELDS, "entered_by"],
        batch_size=2000,
    )
    return set(changed)


def _write_narratives(report: ProgressReport, narratives: Mapping[str, str]) -> None:
    kept = {topic: text.strip() for topic, text in narratives.items()}
    gone = [topic for topic, text in kept.items() if not text]
    if gone:
        report.narratives.filter(topic__in=gone).delete()
    Narrative.objects.bulk_create(
        (Narrative(report=report, topic=topic, text=text) for topic, text in kept.items() if text),
        update_conflicts=True,
        unique_fields=["report", "topic"],
        update_fields=["text"],
    )
