"""Who may say a word about an activity, under which of the person's roles, and take it back again.

That the activity exists for the person is asked before.
"""

from datetime import datetime, timedelta

from accounts.enums import RoleName
from accounts.models import User
from accounts.scope import grants_of, holds
from plans.enums import ISSUED_STATES
from plans.selectors import WORKING_ROLES

from ..models import Activity, Comment
from ..rules import can_run, is_standing

SPEAKING_ROLES = (*WORKING_ROLES, RoleName.BLOC_HEAD)
TAKEN_BACK_WITHIN = timedelta(hours=24)


def voices(user: User, activity: Activity) -> list[int]:
    """Return the ids of the units for which the person may speak, each once: his or her own at the owner or beneath.

    Also the head of a bloc beneath, for the bloc's owner, which comes last; and an officer above, who may run the
    activity.
    """
    owner = activity.unit
    found = [
        grant.unit_id
        for grant in sorted(grants_of(user), key=lambda grant: grant.name == RoleName.BLOC_HEAD)
        if (grant.name in SPEAKING_ROLES and grant.path.startswith(owner.path))
        or (grant.name == RoleName.OFFICER and grant.reaches(owner))
    ]
    return list(dict.fromkeys(found))


def may_speak(user: User, activity: Activity) -> bool:
    """Whether the person may say a word: about what was announced and stands, not about drafts."""
    announced = activity.plan is None or activity.plan.state in ISSUED_STATES
    return announced and bool(voices(user, activity)) and is_standing(activity)


def may_speak_to_all(user: User, activity: Activity) -> bool:
    """Whether the person's word may go to everybody who sees the activity: the owner's people."""
    return bool(can_run.test(user, activity))


def hears_all(user: User, activity: Activity) -> bool:
    """Whether the person reads every word: who may run the activity, and who works at its owner or above."""
    return may_speak_to_all(user, activity) or holds(user, activity.unit, *WORKING_ROLES)


def may_take_back(user: User, comment: Comment, now: datetime) -> bool:
    """Whether the author may take the word back: within a day; that nobody answered it is asked elsewhere."""
    is_own = comment.author_id == user.pk and comment.withdrawn_at is None
    return is_own and now < comment.written_at + TAKEN_BACK_WITHIN
