"""What the plans' pages show, put together for their templates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User

from .beside import Beside, Link, beside
from .models import Plan, Section
from .rules import Action, can_edit, open_actions
from .selectors import sections_of


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


def plan_page(plan: Plan, user: User) -> PlanPage:
    """Return the page of a plan for one person, in a number of queries that does not grow with the plan."""
    parts = beside(plan, user)
    return PlanPage(
        plan=plan,
        rows=list(_rows(sections_of(plan), parts)),
        counts=[part.count for part in parts],
        links=[link for part in parts for link in part.links],
        actions=open_actions(user, plan),
        is_editable=can_edit(user, plan),
    )


def _rows(sections: list[Section], parts: list[Beside]) -> Iterator[SectionRow]:
    for section in sections:
        yield SectionRow(section, _panels(parts, section.pk))
    if loose := _panels(parts, None):
        yield SectionRow(None, loose)


def _panels(parts: list[Beside], section_id: int | None) -> list[Panel]:
    found = [Panel(part.template, part.by_section.get(section_id, ())) for part in parts]
    return [panel for panel in found if panel.rows]
