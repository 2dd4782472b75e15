"""Links that keep the query: pages of a list, the month, the basis. Formatting of figures: ``portal_numbers``."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


def _changed(context: Context, words: dict[str, object]) -> str:
    query: QueryDict = context["request"].GET.copy()
    for word, value in words.items():
        query.pop(word, None)
        if value not in (None, ""):
            query[word] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def query(context: Context, **words: object) -> str:
    """Address of this page with these words of the query set (None or "" takes a word out), the others as they are."""
    return _changed(context, words)


@register.simple_tag(takes_context=True)
def query_of(context: Context, word: str, value: object) -> str:
    """As ``query``, for a word that the template does not know by name."""
    return _changed(context, {word: value})


@register.simple_tag(takes_context=True)
def kept_query(context: Context, *changed: str) -> SafeString:
    """Hidden inputs for a GET form: all words of the query but those that the form sets itself, and the page."""
    kept = [
        (word, value)
        for word, values in context["request"].GET.lists()
        if word not in (*changed, "page")
        for value in values
    ]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)


@register.filter
def page_numbers(page: "Page[Any]") -> list[int | None]:
    """Numbers to offer: the first, the last, two around the one shown; None where numbers are left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]
