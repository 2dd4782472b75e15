"""Status badges, shapes and icons: word, shape and colour together. What looks how stands in ``core.status_looks``."""

from django import template
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core import shapes
from core.status_looks import BASIS_WORDS, look

register = template.Library()


@register.simple_tag
def shape(name: str, css: str = "shape") -> SafeString:
    """Draw a status shape from the page's sprite. It says nothing by itself: a word must stand beside it."""
    return format_html('<svg class="{}" aria-hidden="true"><use href="#s-{}"/></svg>', css, name)


@register.simple_tag
def shape_drawn(name: str, colour: str = "#17212b", size: int = 14) -> SafeString:
    """Draw a status shape whole, for paper: no sprite, no page CSS. ``size`` in the paper's px."""
    drawing = shapes.SHAPES[name].replace("currentColor", colour)
    return format_html(
        '<svg width="{0}" height="{0}" viewBox="0 0 14 14" aria-hidden="true">{1}</svg>',
        str(size),
        mark_safe(drawing),  # noqa: S308 - a constant of ours; the colour comes from our templates
    )


@register.simple_tag
def field_errors(field: BoundField) -> SafeString:
    """The errors of one field; an empty place where there are none, so that saving can fill it."""
    said = format_html_join(
        "", '<p class="error">{}<span>{}</span></p>', ((shape("missed"), one) for one in field.errors)
    )
    return format_html('<div class="entry__errors" id="{}_errors">{}</div>', field.auto_id, said)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a line icon in the size of the text. A word must stand beside it, or an aria-label on the link."""
    return format_html('<svg class="ico" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def status(value: str, vocabulary: str = "target", text: str = "") -> SafeString:
    """Show a stored value with its word, shape and colour; ``text`` replaces the word ("Quá hạn 5 ngày")."""
    this = look(value, vocabulary)
    return format_html('<span class="status {}">{}{}</span>', this.css, shape(this.shape), text or this.word)


@register.simple_tag
def status_shape(value: str, vocabulary: str = "target") -> SafeString:
    """Show the shape alone in its colour, with the word for those who do not see it and as a tooltip."""
    this = look(value, vocabulary)
    return format_html(
        '<span class="{0}" title="{2}">{1}<span class="visually-hidden">{2}</span></span>',
        this.css,
        shape(this.shape),
        this.word,
    )


@register.filter
def status_css(value: str, vocabulary: str = "target") -> str:
    """CSS class of a stored value, for a cell of the heat map or a row."""
    return look(value, vocabulary).css


@register.filter
def status_word(value: str, vocabulary: str = "target") -> str | Promise:
    """Word of a stored value, where only words are wanted (a title, a table on paper)."""
    return look(value, vocabulary).word


@register.filter
def status_mark(value: str, vocabulary: str = "target") -> str:
    """Name of the shape of a stored value, for ``{% shape %}`` and ``{% shape_drawn %}``."""
    return look(value, vocabulary).shape


@register.filter
def basis_word(value: str) -> str | Promise:
    """Word of a basis: official or provisional."""
    return BASIS_WORDS[value]


@register.simple_tag
def sprite() -> SafeString:
    """All shapes and icons, hidden, once a page: what ``<use>`` refers to."""
    symbol = '<symbol id="{}-{}" viewBox="0 0 {} {}">{}</symbol>'
    drawings = [("s", name, "14", "14", mark_safe(drawn)) for name, drawn in shapes.SHAPES.items()]  # noqa: S308
    drawings += [("i", name, "16", "16", mark_safe(drawn)) for name, drawn in shapes.ICONS.items()]  # noqa: S308
    return format_html(
        '<svg class="sprite" aria-hidden="true" focusable="false">{}</svg>', format_html_join("", symbol, drawings)
    )
