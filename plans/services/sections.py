"""The numbered parts of a draft: written, moved, renumbered, deleted. Their place is the order of the rows.

How the tree is turned is ``plans.writing.arranging``; how numbers run is ``plans.writing.numbering``.
"""

import hashlib
from collections.abc import Callable
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, F, Max, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..enums import Topic
from ..models import Plan, Section
from ..selectors import arrangement_of
from ..writing.arranging import Arrangement, Place, Step, free_address
from ..writing.hanging import Hanging, hanging_on, move_all
from ..writing.numbering import Style, renumber_all, renumber_group
from .drafts import lock_draft

# Far above any number of sections: moves rows out of the way of the unique order while others take their place.
_ASIDE = 1_000_000


class SectionWords(TypedDict):
    """What a section says; ``topic`` is blank for none."""

    number: str
    heading: str
    text: str
    topic: Topic | str


_PLACED = ("parent_id", "order", "depth", "number", "address")


@transaction.atomic
def add_section(
    *, plan: Plan, number: str, heading: str, text: str = "", parent: Section | None = None, topic: Topic | str = ""
) -> Section:
    """Add a section as the last of ``parent`` (none: of the plan). ``number`` is the document's own, blank for a dash.

    A number that the document repeats is kept as it is. Raises ValidationError where the plan is no draft, the section
    says nothing, or a field is wrong.
    """
    plan = lock_draft(plan=plan)
    _check_parent(plan, parent)
    parent = plan.sections.get(pk=parent.pk) if parent else None  # it may have moved since it was read
    section = Section(plan=plan, parent=parent, number=number.strip(), topic=topic)
    section.heading, section.text = heading.strip(), text.strip()
    _check_words(section)
    taken = plan.sections.values_list("address", flat=True)
    section.address = free_address(section.number, parent.address if parent else "", taken)
    section.depth = parent.depth + 1 if parent else 1
    section.order = _make_room(plan=plan, parent=parent)
    section.full_clean(exclude=["address"])
    section.save()
    return section


def _lock(section: Section) -> Plan:
    """Return the section's plan under its lock. Raises ValidationError where it is no draft or the section is gone."""
    plan = lock_draft(plan=section.plan)
    if not plan.sections.filter(pk=section.pk).exists():
        raise ValidationError(_("Somebody else has deleted this meanwhile."), code="gone")
    return plan


def _check_words(section: Section) -> None:
    if not (section.heading or section.text):
        raise ValidationError({"heading": _("Write a heading or a text.")})


def _check_parent(plan: Plan, parent: Section | None) -> None:
    if parent is not None and parent.plan_id != plan.pk:
        raise ValidationError({"parent": _("The section above belongs to another plan.")})


def _make_room(*, plan: Plan, parent: Section | None) -> int:
    """Return the place after the parent's last descendant, moving what stands there by one."""
    last = plan.sections.aggregate(last=Max("order"))["last"] or 0
    if parent is None:
        return last + 1
    follower = plan.sections.filter(order__gt=parent.order, depth__lte=parent.depth).order_by("order").first()
    if follower is None:
        return last + 1
    behind = plan.sections.filter(order__gte=follower.order)
    behind.update(order=F("order") + _ASIDE)
    plan.sections.filter(order__gte=_ASIDE).update(order=F("order") - _ASIDE + 1)
    return follower.order


@transaction.atomic
def revise_section(*, section: Section, number: str, heading: str, text: str, topic: Topic | str = "") -> Section:
    """Change a section's words in a draft; it stays where it is, and its address follows its number.

    Raises ValidationError as ``add_section``.
    """
    plan = _lock(section)
    section.number, section.heading, section.text = number.strip(), heading.strip(), text.strip()
    section.topic = topic
    _check_words(section)
    section.full_clean(exclude=["plan", "parent"])
    section.save(update_fields=["heading", "text", "topic"])
    if not plan.sections.filter(pk=section.pk).exclude(number=section.number).exists():
        return section
    arrangement = arrangement_of(plan)
    arrangement.numbers[section.pk] = section.number
    _write_places(plan, arrangement)
    return _reread(section)


@transaction.atomic
def rewrite_section(*, section: Section, parent: Section | None, **words: Unpack[SectionWords]) -> Section:
    """Change a section's words and put it under ``parent``: both or neither. Raises ValidationError as both do."""
    put_section_under(section=section, parent=parent)
    return revise_section(section=section, **words)


@transaction.atomic
def move_section(*, section: Section, step: Step | str) -> Section:
    """Take one step with the section and all beneath it. Raises ValidationError where it leads nowhere, or no draft."""
    return _rearrange(section, lambda arrangement: arrangement.take(section.pk, Step(step)))


@transaction.atomic
def put_section_under(*, section: Section, parent: Section | None) -> Section:
    """Make the section, with all beneath it, the last one of ``parent`` (null: of the plan itself).

    Where it stands under it already, it stays. Raises ValidationError at ``parent`` where that is of another plan or
    lies beneath the section, and where the plan is no draft.
    """
    _check_parent(section.plan, parent)
    return _rearrange(section, lambda arrangement: arrangement.put_under(section.pk, parent.pk if parent else None))


def _rearrange(section: Section, change: Callable[[Arrangement], None]) -> Section:
    plan = _lock(section)
    arrangement = arrangement_of(plan)
    change(arrangement)
    _write_places(plan, arrangement)
    return _reread(section)


def _reread(section: Section) -> Section:
    section.refresh_from_db(fields=["parent", "order", "depth", "number", "address"])
    return section


def renumbered(*, plan: Plan, section: Section | None = None, style: Style | str = "") -> Arrangement:
    """Return the plan's sections with the numbers that ``renumber`` would give them; nothing is written."""
    arrangement = arrangement_of(plan)
    if section is None:
        renumber_all(arrangement)
    else:
        renumber_group(arrangement, section.parent_id, Style(style) if style else None)
    return arrangement


def fingerprint_of(arrangement: Arrangement) -> str:
    """Return a mark that is equal for two arrangements exactly when sections, places and numbers are the same."""
    places = arrangement.places()
    return hashlib.sha256(repr(places).encode()).hexdigest()


@transaction.atomic
def renumber(*, plan: Plan, seen: str, section: Section | None = None, style: Style | str = "") -> int:
    """Give the sections beside ``section`` (null: of the whole plan) running numbers; return how many are new.

    ``style`` blank: as the document writes them. ``seen`` is the fingerprint of what the person agreed to. Raises
    ValidationError where it would be something else by now, or the plan is no draft.
    """
    plan = lock_draft(plan=plan)
    arrangement = renumbered(plan=plan, section=section, style=style)
    if fingerprint_of(arrangement) != seen:
        raise ValidationError(_("The sections changed since you looked. Look at the new numbers again."), code="stale")
    before = arrangement_of(plan).numbers
    _write_places(plan, arrangement)
    return sum(before[pk] != number for pk, number in arrangement.numbers.items())


@transaction.atomic
def delete_section(*, section: Section, into: Section | None = None, moves: bool = False) -> None:
    """Delete a section of a draft on which nothing hangs; reading its document again does not bring it back.

    With ``moves`` its targets and activities go to ``into`` first (null: to no section). Raises ValidationError where
    parts stand beneath it, where something hangs on it still, or where the plan is no draft.
    """
    plan = _lock(section)
    hanging = hanging_on(section)
    if hanging.parts:
        raise ValidationError(parts_in_the_way(hanging), code="has_parts")
    if hanging.words and not moves:
        words = _("On this section hang: %(things)s. Say to which section they go.")
        raise ValidationError(words % {"things": ", ".join(hanging.words)}, code="has_things")
    if into is not None and (into.plan_id != plan.pk or into.pk == section.pk):
        raise ValidationError({"into": _("Choose another section of the same plan.")})
    move_all(section, into)
    if section.start is not None:
        plan.left_out = [*plan.left_out, section.start]
        plan.save(update_fields=["left_out"])
    section.delete()


def parts_in_the_way(hanging: Hanging) -> str:
    """Say that a section with parts beneath it cannot be deleted."""
    return ngettext(
        "%(n)s section stands beneath this one. Move it away or delete it first.",
        "%(n)s sections stand beneath this one. Move them away or delete them first.",
        hanging.parts,
    ) % {"n": hanging.parts}


def _write_places(plan: Plan, arrangement: Arrangement) -> None:
    """Write the sections that changed."""
    sections = {section.pk: section for section in plan.sections.only(*_PLACED)}
    moved = [section for place in arrangement.places() if _place(section := sections[place.pk], place)]
    # Out of the way first: order and address are unique, row by row.
    Section.objects.filter(pk__in=[section.pk for section in moved]).update(
        order=F("order") + _ASIDE, address=Concat(Value("~"), Cast("pk", CharField()))
    )
    Section.objects.bulk_update(moved, ["parent", "order", "depth", "number", "address"], batch_size=100)


def _place(section: Section, place: Place) -> bool:
    """Set the place and say whether it is another one."""
    before = tuple(getattr(section, name) for name in _PLACED)
    section.parent_id, section.order, section.depth = place.parent, place.order, place.depth
    section.number, section.address = place.number, place.address
    return before != tuple(getattr(section, name) for name in _PLACED)
