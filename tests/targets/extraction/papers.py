"""Small papers of the genre, written for these tests, and what is read out of them."""

from decimal import Decimal

from plans.outline.read import read_outline
from targets.extraction import ProposedTarget, TargetReading, read_targets

HEAD = """TỈNH ĐOÀN BÌNH SƠN

Bình Sơn, ngày 10 tháng 01 năm 2024

CHƯƠNG TRÌNH
Công tác Đoàn và phong trào thanh thiếu nhi năm 2024

"""


def paper(*items: str, heading: str = "CHỈ TIÊU CỤ THỂ") -> str:
    """Return a programme of 2024 whose second part has the heading and the items."""
    body = "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))
    return f"{HEAD}I. MỤC ĐÍCH\nPhát huy vai trò của tuổi trẻ.\nII. {heading}\n{body}\n"


def read(text: str) -> TargetReading:
    return read_targets(read_outline(text))


def targets(*items: str, heading: str = "CHỈ TIÊU CỤ THỂ") -> list[ProposedTarget]:
    return list(read(paper(*items, heading=heading)).proposals)


def figures(*items: str, heading: str = "CHỈ TIÊU CỤ THỂ") -> list[tuple[str, int | None, int | None, str]]:
    """Return comparator, bounds and unit (the population for shares) of all that is read."""
    return [
        (
            target.figure.comparator,
            whole(target.figure.low),
            whole(target.figure.high),
            target.figure.population or target.figure.unit,
        )
        for target in targets(*items, heading=heading)
    ]


def whole(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount)
