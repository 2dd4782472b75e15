"""Spans of time as periodic reports name them."""

from collections.abc import Iterable
from datetime import date

from reports.documents.context import SpanWords
from reports.enums import DocumentKind
from targets.calendar import Month, Span

KIND_BY_LENGTH = {
    1: DocumentKind.MONTHLY,
    3: DocumentKind.QUARTERLY,
    6: DocumentKind.HALF_YEAR,
    9: DocumentKind.NINE_MONTH,
    12: DocumentKind.ANNUAL,
}
SUBJECT = "công tác Đoàn và phong trào thanh thiếu nhi"


def kind_of(span: Span) -> DocumentKind:
    """Return the kind of report that a span of this length is."""
    return KIND_BY_LENGTH[len(span.months())]


def title_of(span: Span) -> str:
    """Return the report's title as the register shows it."""
    return f"Báo cáo kết quả {SUBJECT} {span.paper_name}"


def spans_up_to(months: Iterable[Month]) -> list[tuple[str, str]]:
    """Return (code, name) of every span that ends with one of the months, newest and longest first."""
    found: list[tuple[str, str]] = []
    for month in sorted(months, reverse=True):
        ending = [span for length in sorted(KIND_BY_LENGTH, reverse=True) if (span := _ending_with(month, length))]
        found.extend((str(span), span.paper_name[:1].upper() + span.paper_name[1:]) for span in ending)
    return found


def _ending_with(month: Month, length: int) -> Span | None:
    try:
        return Span(month.year, month.month - length + 1, month.month)
    except ValueError:
        return None


def span_words(span: Span, ends_on: date) -> SpanWords:
    """Return the words for a span; ``ends_on`` is the last day of its last period."""
    label = span.paper_name
    return SpanWords(
        code=str(span),
        label=label,
        short=label.removesuffix(f" năm {span.year}"),
        to_date=label if span.first_month == 1 else _year_to(span),
        next_label=next_span(span).paper_name,
        ends_on=ends_on,
    )


def _year_to(span: Span) -> str:
    if span.last_month == 12:
        return f"năm {span.year}"
    if span.last_month == 6:
        return f"6 tháng đầu năm {span.year}"
    return f"{span.last_month} tháng năm {span.year}"


def next_span(span: Span) -> Span:
    """Return what the report looks ahead to: as many months again, after nine months the last quarter."""
    length = len(span.months())
    if length == 9:
        return Span(span.year, 10, 12)
    first = span.last.plus(1)
    return Span(first.year, first.month, first.month + length - 1)
