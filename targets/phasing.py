"""Phases of a target as people write them, one to a line: "30/6/2024: 75" — by that day so much in all. Pure."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.templatetags.portal_numbers import vn_date, vn_number
from plans.fields import DayField, read_figure

Phases = list[tuple[date, Decimal]]
MOST_PHASES = 60


def phases_text(phases: Iterable[tuple[date, Decimal]], between: str = "\n") -> str:
    """Return the phases as they are written."""
    return between.join(f"{vn_date(day)}: {vn_number(least)}" for day, least in phases)


def read_phases(text: str) -> Phases:
    """Read what ``phases_text`` writes; ";" and a new line both part. Raises ValidationError in words."""
    lines = [line.strip() for line in re.split(r"[;\n]", text) if line.strip()]
    if len(lines) > MOST_PHASES:
        raise ValidationError(_("At most %(count)s phases.") % {"count": MOST_PHASES})
    return [_read_phase(line) for line in lines]


def _read_phase(line: str) -> tuple[date, Decimal]:
    day, mark, figure = line.partition(":")
    if not mark:
        raise ValidationError(_("Write a phase such as 30/6/2024: 75 — the day, a colon, how much in all by then."))
    return DayField().clean(day.strip()), read_figure(figure)
