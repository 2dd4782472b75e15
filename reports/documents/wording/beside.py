"""What the page of a document says of its words."""

from dataclasses import dataclass

from accounts.models import User
from reports.documents.models import OfficialDocument

from .versions import is_made_again, is_set, may_edit, newest_row, told_by


@dataclass(frozen=True)
class WordsBeside:
    """The newest version's number, how many of its parts may tell old figures, and whether the paper says its words."""

    number: int
    outdated: int
    is_set: bool
    may_edit: bool


def words_beside(document: OfficialDocument, user: User) -> WordsBeside | None:
    """Return what there is to say; null for a paper that has no words to edit, or none yet."""
    if told_by(document) is None:
        return None
    newest = newest_row(document)
    return WordsBeside(
        number=newest.number if newest else 1,
        outdated=len(newest.outdated) if newest else 0,
        is_set=is_made_again(document) or is_set(document),
        may_edit=may_edit(user, document),
    )
