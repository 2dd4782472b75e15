"""What an activity's page shows of what was said about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User

from ..models import Activity
from .forms import CommentForm
from .rules import may_speak
from .selectors import Word, newest

MOST_SHOWN = 3


@dataclass(frozen=True)
class CommentsShown:
    """The newest words, how many there are ``in_all``, and a form for another one (null: not by this person)."""

    words: Sequence[Word]
    in_all: int
    form: CommentForm | None

    @property
    def has_more(self) -> bool:
        return self.in_all > len(self.words)


def comments_shown(user: User, activity: Activity) -> CommentsShown:
    """Return what of it the person reads on the activity's page."""
    words, in_all = newest(user, activity, MOST_SHOWN)
    form = CommentForm(user=user, activity=activity) if may_speak(user, activity) else None
    return CommentsShown(words, in_all, form)
