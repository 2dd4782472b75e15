"""Filters of the paper templates: the words of `reports.documents.words` and nothing else."""

from collections.abc import Callable

from django import template

from reports.documents import words

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
    "paper_mark": words.mark_text,
    "paper_short_mark": words.short_mark_text,
    "paper_address": words.address_text,
    "sentence_start": words.sentence_start,
}
for name, function in FILTERS.items():
    register.filter(name, function)
