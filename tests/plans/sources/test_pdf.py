"""PDF files: paragraphs made whole, rows of tables, texts side by side, pages."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from plans.sources import Refused
from plans.sources.opening import open_source
from plans.sources.pdf_layout import written_pages
from plans.sources.pdf_pieces import Letter, pieces_of
from tests.plans.sources.samples import pdf, scan

LONG = (
    "Tổ chức các hoạt động tình nguyện vì cuộc sống cộng đồng tại các địa bàn khó khăn, biên giới, hải đảo; "
    "phấn đấu trồng mới 1.500 cây xanh, khám chữa bệnh cho 1.000 lượt người dân trong Tháng Thanh niên năm 2024."
)
INDENTED = "p { text-align: justify; text-indent: 1.27cm }"
GRID = "table { width: 100%; border-collapse: collapse } td { border: 1px solid; padding: 2pt 5pt }"
HEAD = (
    '<table class="head"><tr><td>BCH ĐOÀN TỈNH<br>***<br>Số: 02-NQ/ĐTN</td>'
    "<td>ĐOÀN TNCS HỒ CHÍ MINH<br><i>Huế, ngày 02 tháng 01 năm 2024</i></td></tr></table>"
)
SIDES = ".head { width: 100%; table-layout: fixed } .head td { text-align: center; vertical-align: top; border: none }"


def read(html, style=""):
    return open_source(pdf(html, style=style))


@pytest.mark.parametrize("style", [INDENTED, "p { margin-bottom: 12pt }", "p { text-align: justify }"])
def test_lines_of_a_paragraph_are_joined_and_paragraphs_stay_apart(style):
    second = LONG.replace("Tổ chức", "Duy trì")
    assert read(f"<p>{LONG}</p><p>{second}</p><p>Ngắn.</p>", style).text == f"{LONG}\n{second}\nNgắn."


@pytest.mark.parametrize("marker", ["1.", "1.1.", "a)", "-", "+", "III."])
def test_items_begin_on_lines_of_their_own(marker):
    items = [f"{marker} {LONG}", f"{marker} {LONG}"]
    html = "".join(f"<p>{item}</p>" for item in items)
    assert read(html, INDENTED).text == "\n".join(items)
    hanging = "p { padding-left: 1cm; text-indent: -1cm }"
    assert read(html, hanging).text == "\n".join(items)


def test_numbers_set_apart_from_their_words_are_joined_to_them():
    style = "li { padding-left: 8mm } ol { padding-left: 12mm }"
    assert read(f"<ol><li>{LONG}</li><li>Hai</li></ol>", style).text == f"1. {LONG}\n2. Hai"


def test_a_dash_at_the_start_of_a_line_inside_a_sentence_begins_nothing():
    style = "p { width: 9.2cm }"
    text = read(
        "<p>Đại hội Đoàn các cấp tỉnh nhiệm kỳ 2022 - 2027 và tổ chức 01 hội nghị sơ kết công tác năm</p>", style
    ).text
    assert text == "Đại hội Đoàn các cấp tỉnh nhiệm kỳ 2022 - 2027 và tổ chức 01 hội nghị sơ kết công tác năm"


def test_words_parted_by_a_hyphen_at_the_line_s_end():
    html = "<p>Hội nghị trực tuyến qua phần mềm vi&shy;deo&shy;con&shy;fe&shy;rence toàn tỉnh</p>"
    assert "videoconference" in read(html, "p { width: 7.5cm; hyphens: manual }").text
    assert "2022-2027" in read("<p>Nhiệm kỳ công tác Đoàn 2022-2027</p>", "p { width: 6cm }").text


def test_titles_keep_their_lines():
    html = "<p>NGHỊ QUYẾT</p><p>Công tác Đoàn và phong trào thanh niên<br>năm 2024</p>"
    style = "p { text-align: center }"
    assert read(html, style).text == "NGHỊ QUYẾT\nCông tác Đoàn và phong trào thanh niên\nnăm 2024"


def test_texts_side_by_side_are_read_one_after_the_other():
    signing = (
        '<table class="head"><tr><td>Nơi nhận:<br>- Như trên;<br>- Lưu VP.</td>'
        "<td>TM. BAN CHẤP HÀNH<br>BÍ THƯ</td></tr></table>"
    )
    assert read(f"{HEAD}<p>{LONG}</p>{signing}", SIDES + INDENTED).text == (
        "BCH ĐOÀN TỈNH\n***\nSố: 02-NQ/ĐTN\nĐOÀN TNCS HỒ CHÍ MINH\nHuế, ngày 02 tháng 01 năm 2024\n"
        f"{LONG}\nNơi nhận:\n- Như trên;\n- Lưu VP.\nTM. BAN CHẤP HÀNH\nBÍ THƯ"
    )


@pytest.mark.parametrize("align", ["top", "middle", "bottom"])
def test_rows_of_a_table_are_lines_with_tabs(align):
    rows = [
        ("Stt", "Tên hoạt động", "Thời gian"),
        ("1.", LONG, "Tháng 3"),
        ("2.", "Lễ ra quân Tháng Thanh niên", "Từ tháng 02 - 03, dự kiến vào tuần đầu tiên của tháng"),
        ("3.", "Ngày đoàn viên", "26/3/2024"),
    ]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    style = f"{GRID} {INDENTED} td {{ vertical-align: {align} }}"
    text = read(f"<p>{LONG}</p><table>{cells}</table><p>{LONG}</p>", style).text
    assert text == "\n".join([LONG, *("\t".join(row) for row in rows), LONG])


@pytest.mark.parametrize(
    "number", ["counter(page)", "'- ' counter(page) ' -'", "'Trang ' counter(page) '/' counter(pages)"]
)
@pytest.mark.parametrize("border", ["top-center", "bottom-right"])
def test_pages_and_where_they_begin_without_their_numbers(number, border):
    html = "".join(f"<p>{place}. {LONG}</p>" for place in range(1, 17))
    source = read(html, INDENTED + f"@page {{ @{border} {{ content: {number} }} }}")
    # A paragraph that goes on over the border of two pages is whole.
    assert source.text == "\n".join(f"{place}. {LONG}" for place in range(1, 17))
    assert len(source.pages) == 2
    assert source.pages[0] == 0
    assert source.text[source.pages[1] - 1] in " \n"
    assert 5 < source.text[: source.pages[1]].count("\n") < 16


def test_a_row_broken_over_two_pages_is_one_row():
    cells = "".join(f"<tr><td>{row}.</td><td>{LONG}</td><td>Tháng {row}</td></tr>" for row in range(1, 13))
    style = f"{GRID} {INDENTED} td {{ vertical-align: top }} td:first-child {{ width: 1cm }}"
    source = read(f"<table>{cells}</table>", style)
    assert len(source.pages) == 2
    assert source.text.split("\n") == [f"{row}.\t{LONG}\tTháng {row}" for row in range(1, 13)]


def test_a_paragraph_that_ends_with_its_page_ends():
    html = f"<p>{LONG}</p><p style='break-after: page'>Một.</p><p>{LONG}</p>"
    source = read(html, INDENTED)
    assert source.text == f"{LONG}\nMột.\n{LONG}"
    assert source.pages == (0, len(f"{LONG}\nMột.\n"))


def test_numbers_at_the_border_that_do_not_count_pages_stay():
    html = "<p>2024</p>" + f"<p>{LONG}</p><p>15</p>"
    assert read(html, INDENTED).text == f"2024\n{LONG}\n15"


def test_a_page_without_text_among_others_is_a_page():
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(pdf(f"<p>{LONG}</p>", style=INDENTED))))
    writer.add_blank_page()
    stream = BytesIO()
    writer.write(stream)
    source = open_source(stream.getvalue())
    assert (source.text, source.pages) == (f"{LONG}\n", (0, len(LONG) + 1))


def locked(content, **passwords):
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(content)))
    writer.encrypt(**passwords, algorithm="AES-256")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_locked_file_is_refused_and_one_that_only_forbids_changes_is_read():
    content = pdf(f"<p>{LONG}</p>", style=INDENTED)
    with pytest.raises(Refused) as refused:
        open_source(locked(content, user_password="mở", owner_password="đổi"))
    assert refused.value.code == "encrypted"
    assert open_source(locked(content, user_password="", owner_password="đổi")).text == LONG


def test_pictures_of_pages_are_a_scan():
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(scan(pages=3))))
    writer.append(PdfReader(BytesIO(pdf("<p>Bản sao của văn bản số 02-NQ/ĐTN có ký số</p>"))))
    stream = BytesIO()
    writer.write(stream)
    for content in (scan(), stream.getvalue()):
        with pytest.raises(Refused) as refused:
            open_source(content)
        assert refused.value.code == "scan"


def letters(text, left, bottom, width=6.0, height=12.0):
    """A line of letters, each as wide as the others."""
    return [
        Letter(letter, left + place * width, left + (place + 1) * width, bottom, bottom + height)
        for place, letter in enumerate(text)
    ]


def test_columns_of_a_page_are_read_one_after_the_other():
    left = [letters("Cột trái", 50, 700 - 14 * row) for row in range(3)]
    right = [letters("Cột phải", 320, 700 - 14 * row) for row in range(3)]
    assert written_pages([pieces_of([*left, *right])]) == ["\n".join(["Cột trái"] * 3 + ["Cột phải"] * 3)]


def test_a_narrow_column_is_told_by_where_other_rows_begin_it():
    rows = [
        [letters("1. Lễ ra quân Tháng Thanh niên năm nay", 50, 700), letters("Tháng 03", 291, 700)],
        [letters("2. Hội trại", 50, 680), letters("Tháng 04", 291, 680)],
        [letters("3. Hội thi", 50, 660), letters("Tháng 05", 291, 660)],
    ]
    # The first row is full: its columns stand only a letter's width apart, and no new line parts them.
    head = pieces_of([letters("LỊCH HOẠT ĐỘNG", 50, 720)])
    pieces = pieces_of([first + second for first, second in rows])
    assert written_pages([[*head, *pieces]])[0].split("\n") == [
        "LỊCH HOẠT ĐỘNG",
        "1. Lễ ra quân Tháng Thanh niên năm nay\tTháng 03",
        "2. Hội trại\tTháng 04",
        "3. Hội thi\tTháng 05",
    ]


def test_a_head_whose_right_side_has_blank_lines():
    left = [letters("BCH ĐOÀN TỈNH", 60, 700), letters("***", 90, 682), letters("Số: 02-NQ/ĐTN", 60, 664)]
    right = [letters("ĐOÀN TNCS", 330, 700), letters("Huế, ngày 02 tháng 01 năm", 282, 676), letters("2024", 345, 658)]
    assert written_pages([pieces_of([*left, *right])]) == [
        "BCH ĐOÀN TỈNH\n***\nSố: 02-NQ/ĐTN\nĐOÀN TNCS\nHuế, ngày 02 tháng 01 năm 2024"
    ]


def test_lines_are_joined_though_the_font_says_less_of_its_height_than_it_is():
    lines = ["Tổ chức các hoạt động tình nguyện vì cuộc sống tại các", "địa bàn khó khăn, biên giới."]
    drawn = [letters(line, 90, 700 - 18 * row, height=8) for row, line in enumerate(lines)]
    assert written_pages([pieces_of(drawn)]) == [" ".join(lines)]


@pytest.mark.parametrize(
    ("bullet", "shown"), [("o", "+"), ("•", "-"), ("■", "-"), ("-", "-"), ("a)", "a)"), ("1.1.", "1.1.")]
)
def test_bullets_stand_before_their_words(bullet, shown):
    drawn = [letters(bullet, 90, 700), letters("Tổ chức hoạt động", 120, 700), letters("Hai", 90, 680)]
    assert written_pages([pieces_of(drawn)]) == [f"{shown} Tổ chức hoạt động\nHai"]


def test_nothing_on_a_page_is_no_line():
    assert written_pages([pieces_of([[], letters("   ", 50, 700)]), []]) == ["", "\n"]
