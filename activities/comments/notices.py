"""What is told of comments: to the owner's people that something was said, to an author that he or she was answered.

The lines do not repeat what was said: it may be taken back.
"""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.enums import RoleName
from accounts.models import Role, User
from core import notices
from units.models import Unit

from ..enums import Scope
from ..models import Activity, Comment
from ..selectors import activities_visible_to

SAID = "activities.said"
ANSWERED = "activities.answered"
NAME_LENGTH = 120


def register() -> None:
    """Name the kinds of notices of this room; called once when the app is ready."""
    notices.register(SAID, gettext_lazy("Comments on activities that I run"))
    notices.register(ANSWERED, gettext_lazy("Answers to my comments on activities"))


def tell_said(comment: Comment) -> None:
    """Tell whoever may run the activity that a unit said something; the author and who is answered are left out."""
    answered = comment.answers.author_id if comment.answers else None
    people = [person for person in people_of(comment.activity) if person.pk not in (comment.author_id, answered)]
    with override(settings.LANGUAGE_CODE):
        text = _("%(unit)s commented on the activity “%(name)s”.") % _named(comment)
    notices.tell(recipients=people, kind=SAID, text=text, url=address_of(comment))


def tell_answered(comment: Comment, question: Comment) -> None:
    """Tell the author of the question, if the activity still exists for him or her."""
    author = question.author
    if author.pk == comment.author_id or not author.is_active:
        return
    if not activities_visible_to(author).filter(pk=comment.activity_id).exists():
        return
    with override(settings.LANGUAGE_CODE):
        text = _("%(unit)s answered your comment on the activity “%(name)s”.") % _named(comment)
    notices.tell(recipients=[author], kind=ANSWERED, text=text, url=address_of(comment))


def people_of(activity: Activity) -> list[User]:
    """Return who may run the activity and is nearest to it: at its owner (and the bloc's heads), else right above."""
    names = [RoleName.OFFICER, *([RoleName.SECRETARY] if activity.scope == Scope.UNIT else [])]
    wanted = Q(unit=activity.unit_id, name__in=names)
    if activity.bloc_id is not None:
        wanted |= Q(bloc=activity.bloc_id)
    return _holders(wanted) or _officers_above(activity.unit)


def _holders(wanted: Q) -> list[User]:
    roles = Role.objects.filter(wanted, ended_at__isnull=True, user__is_active=True).select_related("user")
    return list({role.user_id: role.user for role in roles.order_by("pk")}.values())


def _officers_above(unit: Unit) -> list[User]:
    """The officers of the nearest body strictly above that has any; nobody where none has."""
    for end in range(len(unit.path) - Unit.steplen, 0, -Unit.steplen):
        if officers := _holders(Q(unit__path=unit.path[:end], name=RoleName.OFFICER)):
            return officers
    return []


def address_of(comment: Comment) -> str:
    """Where the comment stands, whatever version of its plan the activity has moved to since."""
    return reverse("activities:comment", args=[comment.pk])


def _named(comment: Comment) -> dict[str, str]:
    unit, activity = comment.unit, comment.activity
    return {"unit": unit.short_name or unit.name, "name": Truncator(activity.name).chars(NAME_LENGTH)}
