"""Documents in our own words for the tests of the reading of calendars."""

from collections.abc import Sequence

from activities.extraction import ActivityReading, read_activities
from plans.outline.read import read_outline
from plans.vietnamese.times import Span

HEAD = """TỈNH ĐOÀN THỬ NGHIỆM
***
Số: 08-CTr/TĐTN

Thử Nghiệm, ngày 05 tháng 01 năm 2024

CHƯƠNG TRÌNH
Công tác Đoàn và phong trào thanh thiếu nhi năm 2024

"""

SCHOOL_HEAD = """BCH ĐOÀN TRƯỜNG THPT THỬ NGHIỆM
***
Số: 01-CTr/ĐTN

Thử Nghiệm, ngày 12 tháng 9 năm 2024

CHƯƠNG TRÌNH
Công tác Đoàn và phong trào học sinh năm học 2024 - 2025

"""

FOOT = "\nNơi nhận:\n- Như trên;\n- Lưu: VP.\n"


def reading_of(body: str, *, head: str = HEAD) -> tuple[str, ActivityReading]:
    """Return a document with this body, and what is read from it."""
    text = head + body.strip("\n") + "\n" + FOOT
    return text, read_activities(read_outline(text))


def found_in(body: str, *, head: str = HEAD) -> list[tuple[str, str]]:
    """Return the activities' words and their spans: ("Lễ ra quân", "03/03/2024"), "" where there is no time."""
    text, reading = reading_of(body, head=head)
    return [(text[one.start : one.end].replace("\n", " "), said(one.windows)) for one in reading.proposals]


def said(windows: Sequence[Span]) -> str:
    """Windows as one line: days with a dash between them, a semicolon between windows."""
    return "; ".join(
        f"{span.starts_on:%d/%m/%Y}" + (f" - {span.ends_on:%d/%m/%Y}" if span.ends_on != span.starts_on else "")
        for span in windows
    )


def kinds_in(body: str, *, head: str = HEAD) -> list[tuple[str, str]]:
    """Return the contradictions' kinds and words."""
    _, reading = reading_of(body, head=head)
    return [(one.kind, one.quote.replace("\n", " ")) for one in reading.contradictions]
