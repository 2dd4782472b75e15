"""Keeping a draft: what was typed, by whom, and nothing of anybody else's lost."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields

from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, collisions
from reports.progress.asked import Asked, asked_of
from reports.progress.entries import EntryInput, problems_of
from reports.progress.errors import EntriesRefused, Problem
from reports.progress.models import Narrative, ProgressEntry, ProgressReport
from reports.progress.states import Action

from . import writer

ENTRY_FIELDS = [field.name for field in fields(EntryInput)]


@collisions.atomic
def save_draft(
    *,
    actor: User,
    report: ProgressReport,
    entries: Mapping[int, EntryInput],
    narratives: Mapping[str, str],
    version: int,
) -> ProgressReport:
    """Keep these entries (by indicator id) and narratives (by topic) and return the report as it is now.

    What is not named stays as it was; an empty entry or text is taken out. Nothing in the totals
    changes: no basis counts a draft. Raises ``StaleVersion`` where another person was faster,
    ``EntriesRefused`` for nonsense, ``PermissionDenied``, ``WrongState``.
    """
    row = writer.locked_one(report)
    way = writer.way_of(row, Action.SAVE, actor)
    writer.check_version(row, version)
    problems = entry_problems(row, entries, asked_of(row.unit, row.period))
    if problems:
        raise EntriesRefused(problems)
    _write_entries(actor, row, entries)
    _write_narratives(row, narratives)
    last = row.events.last()
    is_news = way.to != row.state or last is None or last.action != Action.SAVE or last.actor_id != actor.pk
    writer.move(actor=actor, reports=[row], action=Action.SAVE, changes={"saved_at": clock.now()}, is_news=is_news)
    return row


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


def _write_entries(actor: User, report: ProgressReport, entries: Mapping[int, EntryInput]) -> None:
    """Write what changed; ``entered_by`` stays with whoever entered an unchanged figure."""
    stored = {entry.indicator_id: EntryInput.of(entry) for entry in report.entries.all()}
    changed = {key: entry for key, entry in entries.items() if entry != stored.get(key, EntryInput())}
    gone = [key for key, entry in changed.items() if entry.is_empty]
    if gone:
        report.entries.filter(indicator__in=gone).delete()
    ProgressEntry.objects.bulk_create(
        (
            ProgressEntry(report=report, indicator_id=key, entered_by=actor, **asdict(entry))
            for key, entry in changed.items()
            if not entry.is_empty
        ),
        update_conflicts=True,
        unique_fields=["report", "indicator"],
        update_fields=[*ENTRY_FIELDS, "entered_by"],
    )


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
