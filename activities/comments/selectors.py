"""Reading what was said about an activity.

The rule. Who does not see the activity reads nothing. Of those who see it, a word is read by

- the owner's people: who may run the activity, and who works (secretary, officer, leader) at its owner or above;
- the line of the unit that spoke: who works at that unit or above it;
- the line of the unit that is answered;
- the author, and the author of what is answered;
- everybody who sees the activity, where the owner's people said it to all.

So a sibling unit never reads it; nor do units beneath, unless it is said to all or answers one of theirs.
Administrators work at no unit in this sense: they read what is said to all.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window

from accounts.models import User
from accounts.scope import units_for
from core import clock
from plans.selectors import WORKING_ROLES

from ..models import Activity, Comment
from .rules import hears_all, may_take_back


@dataclass(frozen=True)
class Word:
    """A comment in a list. ``answered`` is the word that it answers, null where the reader does not read that one."""

    comment: Comment
    answered: Comment | None
    may_take_back: bool


def comments_read_by(user: User, activity: Activity) -> QuerySet[Comment]:
    """Return what of it the person reads, newest first, of an activity that exists for the person."""
    said = Comment.objects.filter(activity=activity)
    if hears_all(user, activity):
        return said
    line = units_for(user, *WORKING_ROLES)
    own = Q(author=user) | Q(answers__author=user)
    return said.filter(Q(is_for_all=True) | own | Q(unit__in=line) | Q(addressed__in=line))


def with_people(comments: QuerySet[Comment], readable: QuerySet[Comment]) -> QuerySet[Comment]:
    """Fetch what a list shows; ``knows_answered`` says whether what is answered is among the ``readable``."""
    known = readable.order_by().filter(pk=OuterRef("answers"))
    answered = Exists(Comment.objects.filter(answers=OuterRef("pk")))
    people = ("unit", "author", "answers__unit", "answers__author")
    return comments.select_related(*people).annotate(knows_answered=Exists(known), is_answered=answered)


def newest(user: User, activity: Activity, most: int) -> tuple[list[Word], int]:
    """Return the newest words that the person reads, and how many there are in all. One query."""
    readable = comments_read_by(user, activity)
    rows = with_people(readable, readable).annotate(in_all=Window(Count("pk")))[:most]
    found = list(rows)
    return words(user, found), found[0].in_all if found else 0


def words(user: User, comments: Iterable[Comment]) -> list[Word]:
    """Return the rows of ``with_people`` as they are listed."""
    now = clock.now()
    return [
        Word(
            comment,
            comment.answers if comment.knows_answered else None,  # type: ignore[attr-defined]
            may_take_back(user, comment, now) and not comment.is_answered,  # type: ignore[attr-defined]
        )
        for comment in comments
    ]
