"""What sections are for: told by the heading, also by a damaged one, and handed down."""

import pytest

from plans.outline.read import read_outline
from plans.outline.shapes import Nature

TOLD = [
    ("HỆ THỐNG CÁC CHỈ TIÊU VÀ HOẠT ĐỘNG", Nature.TARGETS),
    ("Mục tiêu, chỉ tiêu", Nature.TARGETS),
    ("MỤC TIÊU CỤ THỂ", Nature.TARGETS),
    ("CHỈ TIÊU PHẤN ĐẤU", Nature.TARGETS),
    ("CHl TlÊU", Nature.TARGETS),
    ("MỘT SỐ HOẠT ĐỘNG LỚN", Nature.CALENDAR),
    ("DỰ KIẾN CÁC HOẠT ĐỘNG", Nature.CALENDAR),
    ("NỘI DUNG TỪNG THÁNG", Nature.CALENDAR),
    ("LỊCH HOẠT ĐỘNG NĂM HỌC", Nature.CALENDAR),
    ("TIẾN ĐỘ THỰC HIỆN", Nature.CALENDAR),
    ("CÁC HOẠT ĐỘNG TRỌNG TÂM", Nature.CALENDAR),
    ("CÁC HOAT ĐỎNG TRỌNC TÂM", Nature.CALENDAR),
    ("TỔ CHỨC THỰC HIỆN", Nature.CARRYING_OUT),
    ("TÔ CHỨC THỰC H1ỆN", Nature.CARRYING_OUT),
    ("TỔ CHỨCTHỰCHIỆN", Nature.CARRYING_OUT),
    ("TO CHUC THUC HIEM", Nature.CARRYING_OUT),
    ("PHÂN CÔNG THỰC HIỆN", Nature.CARRYING_OUT),
    ("CHẾ ĐỘ THÔNG TIN BÁO CÁO", Nature.CARRYING_OUT),
    ("KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NĂM 2023", Nature.REVIEW),
    ("KẾT QUẢ NĂM HỌC 2022 - 2023", Nature.REVIEW),
    ("Kết quả cần đạt", Nature.TARGETS),
    ("Phổ biến kết quả học tập nghị quyết", Nature.NARRATIVE),
    ("Đợt hoạt động cao điểm tháng 3", Nature.NARRATIVE),
    ("ĐÁNH GIÁ CHUNG", Nature.REVIEW),
    ("BỐI CẢNH, TÌNH HÌNH", Nature.REVIEW),
    ("Phát huy vai trò của Đoàn trong bối cảnh mới", Nature.NARRATIVE),
    ("Nhất trí những đánh giá về tình hình tổ chức nhiệm kỳ qua", Nature.REVIEW),
    ("Tán thành Báo cáo kết quả công tác nhiệm kỳ qua", Nature.REVIEW),
    ("Thông qua báo cáo của Ban Chấp hành", Nature.REVIEW),
    ("Nhất trí với đánh giá tình hình: đã làm 30 nhà, trồng 900 cây", Nature.REVIEW),
    ("Thông qua kết quả bình xét, chọn gương điển hình", Nature.NARRATIVE),
    ("Nhất trí thông qua báo cáo kết quả và các chỉ tiêu nhiệm kỳ mới", Nature.TARGETS),
    ("Những kết quả đạt được", Nature.REVIEW),
    ("MỤC ĐÍCH, YÊU CẦU", Nature.NARRATIVE),
    ("NỘI DUNG VÀ BIỆN PHÁP CƠ BẢN", Nature.NARRATIVE),
    ("Hỗ trợ thanh niên có hoàn cảnh khó khăn", Nature.NARRATIVE),
    ("Tổ chức thực hiện tốt cuộc vận động xây dựng gia đình trẻ no ấm", Nature.NARRATIVE),
    ("Công tác đánh giá, xếp loại đoàn viên", Nature.NARRATIVE),
]


@pytest.mark.parametrize(("heading", "nature"), TOLD)
def test_headings_tell_the_nature(heading: str, nature: Nature) -> None:
    assert read_outline(f"I. {heading}\nNhư phụ lục.\n").sections[0].nature is nature


HANDED_DOWN = """I. KẾT QUẢ ĐẠT ĐƯỢC
1. Chỉ tiêu trồng cây
- Đã trồng 100 cây.
II. CHỈ TIÊU NĂM 2024
1. Công tác giáo dục
- Mở 02 lớp.
III. NỘI DUNG
1. Công tác giáo dục
* Chỉ tiêu: 100% đoàn viên học nghị quyết.
* Giải pháp: mở lớp.
2. Các phong trào
Tháng 3:
- Hội trại.
IV. TỔ CHỨC THỰC HIỆN
1. Đoàn huyện
"""


def test_natures_are_handed_down() -> None:
    outline = read_outline(HANDED_DOWN)
    assert {section.address: section.nature for section in outline.sections} == {
        "I": Nature.REVIEW,
        "I/1": Nature.REVIEW,
        "I/1/-": Nature.REVIEW,
        "II": Nature.TARGETS,
        "II/1": Nature.TARGETS,
        "II/1/-": Nature.TARGETS,
        "III": Nature.NARRATIVE,
        "III/1": Nature.NARRATIVE,
        "III/1/-": Nature.TARGETS,
        "III/1/- (2)": Nature.NARRATIVE,
        "III/2": Nature.NARRATIVE,
        "III/2/Tháng 3": Nature.CALENDAR,
        "III/2/Tháng 3/-": Nature.CALENDAR,
        "IV": Nature.CARRYING_OUT,
        "IV/1": Nature.CARRYING_OUT,
    }
