"""Saying a word about an activity, and taking it back."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from units.models import Unit

from ..comments.notices import tell_answered, tell_said
from ..comments.rules import may_speak, may_speak_to_all, may_take_back, voices
from ..comments.selectors import comments_read_by
from ..models import Activity, Comment
from .life import check_standing

LONGEST = 4000


@transaction.atomic
def say(
    *, actor: User, activity: Activity, unit: Unit, text: str, answers: Comment | None = None, is_for_all: bool = False
) -> Comment:
    """Say a word for ``unit``, or answer one; the owner's people are told, and the author of what is answered.

    Raises ValidationError at the field, or where the activity is of a version that does not count; PermissionDenied
    where the actor may not speak for the unit, not to all, or does not read what is answered.
    """
    # Locked, so that an amendment does not take the others over to the next version and leave this one behind.
    locked = Activity.objects.select_for_update(of=("self",)).select_related("unit", "bloc", "plan").get(pk=activity.pk)
    check_standing(locked)
    if not may_speak(actor, locked) or unit.pk not in voices(actor, locked):
        raise PermissionDenied
    if is_for_all and not may_speak_to_all(actor, locked):
        raise PermissionDenied
    question = _answerable(actor, locked, answers)
    comment = Comment.objects.create(
        activity=locked,
        unit=unit,
        author=actor,
        answers=question,
        addressed=_addressed(unit, question),
        is_for_all=is_for_all,
        text=_checked_text(text),
        written_at=clock.now(),
    )
    tell_said(comment)
    if question is not None:
        tell_answered(comment, question)
    return comment


def _checked_text(text: str) -> str:
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise ValidationError({"text": _("Write something first.")})
    if len(words) > LONGEST:
        raise ValidationError({"text": _("At most %(count)s letters.") % {"count": LONGEST}})
    return words


def _answerable(actor: User, activity: Activity, answers: Comment | None) -> Comment | None:
    """What is answered, held until this is done. Raises PermissionDenied where it is not the actor's to read."""
    if answers is None:
        return None
    if not comments_read_by(actor, activity).filter(pk=answers.pk).exists():
        raise PermissionDenied
    question = Comment.objects.select_for_update().get(pk=answers.pk)
    if question.withdrawn_at is not None:
        raise ValidationError({"text": _("What you answer was taken back meanwhile.")})
    return question


def _addressed(unit: Unit, question: Comment | None) -> Unit | None:
    """The unit that is answered; who adds to what his or her own unit said goes on speaking to the same one."""
    if question is None:
        return None
    return question.addressed if question.unit_id == unit.pk else question.unit


@transaction.atomic
def take_back(*, actor: User, comment: Comment) -> Comment:
    """Take one's own word back: the text goes for good, its place stays. A second time changes nothing.

    Raises PermissionDenied for another's, ValidationError where it is too late: after a day, or once it was answered.
    """
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    if row.author_id != actor.pk:
        raise PermissionDenied
    if row.withdrawn_at is not None:
        return row
    if not may_take_back(actor, row, clock.now()):
        raise ValidationError(_("A word can be taken back within 24 hours only."), code="too_late")
    if row.answered_by.exists():
        raise ValidationError(_("It was answered already, so it cannot be taken back."), code="answered")
    row.text, row.withdrawn_at = "", clock.now()
    row.save(update_fields=["text", "withdrawn_at"])
    return row
