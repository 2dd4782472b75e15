"""What a periodic report says: monthly, quarterly, half-year, nine-month and annual reports share this one structure.

Frozen facts only, no ORM and no clock. Figures are Decimals as they were counted; how they read on paper is decided in
`words`, where they stand on the sheet in the template. Whatever can be derived from the rows (counts by status, n/N) is
a property here, so that no figure is stored twice.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from .snapshot import SnapshotError, from_plain, to_plain

PeriodicKind = Literal["monthly", "quarterly", "half-year", "nine-month", "annual"]
FigureKind = Literal["missing", "not_applicable", "amount", "ratio", "share", "done", "not_done"]
Status = Literal["no_data", "not_due", "on_track", "at_risk", "behind", "met", "exceeded", "missed"]
Measured = Literal["amount", "ratio", "milestone"]
CarriedBy = Literal["issuer_own", "pooled", "each_unit", "each_bloc"]
Timeliness = Literal["on_time", "late", "missing", "not_due", "not_required"]

# Raised when stored snapshots could no longer be read by their type hints alone.
SNAPSHOT_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One cell. Missing is not zero (domain: rule 2), and not applicable is neither.

    `ratio` counts people or things and is read as a/b in the annex of targets, in percent in the annex by unit;
    `share` counts units or blocs and is always read as a/b. Both divide nothing here (domain: rule 1).
    """

    kind: FigureKind
    amount: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    done_on: date | None = None
    carried: bool = False  # an older newest value still used (domain: rule 2)

    @classmethod
    def missing(cls) -> "Figure":
        return cls(kind="missing")

    @classmethod
    def not_applicable(cls) -> "Figure":
        return cls(kind="not_applicable")

    @classmethod
    def of_amount(cls, amount: Decimal, *, carried: bool = False) -> "Figure":
        return cls(kind="amount", amount=amount, carried=carried)

    @classmethod
    def of_ratio(cls, numerator: Decimal, denominator: Decimal, *, carried: bool = False) -> "Figure":
        return cls(kind="ratio", numerator=numerator, denominator=denominator, carried=carried)

    @classmethod
    def of_share(cls, reached: int, of: int) -> "Figure":
        """`reached` of `of` units or blocs."""
        return cls(kind="share", numerator=Decimal(reached), denominator=Decimal(of))

    @classmethod
    def done(cls, on: date | None = None) -> "Figure":
        """Reached; `on` is the day of a milestone, None where a carrier stands within the bounds of an amount."""
        return cls(kind="done", done_on=on)

    @classmethod
    def not_done(cls) -> "Figure":
        return cls(kind="not_done")


@dataclass(frozen=True, kw_only=True)
class Head:
    """The head in two columns. `number` and `dated` are None until the document is issued: paper leaves room."""

    superior_name: str  # empty for the topmost unit
    issuer_name: str
    number: int | None
    symbol: str  # "BC/ĐTN"
    place: str
    dated: date | None


@dataclass(frozen=True, kw_only=True)
class SpanWords:
    """The span reported on, in the words that sentences need."""

    code: str  # "2024-Q3"
    label: str  # "quý III năm 2024"
    short: str  # "quý III"
    to_date: str  # "9 tháng năm 2024"; equal to label where the span begins with the year
    next_label: str  # "quý IV năm 2024"
    ends_on: date  # the last day counted, which is the day of judgement


@dataclass(frozen=True, kw_only=True)
class PlanReference:
    """The plan that the report answers to. Number and date may be unknown."""

    type_name: str  # "Nghị quyết"
    number: str | None  # "02-NQ/ĐTN"
    dated: date | None
    issued_by: str  # "Ban Thường vụ Đoàn Khối các cơ quan tỉnh Quảng Nam"
    about: str  # "công tác Đoàn và phong trào thanh niên năm 2024"


@dataclass(frozen=True, kw_only=True)
class Basis:
    """How many of the required units have reported by the end of the span, on the basis of the document."""

    reported: int
    required: int
    units_name: str  # "tổ chức cơ sở Đoàn trực thuộc"


@dataclass(frozen=True, kw_only=True)
class MonthlyAmount:
    month: int
    amount: Decimal | None  # of that month; None is a month without any figure


@dataclass(frozen=True, kw_only=True)
class MonthlyChart:
    """An additive indicator, month by month through the year, against its bounds."""

    title: str
    measure: str
    minimum: Decimal | None
    maximum: Decimal | None
    months: tuple[MonthlyAmount, ...]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One of the six headings of results (official-documents: Body), without its number."""

    code: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    charts: tuple[MonthlyChart, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    """A target of the plan at the end of the span. `percent` is None where there is no completion (domain: rule 6)."""

    clause: str
    content: str
    short_name: str
    measure: str
    measured: Measured
    carried_by: CarriedBy
    minimum: Decimal | None
    maximum: Decimal | None
    required_share: Decimal | None
    carriers: int | None  # how many units or blocs carry an each_* target
    in_span: Figure
    to_date: Figure
    percent: Decimal | None
    status: Status
    done_late: bool = False


@dataclass(frozen=True, kw_only=True)
class TargetGroup:
    """The targets under one heading of the plan. `tally` names its line in the count by status; groups may share it.

    `other_plan` is the plan whose clauses the rows bear where it is not the one that the report answers to, else empty;
    the heading begins with it.
    """

    heading: str
    rows: tuple[TargetRow, ...]
    tally: str = ""
    other_plan: str = ""


@dataclass(frozen=True, kw_only=True)
class StatusTally:
    name: str
    total: int
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class UnitColumn:
    """A target as a column of the annex by unit; `unit_of_figure` stands in brackets under the clause."""

    clause: str
    short_name: str
    unit_of_figure: str


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    name: str
    kind_short: str  # "ĐCS", "CĐCS"
    cells: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class BlocOfUnits:
    """The units of one bloc and their sum. An empty name is a body without blocs: no bloc line, no bloc sum.

    `reported` of those `required` gave the last month. Who has a row and was gone by then is none of them.
    """

    name: str
    rows: tuple[UnitRow, ...]
    sums: tuple[Figure, ...]
    reported: int
    required: int | None = None  # None in older snapshots, which counted every row

    @property
    def owing(self) -> int:
        """The N of "n/N đơn vị"."""
        return len(self.rows) if self.required is None else self.required


@dataclass(frozen=True, kw_only=True)
class UnitAnnex:
    """A row a unit, a column a target, cumulative to the end of the span. Every row has one cell a column."""

    columns: tuple[UnitColumn, ...]
    blocs: tuple[BlocOfUnits, ...]
    own_name: str  # "Đoàn Khối trực tiếp tổ chức": the issuer's own entries (domain: rule 12)
    own_cells: tuple[Figure, ...]  # empty where the issuer enters nothing of its own
    totals: tuple[Figure, ...]
    kinds_note: str = ""  # "ĐCS: Đoàn cơ sở; CĐCS: chi đoàn cơ sở."

    def __post_init__(self) -> None:
        rows = [row.cells for bloc in self.blocs for row in bloc.rows] + [bloc.sums for bloc in self.blocs if bloc.name]
        rows += [self.totals] + ([self.own_cells] if self.own_cells else [])
        if any(len(cells) != len(self.columns) for cells in rows):
            raise ValueError("Every row of the annex by unit needs one cell a column.")


@dataclass(frozen=True, kw_only=True)
class ActivityRow:
    """`time`, `who` and `result` as they are to be read: "10–11/8/2024", "Đoàn Khối", "4 môn, 36 đội"; "" for none."""

    name: str
    time: str
    who: str
    result: str


@dataclass(frozen=True, kw_only=True)
class ReportingMark:
    timeliness: Timeliness
    days_late: int | None = None  # None unless late


@dataclass(frozen=True, kw_only=True)
class ReportingRow:
    unit: str
    bloc: str  # empty for a body without blocs
    marks: tuple[ReportingMark, ...]  # one a month of the span


@dataclass(frozen=True, kw_only=True)
class ReportingAnnex:
    """Who reported when, for every unit and every month of the span."""

    months: tuple[int, ...]
    rows: tuple[ReportingRow, ...]
    deadline_note: str = ""

    def __post_init__(self) -> None:
        if any(len(row.marks) != len(self.months) for row in self.rows):
            raise ValueError("Every unit of the annex of reporting needs one mark a month.")


@dataclass(frozen=True, kw_only=True)
class Recipient:
    name: str
    role: Literal["", "b/c", "p/h", "t/h"] = ""


@dataclass(frozen=True, kw_only=True)
class Signer:
    capacity: tuple[str, ...]  # ("TM. BAN THƯỜNG VỤ",) or ("TM. BAN THƯỜNG VỤ", "KT. BÍ THƯ")
    title: str  # "BÍ THƯ"
    name: str  # empty leaves the line to the hand


@dataclass(frozen=True, kw_only=True)
class Verification:
    """The short code and the page of the portal that answers for it."""

    code: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """The issued document whose place this one takes."""

    number: int
    symbol: str
    dated: date


@dataclass(frozen=True, kw_only=True)
class PeriodicReport:
    """The whole document. Empty annexes are left out and the rest numbered in order."""

    kind: PeriodicKind
    draft: bool
    provisional: bool
    head: Head
    span: SpanWords
    subject: str  # "công tác Đoàn và phong trào thanh thiếu nhi"
    reporter: str  # "Ban Thường vụ Đoàn Khối các cơ quan tỉnh Quảng Nam"
    reporter_short: str  # "Ban Thường vụ Đoàn Khối"
    issuer_short: str  # "Đoàn Khối"
    plan: PlanReference
    basis: Basis
    topics: tuple[Topic, ...]
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    causes: tuple[str, ...]
    tasks: tuple[str, ...]
    target_groups: tuple[TargetGroup, ...]
    units: UnitAnnex | None
    activities: tuple[ActivityRow, ...]
    next_activities: tuple[ActivityRow, ...]
    reporting: ReportingAnnex | None
    recipients: tuple[Recipient, ...]
    archive: str  # "VP"
    signer: Signer
    verification: Verification | None = None
    replaces: Replaced | None = None
    opening: tuple[str, ...] = ()  # empty: the portal's own sentence (`words.opening_text`)

    @property
    def targets(self) -> tuple[TargetRow, ...]:
        return tuple(row for group in self.target_groups for row in group.rows)

    @property
    def reached(self) -> int:
        """The n of "đạt và vượt n/N chỉ tiêu": targets met or exceeded in time."""
        return sum(row.status in ("met", "exceeded") for row in self.targets)

    @property
    def tallies(self) -> tuple[StatusTally, ...]:
        """Counts by status for each tally line, in the order of the plan."""
        counts: dict[str, Counter[str]] = {}
        for group in self.target_groups:
            counts.setdefault(group.tally or group.heading, Counter()).update(row.status for row in group.rows)
        return tuple(StatusTally(name=n, total=c.total(), counts=dict(c)) for n, c in counts.items())

    def to_snapshot(self) -> dict[str, Any]:
        """Plain JSON: Decimals and dates as strings."""
        return {"version": SNAPSHOT_VERSION, "report": to_plain(self)}

    @classmethod
    def from_snapshot(cls, snapshot: dict[str, Any]) -> "PeriodicReport":
        """Equal to what was frozen. Raises SnapshotError for another version or another shape."""
        if snapshot.get("version") != SNAPSHOT_VERSION:
            raise SnapshotError(f"A snapshot of version {SNAPSHOT_VERSION} was expected.")
        report: PeriodicReport = from_plain(cls, snapshot.get("report"))
        return report
