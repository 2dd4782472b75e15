"""When the calendar has a report drafted: pure, days in, spans out."""

from datetime import date, timedelta

from targets.calendar import Month, Span

# A portal that slept on the day makes up for it within a week; what is older is nobody's news any more.
DAYS_MADE_UP_FOR = 7
MONTHS_A_QUARTER = 3


def is_time(due_on: date, today: date) -> bool:
    """Whether the reports that were due on that day are drafted from: from the next day on, for a week."""
    return due_on < today <= due_on + timedelta(days=DAYS_MADE_UP_FOR)


def spans_to_draft(month: Month) -> list[Span]:
    """Return the month, and after a quarter's last month that quarter."""
    spans = [Span.of_month(month)]
    if month.month % MONTHS_A_QUARTER == 0:
        spans.append(Span(month.year, month.month - MONTHS_A_QUARTER + 1, month.month))
    return spans
