"""A time as a person types it ("Tháng 3/2024", "Quý II", "5–6/2024", "26/3/2024") into windows. Pure.

The grammar is ``plans.vietnamese.times``; how windows are written is ``activities.wording``.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override

from plans.vietnamese.letters import bare
from plans.vietnamese.times import Bound, times_in

from .enums import Precision
from .models import Window
from .timing import Span, agrees
from .wording import time_text

# What may stand between two times.
_BETWEEN = re.compile(r"[\s,;.&+-]*(?:va)?[\s,;.&+-]*")


class Said(NamedTuple):
    """The windows that were named; whether they are tentative ("dự kiến")."""

    windows: list[Span]
    tentative: bool


def said_times(text: str, *, year: int) -> Said:
    """Read a time; ``year`` is that of dates without one. Raises ValueError, in words, for what is none."""
    words = bare(unicodedata.normalize("NFC", text))
    found = times_in(words, year=year)
    at, windows = 0, []
    for time in found:
        if not _BETWEEN.fullmatch(words[at : time.start]) or not time.windows or time.bound is not Bound.WITHIN:
            break
        windows += [Span(span.starts_on, span.ends_on, Precision(span.precision)) for span in time.windows]
        at = time.end
    if not windows or not _BETWEEN.fullmatch(words[at:]):
        raise ValueError(
            _("“%(text)s” is not a time; write it like Tháng 3/2024, Quý II, 5–6/2024 or 26/3/2024.")
            % {"text": text[:40]}
        )
    return Said(windows, any(time.tentative for time in found))


def written_times(windows: Sequence[Span | Window]) -> str:
    """Return the windows in the documents' own language, so that ``said_times`` reads them; blank for none."""
    if not windows:
        return ""
    with override("vi"):
        return time_text(windows, with_year=True)


def named_span(first: date, last: date) -> Span:
    """Return the span of two days under the name that fits: a year, a quarter, months, else days."""
    names = (Precision.YEAR, Precision.QUARTER, Precision.MONTH, Precision.MONTHS)
    spans = (Span(first, last, name) for name in names)
    return next((span for span in spans if agrees(span)), Span(first, last, Precision.DAY))
