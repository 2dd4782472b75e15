"""Deadlines for sending something in. The sentences are our own."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.duties import duty_contradictions, read_duties
from plans.outline.read import read_outline
from plans.outline.shapes import Outline

HEAD = """HUYỆN ĐOÀN THỬ NGHIỆM
***
Số: 12-KH/HĐTN

Thử Nghiệm, ngày 20 tháng 02 năm 2024

KẾ HOẠCH
Công tác Đoàn và phong trào thanh thiếu nhi năm 2024

I. MỤC ĐÍCH

- Tạo môi trường rèn luyện cho đoàn viên.

II. TỔ CHỨC THỰC HIỆN

"""


def outline_of(*items: str) -> Outline:
    return read_outline(HEAD + "".join(f"- {item}\n" for item in items) + "- Văn phòng theo dõi, tham mưu.\n")


@pytest.mark.parametrize(
    ("item", "due_on"),
    [
        ("Gửi báo cáo về Ban Thường vụ trước ngày 25/11/2024.", date(2024, 11, 25)),
        ("Các cơ sở Đoàn đăng ký công trình thanh niên trước ngày 10/3.", date(2024, 3, 10)),
        ("Nộp danh sách đội hình về Văn phòng chậm nhất ngày 05/4/2024.", date(2024, 4, 5)),
        ("Hồ sơ gửi về Huyện đoàn. Thời hạn: đến hết ngày 30/9/2024.", date(2024, 9, 30)),
        ("Báo cáo kết quả gửi về trong ngày làm việc, hạn cuối 17h00 ngày 16/8/2024.", date(2024, 8, 16)),
        ("Báo cáo tổng kết trước tháng 12/2024.", date(2024, 11, 30)),
        ("Trước ngày 05/4: các đơn vị báo cáo kết quả.", date(2024, 4, 5)),
    ],
)
def test_a_duty_with_a_day(item: str, due_on: date) -> None:
    assert [duty.due_on for duty in read_duties(outline_of(item))] == [due_on]


@pytest.mark.parametrize(
    ("item", "recurring"),
    [
        ("Gửi báo cáo tháng trước ngày 20 hằng tháng.", "monthly:20"),
        ("Hằng tháng, các đơn vị báo cáo về Huyện đoàn trước ngày 25.", "monthly:25"),
        ("Báo cáo quý gửi trước ngày 15 của tháng cuối quý.", "quarterly:15"),
        ("Báo cáo tuần gửi trước thứ Sáu hằng tuần.", "weekly"),
        ("Gửi số liệu đoàn viên trước ngày 15/6 hằng năm.", "yearly:15/6"),
    ],
)
def test_a_duty_that_comes_again(item: str, recurring: str) -> None:
    assert [(duty.due_on, duty.recurring) for duty in read_duties(outline_of(item))] == [(None, recurring)]


def test_a_limit_in_front_takes_the_words_behind_it() -> None:
    outline = outline_of("Trước ngày 05/4/2024: các đơn vị gửi danh sách.")
    (duty,) = read_duties(outline)
    assert outline.text[duty.start : duty.end] == "Trước ngày 05/4/2024: các đơn vị gửi danh sách"


def test_several_limits_in_one_sentence_are_several_duties_with_their_own_words() -> None:
    outline = outline_of(
        "Gửi báo cáo quý I trước ngày 15/3, báo cáo 6 tháng trước ngày 10/6/2024; báo cáo năm trước 10/11/2024."
    )
    assert [(outline.text[duty.start : duty.end], duty.due_on) for duty in read_duties(outline)] == [
        ("Gửi báo cáo quý I trước ngày 15/3", date(2024, 3, 15)),
        ("báo cáo 6 tháng trước ngày 10/6/2024", date(2024, 6, 10)),
        ("báo cáo năm trước 10/11/2024", date(2024, 11, 10)),
    ]


@pytest.mark.parametrize(
    "item",
    [
        "Tổ chức lễ ra quân trước ngày 10/3/2024.",
        "Tập huấn báo cáo viên ngày 12/4/2024.",
        "Thực hiện Kế hoạch số 5-KH/TWĐTN ngày 10/01/2024 của Trung ương Đoàn.",
        "Nâng cao chất lượng công tác thông tin, báo cáo.",
        "Hội nghị báo cáo kết quả năm 2024 của toàn huyện.",
    ],
)
def test_what_is_no_duty(item: str) -> None:
    assert read_duties(outline_of(item)) == ()


def test_results_of_the_past_hold_no_duty() -> None:
    text = (
        HEAD.replace("II. TỔ CHỨC THỰC HIỆN", "II. KẾT QUẢ ĐẠT ĐƯỢC NĂM 2023")
        + "- Đã gửi báo cáo trước ngày 15/11/2023.\n"
    )
    assert read_duties(read_outline(text)) == ()


def test_a_deadline_before_the_document_is_flagged() -> None:
    outline = outline_of("Gửi kế hoạch về Huyện đoàn trước ngày 01/02/2024.", "Gửi báo cáo trước ngày 01/12/2024.")
    (found,) = duty_contradictions(outline, read_duties(outline))
    assert (found.kind, found.quote) == ("due_before_document", "Gửi kế hoạch về Huyện đoàn trước ngày 01/02/2024")
    assert found.says == "Hạn 1/2/2024 trước ngày ban hành văn bản (20/2/2024)."


def test_a_day_without_year_in_a_late_document_is_meant_for_the_next_year() -> None:
    text = (
        HEAD.replace("ngày 20 tháng 02 năm 2024", "ngày 20 tháng 12 năm 2024")
        + "- Gửi báo cáo kết quả trước ngày 15/01.\n"
    )
    outline = read_outline(text)
    assert [duty.due_on for duty in read_duties(outline)] == [date(2025, 1, 15)]
    assert duty_contradictions(outline, read_duties(outline)) == ()


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="gửibáocáonộptrướcngàyhằgtháquý 0123456789/.,;:-\n", max_size=120))
def test_any_text_is_read_and_places_lie_in_it(words: str) -> None:
    outline = outline_of(words)
    for duty in read_duties(outline):
        assert 0 <= duty.start < duty.end <= len(outline.text)
        assert (duty.due_on is None) != (duty.recurring is None)
