"""What else a proposal tells: places, scope, how often, tentative, name, doubts."""

import pytest

from .making import reading_of


def test_places_name_and_doubts() -> None:
    text, reading = reading_of(
        "V. HOẠT ĐỘNG LỚN\n* Quý II:\n"
        "1. Tổ chức **Hội thi** tin học\n cho cán bộ (dự kiến tháng 5/2024).\n2. Hội trại.\n"
    )
    contest, camp = reading.proposals
    assert text[contest.start : contest.end] == "Tổ chức **Hội thi** tin học\n cho cán bộ"
    assert contest.time is not None
    assert text[slice(*contest.time)] == "dự kiến tháng 5/2024"
    assert (contest.name, contest.tentative) == ("Tổ chức Hội thi tin học cho cán bộ", True)
    assert [doubt.code for doubt in contest.doubts] == []
    assert camp.time is not None
    assert text[slice(*camp.time)] == "Quý II"
    assert [doubt.code for doubt in camp.doubts] == []
    assert camp.section is not None


@pytest.mark.parametrize(
    ("heading", "item", "scope"),
    [
        ("Hoạt động chỉ đạo đồng loạt", "Ra quân ngày đoàn viên (26/3/2024).", "all_units"),
        ("Hoạt động cấp tỉnh", "Đồng loạt thắp nến tri ân (26/7/2024).", "all_units"),
        ("Hoạt động của các khối thi đua", "Hội thao giao lưu (tháng 6/2024).", "bloc"),
        ("Hoạt động cấp cơ sở", "Đại hội chi đoàn (tháng 6/2024).", "all_units"),
        ("Hoạt động cấp Đoàn Khối", "Hội thi nấu ăn (tháng 6/2024).", "issuer"),
    ],
)
def test_scope(heading: str, item: str, scope: str) -> None:
    _, reading = reading_of(
        f"V. CÁC HOẠT ĐỘNG LỚN\n1. {heading}:\n1.1. {item}\n1.2. Hội nghị tổng kết (tháng 12/2024).\n"
    )
    assert reading.proposals[0].scope == scope


@pytest.mark.parametrize(
    ("item", "repeats"),
    [
        ("04 Ngày Chủ nhật xanh trong năm.", 4),
        ("Triển khai đồng loạt 03 Ngày thứ bảy tình nguyện (Cả năm).", 3),
        ("Tổ chức 02 đợt hiến máu (tháng 4, tháng 10).", 2),
        ("Tổ chức 01 phiên tòa giả định (tháng 5).", 1),
        ("Kỷ niệm 93 năm ngày thành lập Đoàn (tháng 3).", 1),
        ("Hội thi cho 200 thí sinh (tháng 5).", 1),
    ],
)
def test_repeats(item: str, repeats: int) -> None:
    _, reading = reading_of(f"V. CÁC HOẠT ĐỘNG LỚN\n1. {item}\n2. Hội nghị tổng kết (tháng 12/2024).\n")
    assert reading.proposals[0].repeats == repeats


def test_a_long_name_is_cut_at_a_word() -> None:
    _, reading = reading_of(
        "V. CÁC HOẠT ĐỘNG LỚN\n1. Tổ chức hội thi " + "rất dài dòng " * 20 + "(tháng 5).\n2. Hội trại (tháng 6).\n"
    )
    name = reading.proposals[0].name
    assert len(name) <= 161
    assert name.endswith(("rất…", "dài…", "dòng…"))


@pytest.mark.parametrize(
    ("item", "doubts"),
    [
        ("Hội thi ca khúc.", ["no_time"]),
        ("Mừng Ngày truyền thống sinh viên (9/1/2024) tại trường (tháng 2/2024).", ["two_times"]),
        ("Hội thi ca khúc (tháng 5/2024).", []),
    ],
)
def test_doubts(item: str, doubts: list[str]) -> None:
    _, reading = reading_of(f"V. CÁC HOẠT ĐỘNG LỚN\n1. {item}\n2. Hội nghị tổng kết (tháng 12/2024).\n")
    assert [doubt.code for doubt in reading.proposals[0].doubts] == doubts
