"""A share as people type and read it in one cell: "1.500", "12,5", "150–200", "≤ 3". Pure.

In the column of a limit a plain figure is the maximum, everywhere else the minimum. What is written here is read back
as the same bounds.
"""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.templatetags.portal_numbers import vn_number
from plans.fields import read_figure

from ..enums import IndicatorKind
from ..models import Adjustment, Allocation, Target
from .splitting import Bounds

LONGEST = 60  # letters of a cell; far more than two figures take
_RANGE = re.compile(r"([^–—-]+)[–—-]([^–—-]+)")
_OPEN = re.compile(r"(≤|<=|≥|>=)(.+)")


def is_limit(target: Target) -> bool:
    """Whether the target is a limit: a maximum without a minimum ("không quá 3")."""
    return target.minimum is None


def bounds_of(share: Adjustment | Allocation | Target) -> Bounds:
    """Return the bounds of a share, of what is proposed for it, or of the target itself."""
    return Bounds(share.minimum, share.maximum)


def read_bounds(text: str, target: Target) -> Bounds | None:
    """Return what a cell of the target's column says; null for a blank one. Raises ValidationError with a sentence.

    Whether the bounds make sense is asked when they are handed down.
    """
    typed = " ".join(text.split())
    if target.indicator.kind == IndicatorKind.RATIO:
        typed = typed.replace("%", "")
    if not typed:
        return None
    if len(typed) > LONGEST:
        raise ValidationError(_("Write a figure such as 1.500 or 12,5, or a range such as 150–200."))
    if found := _RANGE.fullmatch(typed):
        return Bounds(read_figure(found[1]), read_figure(found[2]))
    if found := _OPEN.fullmatch(typed):
        return _half(read_figure(found[2]), is_most=found[1] in ("≤", "<="))
    return _half(read_figure(typed), is_most=is_limit(target))


def cell_text(bounds: Bounds | None, target: Target) -> str:
    """Return bounds as they stand in a cell of the target's column; blank for null."""
    if bounds is None:
        return ""
    low, high = bounds
    if low is not None and high is not None:
        return f"{vn_number(low)}–{vn_number(high)}"
    is_most = low is None
    figure = vn_number(high if is_most else low)
    return figure if is_most == is_limit(target) else f"{'≤' if is_most else '≥'} {figure}"


def _half(figure: Decimal, *, is_most: bool) -> Bounds:
    return Bounds(None, figure) if is_most else Bounds(figure)
