"""The annex of reporting cut to the sheet: who was on time, late and missing (domain: rule 11)."""

from dataclasses import dataclass
from decimal import Decimal

from . import words
from .context import ReportingAnnex

# With more months than these the annex gives sums over the span and one letter a month.
MONTHS_IN_FULL = 3
# 160 mm between the margins of the upright sheet.
MEASURE, NUMBER_WIDTH, COUNT_WIDTH, PERCENT_WIDTH, NAME_WIDTH = 160.0, 8.0, 12.0, 18.0, 56.0
NARROW_COLUMN, WIDE_COLUMN = 10.5, 20.0

COUNTED = ("on_time", "late", "missing")
COUNTED_WORDS = ("Đúng hạn", "Muộn", "Chưa gửi")


@dataclass(frozen=True, kw_only=True)
class BlocOfReports:
    """How many reports of a bloc were on time, late and missing: three counts a month, or three over the whole span."""

    name: str
    units: int
    counts: tuple[int, ...]
    on_time: Decimal | None  # percent; None where none was owed
    on_time_percent: str


@dataclass(frozen=True, kw_only=True)
class FaultyUnit:
    """A unit that was late or missing at least once; each mark with whether it is such a fault.

    `opens`: it is the first of its bloc, whose name stands above it.
    """

    unit: str
    bloc: str
    opens: bool
    marks: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, kw_only=True)
class ReportingTables:
    in_full: bool
    months: tuple[int, ...]
    rows_head: str
    columns: tuple[str, ...]
    name_width: str
    column_width: str
    blocs: tuple[BlocOfReports, ...]
    total: BlocOfReports
    faulty: tuple[FaultyUnit, ...]
    faulty_span: int
    month_width: str
    not_due: str  # a sentence of the note; empty where every report was due
    note: str


def reporting_tables(annex: ReportingAnnex) -> ReportingTables:
    """Sums by bloc (none where there are no blocs), and the units with a fault, in the order of the annex."""
    in_full = len(annex.months) <= MONTHS_IN_FULL
    names = [name for name in dict.fromkeys(row.bloc for row in annex.rows) if name]
    columns = COUNTED_WORDS * (len(annex.months) if in_full else 1)
    width = NARROW_COLUMN if in_full else WIDE_COLUMN
    fixed = NUMBER_WIDTH + COUNT_WIDTH + (0.0 if in_full else PERCENT_WIDTH)
    return ReportingTables(
        in_full=in_full,
        months=annex.months,
        rows_head="Khối thi đua" if names else "",
        columns=columns,
        name_width=f"{MEASURE - fixed - width * len(columns):.2f}",
        column_width=f"{width:.2f}",
        blocs=tuple(_bloc(annex, name, in_full) for name in names),
        total=_bloc(annex, None, in_full),
        faulty=_faulty(annex, in_full),
        faulty_span=len(annex.months) + 2,
        month_width=f"{(MEASURE - NUMBER_WIDTH - NAME_WIDTH) / len(annex.months):.2f}",
        not_due=_not_due(annex),
        note=annex.deadline_note,
    )


def _bloc(annex: ReportingAnnex, name: str | None, in_full: bool) -> BlocOfReports:
    """One bloc, or all units where `name` is None."""
    rows = [row for row in annex.rows if name is None or row.bloc == name]
    months = list(range(len(annex.months)))
    groups = [[month] for month in months] if in_full else [months]
    counts = tuple(
        sum(row.marks[month].timeliness == timeliness for row in rows for month in group)
        for group in groups
        for timeliness in COUNTED
    )
    on_time, owed = sum(counts[0::3]), sum(counts)
    share = words.share_of(on_time, owed) if owed else None
    percent = words.MISSING if share is None else words.percent_text(share)
    short = words.sentence_start((name or "").removeprefix("Khối thi đua "))  # the head of the column says it
    return BlocOfReports(name=short, units=len(rows), counts=counts, on_time=share, on_time_percent=percent)


def _not_due(annex: ReportingAnnex) -> str:
    """How many units still had time, month by month: none of the three counts holds them (domain: rule 11)."""
    counts = [sum(row.marks[place].timeliness == "not_due" for row in annex.rows) for place in range(len(annex.months))]
    told = [f"tháng {month} có {n} đơn vị" for month, n in zip(annex.months, counts, strict=True) if n]
    return f"Chưa đến hạn, không tính là chưa gửi: {', '.join(told)}." if told else ""


def _faulty(annex: ReportingAnnex, in_full: bool) -> tuple[FaultyUnit, ...]:
    text = words.mark_text if in_full else words.short_mark_text
    marked = (
        (row, tuple((text(mark), mark.timeliness in ("late", "missing")) for mark in row.marks)) for row in annex.rows
    )
    found: list[FaultyUnit] = []
    for row, marks in marked:
        if any(fault for _text, fault in marks):
            opens = bool(row.bloc) and (not found or found[-1].bloc != row.bloc)
            found.append(FaultyUnit(unit=row.unit, bloc=row.bloc, opens=opens, marks=marks))
    return tuple(found)
