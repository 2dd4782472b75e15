"""Draws the runs of a document's text on the reading screen; what a run is stands in ``plans.reading.pane``.

In Python, because no space may slip into a run (what a person selects is counted in it), and a document has thousands.
"""

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from plans.reading.pane import Node

register = template.Library()


@register.filter
def words(nodes: Iterable[Node]) -> SafeString:
    """Return the runs as spans that bear their offset, those under marks inside a mark with links to its entries."""
    return mark_safe("".join(map(_run, nodes)))  # noqa: S308 - every run is escaped


def _run(node: Node) -> str:
    look = ' class="hole hole--markup"' if node.is_markup else ' class="hole"' if node.is_hole else ""
    # A document has thousands of runs: this one is put together by hand.
    run = f'<span data-start="{node.start}"{look}>{escape(node.text)}</span>'
    if not node.keys:
        return run
    return format_html(
        '{}<mark class="hit {}" data-hit="{}">{}{}</mark>',
        format_html_join("", '<span class="anchor" id="hit-{}"></span>', ((key,) for key in node.anchors)),
        node.css,
        node.hit,
        mark_safe(run),  # noqa: S308 - escaped above
        format_html_join("", '<sup><a href="#prop-{}">{}</a></sup>', ((one.key, one.words) for one in node.labels)),
    )
