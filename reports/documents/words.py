"""How figures, dates and targets read on paper. Pure text, shared by PDF, Word and Excel; paper is never translated.

Numbers are Vietnamese (1.500 and 12,5); a table gives percentages one place, so that they stand under each other.
"""

import re
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Protocol

from core.templatetags.portal_numbers import vn_number

from .context import (
    CarriedBy,
    Figure,
    Head,
    Measured,
    PeriodicReport,
    PlanReference,
    ReportingMark,
    Status,
    TargetRow,
    Verification,
)

MISSING = "–"
NOT_APPLICABLE = "x"
NBSP = "\u00a0"
CARRIED_MARK = "*"
EMPTY_CELLS = f"Ô để trống thay cho dấu “{MISSING}” trên văn bản."

VERDICTS: dict[Status, str] = {
    "no_data": "Chưa có số liệu",
    "not_due": "Chưa đến hạn",
    "on_track": "Đúng tiến độ",
    "at_risk": "Có nguy cơ",
    "behind": "Chậm",
    "met": "Đạt",
    "exceeded": "Vượt",
    "missed": "Không đạt",
}
DONE_LATE = "Hoàn thành muộn"

_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)

# A word that leads a number ("quý III", "Phụ lục 2") and a number that leads a word ("187 đơn vị") stay on one line.
# Each number is tied once only: two ties make a lump that tears the line open (paper: pitfall 2).
_LEADS = r"quý|tháng|năm|ngày|số|mục|điều|khoản|lục|đồ|thứ|khóa"
_NUMBER = r"\d[\w./,%-]*|[IVX]+"
_LED = re.compile(rf"(?<!\w)({_LEADS}) (?=(?:{_NUMBER})(?!\w))", re.IGNORECASE)
_LEADING = re.compile(r"(?<![\w\u00a0])(\d+(?:[./,]\d+)*) (?=[^\W\d_])")


def number_text(value: Decimal) -> str:
    """1500.0000 → 1.500; 12.5 → 12,5. Exact: at most the four places that a figure has."""
    return vn_number(value)


def percent_text(value: Decimal) -> str:
    """Always one place and without the sign, as a column of figures wants it.

    What is below 100 never reads 100,0 (domain: rule 17).
    """
    return f"{to_tenths(value):,f}".translate(str.maketrans(",.", ".,"))


def to_tenths(value: Decimal) -> Decimal:
    """Percent as it reads on paper, and as a workbook keeps it."""
    rounded = value.quantize(_TENTH, ROUND_HALF_UP)
    if rounded == _HUNDRED and value < _HUNDRED:
        return value.quantize(_TENTH, ROUND_DOWN)
    return rounded


def share_of(part: int, whole: int) -> Decimal:
    """Percent of a count; the whole is above 0."""
    return Decimal(part) * 100 / whole


def date_text(value: date) -> str:
    """26/7/2024, 04/10/2024, 02/01/2024: days below 10 and months 1 and 2 have a leading zero."""
    return f"{value.day:02d}/{_month(value)}/{value.year}"


def day_text(value: date) -> str:
    """26/7, 04/10, 02/01: the same without its year."""
    return f"{value.day:02d}/{_month(value)}"


def long_date_text(value: date) -> str:
    """ngày 04 tháng 10 năm 2024, as in the head."""
    return f"ngày {value.day:02d} tháng {_month(value)} năm {value.year}"


def document_number_text(head: Head) -> str:
    """86-BC/ĐTN, 02-BC/ĐTN; without a number there is room for one (official-documents: Head)."""
    return f"{NBSP * 8 if head.number is None else format(head.number, '02d')}-{head.symbol}"


def figure_text(figure: Figure, *, ratio_in_percent: bool = False) -> str:
    """A cell of an annex; a carried figure bears an asterisk."""
    text = _plain_figure(figure, ratio_in_percent=ratio_in_percent)
    return f"{text}{CARRIED_MARK}" if figure.carried else text


def figure_value(figure: Figure, *, ratio_in_percent: bool = False) -> Decimal | date | None:
    """What a workbook keeps of a cell; None for what is words (a/b, "Đạt", "x") and for a missing figure."""
    if figure.kind == "amount":
        return figure.amount
    if figure.kind == "done":
        return figure.done_on
    if figure.kind == "ratio" and ratio_in_percent and figure.numerator is not None and figure.denominator:
        return to_tenths(figure.numerator * 100 / figure.denominator)
    return None


def is_numeric(figure: Figure) -> bool:
    """Whether the cell stands to the right, as numbers do."""
    return figure.kind in ("amount", "ratio")


class Asks(Protocol):
    """Whatever asks for something: a target as it is reported on, or as a plan states it."""

    @property
    def measured(self) -> Measured: ...

    @property
    def carried_by(self) -> CarriedBy: ...

    @property
    def minimum(self) -> Decimal | None: ...

    @property
    def maximum(self) -> Decimal | None: ...

    @property
    def required_share(self) -> Decimal | None: ...

    @property
    def carriers(self) -> int | None: ...


def target_text(row: Asks) -> str:
    """The column "Chỉ tiêu": 150–200, 1.500, 100%, 7 × 1–2, Đạt."""
    if row.carried_by in ("each_unit", "each_bloc"):
        return _shared_target(row)
    if row.measured == "milestone":
        return "Đạt"
    return bounds_text(row.minimum, row.maximum, suffix="%" if row.measured == "ratio" else "")


def target_value(row: Asks) -> Decimal | None:
    """The number that the column "Chỉ tiêu" is, where it is one number."""
    if row.carried_by in ("each_unit", "each_bloc") or row.measured != "amount" or row.minimum is None:
        return None
    return row.minimum if row.maximum in (None, row.minimum) else None


def verdict_text(row: TargetRow) -> str:
    return DONE_LATE if row.done_late else VERDICTS[row.status]


def progress_text(row: TargetRow) -> str:
    """The figure at the end of a bar: "187 / 150–200" for what is counted, "94,7%" for shares and ratios."""
    if row.to_date.kind == "amount":
        return f"{figure_text(row.to_date)} / {target_text(row)}"
    if row.to_date.kind in ("ratio", "share") and row.percent is not None:
        return f"{percent_text(row.percent)}%"
    return figure_text(row.to_date)


def lowered(name: str) -> str:
    """The name as it stands within a sentence: "Máu hiến" → "máu hiến"; abbreviations stay ("CLB", "BHYT")."""
    is_word = name[1:2].islower() or name[1:2].isspace()
    return name[:1].lower() + name[1:] if is_word else name


def plan_text(plan: PlanReference) -> str:
    """Nghị quyết số 02-NQ/ĐTN ngày 02/01/2024 của Ban Thường vụ … (number and date only where they are known)."""
    parts = [plan.type_name]
    if plan.number:
        parts.append(f"số {plan.number}")
    if plan.dated:
        parts.append(f"ngày {date_text(plan.dated)}")
    parts.append(f"của {plan.issued_by}")
    return " ".join(parts)


def opening_text(report: PeriodicReport) -> str:
    """The sentence that a periodic report begins with where nobody wrote another: the plan that it answers to."""
    span = report.span
    return (
        f"Thực hiện {plan_text(report.plan)} về {report.plan.about}, {report.reporter_short} báo cáo kết quả thực hiện "
        f"{span.label} và phương hướng, nhiệm vụ {span.next_label} như sau:"
    )


def mark_text(mark: ReportingMark) -> str:
    """Timeliness of one month's report; late is not absent (domain: rule 11)."""
    if mark.timeliness == "late":
        return f"Muộn {mark.days_late} ngày" if mark.days_late else "Muộn"
    texts = {"on_time": "Đúng hạn", "missing": "Chưa gửi", "not_due": "Chưa đến hạn", "not_required": NOT_APPLICABLE}
    return texts[mark.timeliness]


def short_mark_text(mark: ReportingMark) -> str:
    """The same for a span of many months: Đ, M2, C, H, x."""
    if mark.timeliness == "late":
        return f"M{mark.days_late}" if mark.days_late else "M"
    return {"on_time": "Đ", "missing": "C", "not_due": "H", "not_required": NOT_APPLICABLE}[mark.timeliness]


def copy_text(head: Head, type_name: str = "Báo cáo") -> str:
    """What a copy of an issued document says in its head: it is not the document itself. Empty for a draft."""
    if head.number is None or head.dated is None:
        return ""
    named = f"{type_name} số {document_number_text(head)} ngày {date_text(head.dated)}"
    return f"Bản tham khảo của {named}; văn bản có giá trị là bản PDF đã ký ban hành."


def address_text(verification: Verification) -> str:
    """The page without scheme and code, as a person would type it."""
    bare = verification.url.split("://", 1)[-1].rstrip("/")
    return bare.removesuffix(verification.code).rstrip("/")


def tied(text: str) -> str:
    """The paragraph with its numbers tied to one neighbour each, so that no line ends or begins between them."""
    tied_text = _LEADING.sub(rf"\1{NBSP}", _LED.sub(rf"\1{NBSP}", text))
    return tied_text.replace(f"Phụ lục{NBSP}", f"Phụ{NBSP}lục{NBSP}")


def sentence_start(text: str) -> str:
    """The first letter upper case, the rest as it is (names keep theirs)."""
    return text[:1].upper() + text[1:]


def _month(value: date) -> str:
    return f"{value.month:02d}" if value.month < 3 else str(value.month)


def _plain_figure(figure: Figure, *, ratio_in_percent: bool) -> str:
    if figure.kind == "amount" and figure.amount is not None:
        return number_text(figure.amount)
    if figure.kind in ("ratio", "share") and figure.numerator is not None and figure.denominator is not None:
        if figure.kind == "ratio" and ratio_in_percent:
            return percent_text(figure.numerator * 100 / figure.denominator) if figure.denominator else MISSING
        return f"{number_text(figure.numerator)}/{number_text(figure.denominator)}"
    if figure.kind == "done":
        return day_text(figure.done_on) if figure.done_on else "Đạt"
    return {"not_done": "Chưa", "not_applicable": NOT_APPLICABLE}.get(figure.kind, MISSING)


def _shared_target(row: Asks) -> str:
    share = f"{number_text(row.required_share)}%" if row.required_share is not None else "100%"
    bounds = bounds_text(row.minimum, row.maximum, suffix="%" if row.measured == "ratio" else "")
    if row.measured == "milestone" or bounds == "1":
        return share
    # "Each of the 7 blocs 1–2": the number of carriers says it shorter than "100% × 1–2" and is what is counted.
    return f"{row.carriers} × {bounds}" if share == "100%" and row.carriers else f"{share} × {bounds}"


def bounds_text(minimum: Decimal | None, maximum: Decimal | None, *, suffix: str = "") -> str:
    """150–200, 1.500, ≤ 3, 100%; a dash where both are open."""
    if minimum is not None and maximum is not None and minimum != maximum:
        return f"{number_text(minimum)}–{number_text(maximum)}{suffix}"
    if minimum is not None:
        return f"{number_text(minimum)}{suffix}"
    if maximum is not None:
        return f"{'≤ ' if maximum else ''}{number_text(maximum)}{suffix}"
    return MISSING
