"""Figures as people in Việt Nam type them: 1.500 is one thousand five hundred, 12,5 is twelve and a half.

Pure text → ``Decimal``. Bounds and whole numbers are ``entries``.
"""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009]+")
_PLAIN = re.compile(r"[0-9]{1,30}(,[0-9]{1,30})?")
_GROUPED = re.compile(r"[0-9]{1,3}([. ][0-9]{3})+(,[0-9]{1,30})?")
_ENDLESS = re.compile(r"[0-9]{31,}(,[0-9]*)?")
_POINTED = re.compile(r"[0-9]+\.[0-9]+")
_MIXED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(,[0-9]{3}){2,}")


def read_figure(text: str) -> Decimal | None:
    """Return the figure that the text says; null for blank text, which means "not reported".

    Raises ``ValidationError`` with a sentence that says how to write it. "1.5" is refused: it may
    be 1,5 or a slip for 1.500, and the wrong one of the two would stand in every total.
    """
    typed = _BLANKS.sub(" ", text).strip()
    if not typed:
        return None
    negative = typed[0] in "-−–"
    bare = typed[1:].strip() if negative else typed
    if _PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare):
        value = Decimal(bare.replace(".", "").replace(" ", "").replace(",", "."))
        return -value if negative and value else value
    raise ValidationError(_why_not(bare), code="not_a_figure")


def _why_not(text: str) -> str:
    if _ENDLESS.fullmatch(text):
        return _("The figure is too large. Please check it.")
    if _POINTED.fullmatch(text):
        said = _(
            "It is not clear what %(typed)s means: decimals take a comma (%(comma)s), "
            "and a point only parts thousands (1.500)."
        )
        return said % {"typed": text[:20], "comma": text.replace(".", ",")[:20]}
    if _MIXED.fullmatch(text):
        return _("Thousands are parted by points and decimals take a comma: 1.500 or 12,5.")
    return _(
        "Only a number is written here, for example 12 or 1.500 or 12,5. Leave it blank if there is no figure yet."
    )


def written(value: Decimal | None) -> str:
    """Return the figure as a person would type it, without grouping: ``1500``, ``12,5``; blank for null."""
    if value is None:
        return ""
    return f"{value.normalize():f}".replace(".", ",")
