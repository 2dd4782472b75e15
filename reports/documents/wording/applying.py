"""What a job sets: the figures of now or the frozen ones, with the words that people wrote."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from core import clock
from reports.documents import papers
from reports.documents.context import PeriodicReport
from reports.documents.models import OfficialDocument
from reports.documents.papers import Paper
from reports.enums import WordingCause

from .models import WordingVersion, differing
from .parts import Words, with_words, words_of
from .versions import newest_row


def _nothing() -> None:
    return None


@dataclass(frozen=True)
class Content:
    """What the draft says; ``keep`` runs where it is frozen, in that transaction."""

    paper: Paper
    keep: Callable[[], None] = _nothing


def content_of(document: OfficialDocument, *, wording: int | None, actor: User | None) -> Content:
    """Return what the draft is to say. ``wording``: the version to set over the frozen figures; null: figures of now.

    What a person edited stays; parts that nobody edited are written anew with the figures. Raises JobFailed where the
    figures cannot be told.
    """
    newest = newest_row(document)
    if newest is None:
        return Content(papers.build(document))
    if wording is not None and document.snapshot is not None:
        frozen = papers.thaw(document, document.snapshot)
        version = document.wordings.get(number=wording)
        return Content(_worded(frozen, version.words))
    built = papers.build(document)
    if not isinstance(built, PeriodicReport):
        return Content(built)
    version = regathered(newest, words_of(built))
    version.made_by, version.made_at = actor, clock.now()
    return Content(with_words(built, version.words), version.save)


def _worded(paper: Paper, words: Words) -> Paper:
    return with_words(paper, words) if isinstance(paper, PeriodicReport) else paper


def regathered(newest: WordingVersion, prefilled: Words) -> WordingVersion:
    """Return the version after ``newest`` over new figures, from which the portal writes ``prefilled``; not kept yet.

    An edited part may tell old figures where the portal would now say something else than it did.
    """
    kept = newest.edited
    words = {key: newest.words.get(key, ()) if key in kept else said for key, said in prefilled.items()}
    still_edited = differing(words, prefilled)
    changed = differing(prefilled, newest.prefilled_words)
    return WordingVersion(
        document_id=newest.document_id,
        number=newest.number + 1,
        cause=WordingCause.GATHERED,
        texts={key: list(said) for key, said in words.items()},
        prefilled={key: list(said) for key, said in prefilled.items()},
        outdated=sorted(still_edited & (changed | set(newest.outdated))),
    )
