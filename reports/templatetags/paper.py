"""Filters of the paper templates: the words of `reports.documents.words`, and the values behind figures."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import format_html

from reports.documents import words
from reports.documents.asked import Share
from reports.documents.context import Figure

register = template.Library()

FILTERS: dict[str, Callable[..., str]] = {
    "tied": words.tied,
    "paper_percent": words.percent_text,
    "paper_date": words.date_text,
    "paper_long_date": words.long_date_text,
    "paper_document_number": words.document_number_text,
    "paper_target": words.target_text,
    "paper_verdict": words.verdict_text,
    "paper_progress": words.progress_text,
    "paper_plan": words.plan_text,
    "paper_opening": words.opening_text,
    "paper_mark": words.mark_text,
    "paper_short_mark": words.short_mark_text,
    "paper_address": words.address_text,
    "sentence_start": words.sentence_start,
}
for name, function in FILTERS.items():
    register.filter(name, function)


@register.filter
def paper_value(figure: Figure) -> str:
    """The attribute that tells a workbook what the cell holds: a number, a day, or nothing for words."""
    return _attribute(words.figure_value(figure))


@register.filter
def paper_value_in_percent(figure: Figure) -> str:
    """The same where a ratio reads in percent."""
    return _attribute(words.figure_value(figure, ratio_in_percent=True))


@register.filter
def paper_target_value(row: words.Asks) -> str:
    """The same for what a target asks."""
    return _attribute(words.target_value(row))


@register.filter
def paper_share_value(share: Share, measured: str) -> str:
    """The same for what was handed down, where that is one figure without a sign."""
    only = share.minimum if share.maximum in (None, share.minimum) and measured != "ratio" else None
    return _attribute(only)


@register.filter
def paper_percent_value(percent: Decimal | None) -> str:
    """The same for a percentage of its own."""
    return _attribute(None if percent is None else words.to_tenths(percent))


def _attribute(value: Decimal | date | None) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return format_html(' data-date="{}"', value.isoformat())
    return format_html(' data-number="{}"', format(value, "f"))
