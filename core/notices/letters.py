"""How a digest looks: the lines that wait for one person as one letter, plain and as simple HTML."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext, override

from core.models import Notice

from .registry import Kind, kinds
from .stopping import stop_address

SUBJECT_LENGTH = 120


@dataclass(frozen=True)
class Line:
    """One notice; ``url`` is whole, or blank."""

    text: str
    url: str


@dataclass(frozen=True)
class Group:
    """The lines of one kind, oldest first, and the address that stops this kind's e-mail."""

    kind: Kind
    lines: tuple[Line, ...]
    stop_url: str


def letter_to(person: Any, waiting: Sequence[Notice]) -> EmailMultiAlternatives:
    """One letter with all lines (at least one), by kind, the urgent kinds first, in the portal's language."""
    with override(settings.LANGUAGE_CODE):
        groups = _groups(person, waiting)
        context = {
            "person": person,
            "groups": groups,
            "notices_url": settings.PORTAL_URL + reverse("core:notices"),
            "settings_url": settings.PORTAL_URL + reverse("core:notices-settings"),
        }
        letter = EmailMultiAlternatives(
            subject=_subject(groups),
            body=render_to_string("core/mail/digest.txt", context),
            to=[person.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{stop_address(person, [group.kind.name for group in groups])}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
        letter.attach_alternative(render_to_string("core/mail/digest.html", context), "text/html")
    return letter


def _groups(person: Any, waiting: Sequence[Notice]) -> list[Group]:
    lines: dict[str, list[Line]] = defaultdict(list)
    for notice in waiting:
        lines[notice.kind].append(Line(notice.text, settings.PORTAL_URL + notice.url if notice.url else ""))
    # A kind whose app is gone is told all the same, last and by its bare name.
    order = {**kinds(), **{name: Kind(name, name) for name in lines if name not in kinds()}}
    return [
        Group(kind, tuple(lines[name]), stop_address(person, [name])) for name, kind in order.items() if name in lines
    ]


def _subject(groups: Sequence[Group]) -> str:
    """The first line, and how many more there are: what the letter is about is read without opening it."""
    first = shorten(groups[0].lines[0].text, SUBJECT_LENGTH, placeholder=" …")
    more = sum(len(group.lines) for group in groups) - 1
    if not more:
        return first
    words = ngettext("%(first)s (and %(count)s more notice)", "%(first)s (and %(count)s more notices)", more)
    return words % {"first": first, "count": more}
