"""The tabs of a draft, and what a section is called."""

from typing import Any

from django import template
from django.template import Context

from accounts.gates import signed_in

from .. import wording
from ..models import Plan, Section
from ..rules import can_edit
from ..writing.tabs import tabs

register = template.Library()


@register.inclusion_tag("plans/writing_tabs.html", takes_context=True)
def writing_tabs(context: Context, plan: Plan, current: str) -> dict[str, Any]:
    """The pages on which this person writes the draft; nothing for readers, and nothing once it is no draft."""
    if not can_edit(signed_in(context["request"]), plan):
        return {"tabs": []}
    return {"tabs": [(tab.label, tab.url(plan), tab.key == current) for tab in tabs()]}


@register.filter
def section_words(section: Section | None) -> str:
    """Number and heading of a section, or its first words; blank for none."""
    return wording.section_text(section) if section else ""
