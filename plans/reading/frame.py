"""What stands around every step of the reading screen: the stepper, the document, the way on."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.models import StoredFile
from plans.models import Plan
from plans.outline import Outline
from plans.rules import can_edit

from .pane import Mark, PaneBlock, document_pane
from .selectors import latest_reading, outline_of, works_on
from .steps import registered_steps

DOCUMENT, ISSUING = "document", "issuing"


@dataclass(frozen=True)
class StepLink:
    """One step as the stepper shows it; ``decided`` of ``total`` proposals, both 0 where there are none."""

    key: str
    label: str | Promise
    url: str
    is_current: bool = False
    is_done: bool = False
    decided: int = 0
    total: int = 0


@dataclass(frozen=True)
class Frame:
    """The context ``frame`` of ``plans/reading/frame.html``. ``next`` is null on the last step."""

    plan: Plan
    outline: Outline
    blocks: list[PaneBlock]
    steps: list[StepLink]
    next: StepLink | None
    source: StoredFile | None
    size: str
    may_edit: bool
    may_download: bool
    works_on: bool


def frame_of(*, plan: Plan, user: User, step: str, marks: Sequence[Mark]) -> Frame:
    """Return the frame of one step ("document", "targets", "activities") with ``marks`` in the document.

    ``plan`` comes from ``selectors.reading_or_404``. The queries: the latest reading, and each step's own count.
    """
    reading = latest_reading(plan)
    outline = outline_of(plan, reading)
    steps = _steps(plan, step)
    following = [after for now, after in pairwise(steps) if now.is_current]
    return Frame(
        plan=plan,
        outline=outline,
        blocks=document_pane(outline, marks, reading.pages if reading else ()),
        steps=steps,
        next=following[0] if following else None,
        source=plan.source,
        size=_size(outline),
        may_edit=can_edit(user, plan),
        may_download=plan.source is not None and works_on(user, plan),
        works_on=works_on(user, plan),
    )


def _steps(plan: Plan, current: str) -> list[StepLink]:
    first = StepLink(
        DOCUMENT,
        _("Document"),
        reverse("plans:reading", args=[plan.pk]),
        is_current=current == DOCUMENT,
        is_done=current != DOCUMENT,
    )
    links = [first]
    for step in registered_steps():
        decided, total = step.count(plan)
        is_done = 0 < total == decided
        links.append(StepLink(step.key, step.label, step.address(plan), step.key == current, is_done, decided, total))
    if links[-1].key != ISSUING:
        links.append(StepLink(ISSUING, _("Issuing"), reverse("plans:detail", args=[plan.pk])))
    return links


def _size(outline: Outline) -> str:
    """How much the document holds: "6 mục lớn, 41 mục nhỏ"."""
    large = sum(section.parent is None for section in outline.sections)
    small = len(outline.sections) - large
    words = [ngettext("%(count)s section", "%(count)s sections", large) % {"count": large}]
    if small:
        words.append(ngettext("%(count)s item", "%(count)s items", small) % {"count": small})
    return ", ".join(words)
