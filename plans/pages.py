"""What the plans' pages show, put together for their templates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User

from .beside import Beside, Link, Place, beside
from .models import Plan, Section
from .rules import Action, can_edit, open_actions
from .selectors import arrangement_of, sections_of
from .wording import section_text
from .writing.arranging import Arrangement
from .writing.lists import Button, buttons


@dataclass(frozen=True)
class Panel:
    """Rows of one app beside one section, with the template that draws one of them."""

    template: str
    rows: Sequence[Any]


@dataclass(frozen=True)
class SectionRow:
    """A section and what stands beside it."""

    section: Section | None
    panels: list[Panel]


@dataclass(frozen=True)
class PlanPage:
    """The plan as text, section by section, with what hangs on it and what this person may do."""

    plan: Plan
    rows: list[SectionRow]
    counts: list[str]
    links: list[Link]
    actions: set[Action]
    is_editable: bool

    @property
    def ways(self) -> list[Link]:
        """Links that stand for themselves."""
        return [link for link in self.links if link.place == Place.HEAD]

    @property
    def adds(self) -> list[Link]:
        """Links under "Add"."""
        return [link for link in self.links if link.place == Place.ADD]

    @property
    def more(self) -> list[Link]:
        """Links under "More"."""
        return [link for link in self.links if link.place == Place.MORE]


def plan_page(plan: Plan, user: User) -> PlanPage:
    """Return the page of a plan for one person, in a number of queries that does not grow with the plan."""
    parts = beside(plan, user)
    is_editable = can_edit(user, plan)
    links = [*_reading(plan), *(link for part in parts for link in part.links)]
    if is_editable:
        links.append(Link(_("Add a section"), reverse("plans:section-add", args=[plan.pk]), place=Place.ADD))
    return PlanPage(
        plan=plan,
        rows=list(_rows(sections_of(plan), parts)),
        counts=[part.count for part in parts if part.count],
        links=links,
        actions=open_actions(user, plan),
        is_editable=is_editable,
    )


def _reading(plan: Plan) -> Iterator[Link]:
    """The way to the document that the plan was read from, where it was."""
    if plan.text:
        yield Link(_("The document as read"), reverse("plans:reading", args=[plan.pk]), "file")


def _rows(sections: list[Section], parts: list[Beside]) -> Iterator[SectionRow]:
    for section in sections:
        yield SectionRow(section, _panels(parts, section.pk))
    if loose := _panels(parts, None):
        yield SectionRow(None, loose)


def _panels(parts: list[Beside], section_id: int | None) -> list[Panel]:
    found = [Panel(part.template, part.by_section.get(section_id, ())) for part in parts]
    return [panel for panel in found if panel.rows]


@dataclass(frozen=True)
class OutlineRow:
    """A section in the list in which sections are moved, with the steps that lead somewhere."""

    section: Section
    steps: list[Button]


def outline_rows(plan: Plan) -> list[OutlineRow]:
    """Return the sections in order, each with its buttons."""
    arrangement = arrangement_of(plan)
    return [OutlineRow(section, buttons(arrangement.open_steps(section.pk))) for section in sections_of(plan)]


@dataclass(frozen=True)
class NumberChange:
    """A section with the number that it would have."""

    section: Section
    new: str

    @property
    def differs(self) -> bool:
        return self.section.number != self.new

    @property
    def words(self) -> str:
        """What the section is called, without its number."""
        return section_text(self.section).removeprefix(self.section.number).strip()

    @property
    def indent(self) -> int:
        return min(self.section.depth - 1, 4)


def number_changes(plan: Plan, arrangement: Arrangement) -> list[NumberChange]:
    """Return every section with its number in ``arrangement``, in the document's order."""
    return [NumberChange(section, arrangement.numbers[section.pk]) for section in sections_of(plan)]
