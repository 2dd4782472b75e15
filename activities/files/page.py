"""What pages show of an activity's photos and files."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User

from ..models import Activity, ActivityFile, Participation
from ..rules import can_record, can_run, is_standing

# Photos beside an outcome; the others are counted.
MOST_BESIDE = 3


@dataclass(frozen=True)
class Kept:
    """A file in a list; ``withdraw_url`` is blank for who may not take it away."""

    row: ActivityFile
    withdraw_url: str


@dataclass(frozen=True)
class FileList:
    """Files that may be added to at ``add_url`` (blank: not by this person), with what was refused just now."""

    title: str
    files: Sequence[Kept]
    add_url: str
    refused: Sequence[str] = ()


@dataclass(frozen=True)
class Beside:
    """What stands beside an outcome in a list: the first photos, how many ``others`` there are besides.

    ``url`` is where all of them are seen, blank where there is nothing and nothing may be added.
    """

    photos: Sequence[ActivityFile]
    others: int
    url: str


def activity_files(activity: Activity, user: User, rows: Iterable[ActivityFile], *refused: str) -> FileList:
    """Return the activity's own files out of ``rows``."""
    may = can_run.test(user, activity)
    kept = [row for row in rows if row.participation_id is None and row.file is not None]
    listed = [Kept(row, _withdrawal("file", may, activity.pk, row.pk)) for row in kept]
    add = reverse("activities:file-add", args=[activity.pk]) if may and is_standing(activity) else ""
    return FileList(_("Attachments"), listed, add, refused)


def outcome_files(outcome: Participation, user: User, rows: Iterable[ActivityFile], *refused: str) -> FileList:
    """Return the files of one outcome out of ``rows``."""
    may = can_record(user, outcome.unit)
    kept = [row for row in rows if row.participation_id == outcome.pk and row.file is not None]
    place = (outcome.activity_id, outcome.pk)
    listed = [Kept(row, _withdrawal("outcome-file", may, *place, row.pk)) for row in kept]
    add = reverse("activities:outcome-files", args=place) if may and is_standing(outcome.activity) else ""
    return FileList(_("Photos and files"), listed, add, refused)


def _withdrawal(kind: str, may: bool, *place: int) -> str:
    return reverse(f"activities:{kind}-withdraw", args=place) if may else ""


def with_files(
    activity: Activity, user: User, outcomes: Iterable[Participation], rows: Iterable[ActivityFile]
) -> list[Participation]:
    """Return the outcomes of the activity, each with its ``Beside`` as ``beside``."""
    by_outcome: dict[int | None, list[ActivityFile]] = defaultdict(list)
    for row in rows:
        if row.file is not None:
            by_outcome[row.participation_id].append(row)
    stands = is_standing(activity)
    listed = list(outcomes)
    for outcome in listed:
        may_add = stands and can_record(user, outcome.unit)
        outcome.beside = _beside(outcome, by_outcome[outcome.pk], may_add)  # type: ignore[attr-defined]
    return listed


def _beside(outcome: Participation, kept: Sequence[ActivityFile], may_add: bool) -> Beside:
    photos = [row for row in kept if row.is_photo][:MOST_BESIDE]
    place = [outcome.activity_id, outcome.pk]
    url = reverse("activities:outcome-files", args=place) if kept or may_add else ""
    return Beside(photos, len(kept) - len(photos), url)
