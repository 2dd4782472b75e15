"""Word files: what a reader sees of them, and nothing else."""

import docx
import pytest

from plans.sources.opening import open_source
from tests.plans.sources.samples import body, level, list_of, paragraph, run, saved, with_part, word

MOVED = '<w:moveFrom w:id="3" w:author="a"><w:r><w:t>cũ </w:t></w:r></w:moveFrom>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>26/3</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BOX = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
TWO_FORMS = (
    f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("blocks", "text"),
    [
        ([paragraph("Một"), paragraph("Hai")], "Một\nHai"),
        ([paragraph(run("ngày ") + run("02", "<w:b/>") + run("/3"))], "ngày 02/3"),
        ([paragraph(run("giữ ") + f'<w:del w:id="1"><w:r><w:delText>bỏ</w:delText></w:r></w:del>{MOVED}')], "giữ "),
        ([paragraph(f'<w:ins w:id="1">{run("thêm")}</w:ins><w:moveTo w:id="2">{run(" dời")}</w:moveTo>')], "thêm dời"),
        ([paragraph(run("thấy ") + run("ẩn", "<w:vanish/>") + run("rõ", '<w:vanish w:val="0"/>'))], "thấy rõ"),
        ([paragraph(run("Ngày ") + FIELD)], "Ngày 26/3"),
        ([paragraph(f'<w:fldSimple w:instr="DATE">{run("2024")}</w:fldSimple>')], "2024"),
        ([paragraph(f'<w:hyperlink w:anchor="x">{run("thanhdoan.vn")}</w:hyperlink>')], "thanhdoan.vn"),
        ([paragraph("<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t><w:cr/><w:t>ba</w:t></w:r>")], "một\nhai\nba"),
        ([paragraph("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t></w:r>")], "A-BC"),
        ([paragraph(f"<m:oMath><m:r><m:t>70</m:t></m:r></m:oMath>{run(' %')}")], "70 %"),
        ([paragraph(run("Trước") + TWO_FORMS)], "Trước\nTrong khung"),
        ([f"<w:sdt><w:sdtContent>{paragraph('Trong ô điều khiển')}</w:sdtContent></w:sdt>"], "Trong ô điều khiển"),
        (
            [paragraph("nửa câu ", properties='<w:rPr><w:del w:id="1"/></w:rPr>'), paragraph("và nửa sau")],
            "nửa câu và nửa sau",
        ),
        ([paragraph("<w:r><w:t>1.</w:t><w:tab/><w:t>Tổ chức</w:t></w:r>")], "1. Tổ chức"),
        ([paragraph("<w:r><w:tab/><w:t>Thụt vào</w:t></w:r>")], "Thụt vào"),
        ([paragraph("<w:r><w:t>Số: 02</w:t><w:tab/><w:tab/><w:t>Huế, ngày 2</w:t></w:r>")], "Số: 02\tHuế, ngày 2"),
        ([paragraph("<w:r><w:t>1.</w:t><w:tab/><w:t>Lễ</w:t><w:tab/><w:t>Tháng 3</w:t></w:r>")], "1. Lễ\tTháng 3"),
    ],
)  # fmt: skip
def test_paragraphs(blocks, text):
    assert open_source(word(*blocks)).text == text


def test_headers_and_footers_are_left_out():
    def build(document):
        document.sections[0].header.paragraphs[0].text = "đầu trang"
        document.sections[0].footer.paragraphs[0].text = "chân trang"

    assert open_source(word(paragraph("Thân"), build=build)).text == "Thân"


def test_notes_come_at_the_end_in_the_order_of_their_references():
    document = docx.Document()
    paragraphs = [document.add_paragraph(words) for words in ("Theo nghị quyết", "và kế hoạch")]
    for each, name in zip(paragraphs, ("7", "4"), strict=True):
        reference = each.add_run()._r.makeelement(docx.oxml.ns.qn("w:footnoteReference"))
        reference.set(docx.oxml.ns.qn("w:id"), name)
        each.runs[-1]._r.append(reference)
    notes = "".join(
        f'<w:footnote w:id="{name}">{paragraph(words)}</w:footnote>'
        for name, words in (("0", "không ai nhắc"), ("4", "sau"), ("7", "trước"))
    )
    root = body("").replace(b"document", b"footnotes").replace(b"<w:body></w:body>", notes.encode())
    part = docx.opc.part.Part(
        docx.opc.packuri.PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        root,
        document.part.package,
    )
    document.part.relate_to(part, docx.opc.constants.RELATIONSHIP_TYPE.FOOTNOTES)
    assert open_source(saved(document)).text == "Theo nghị quyết\nvà kế hoạch\n[1] trước\n[2] sau"


def table(rows, *, style=None, merge=None):
    def build(document):
        made = document.add_table(len(rows), len(rows[0]), style=style)
        for cells, row in zip(made.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
        if merge:
            first, last = merge
            made.cell(*first).merge(made.cell(*last))

    return build


def test_a_table_is_rows_with_tabs_in_the_place_where_it_stands():
    def build(document):
        document.add_paragraph("PHỤ LỤC")
        table([["Stt", "Tên hoạt động", "Thời gian"], ["1", "Lễ ra quân\nTháng Thanh niên", "Tháng\t3"]])(document)
        document.add_paragraph("Hết")

    assert open_source(word(build=build)).text == (
        "PHỤ LỤC\nStt\tTên hoạt động\tThời gian\n1\tLễ ra quân Tháng Thanh niên\tTháng 3\nHết"
    )


@pytest.mark.parametrize(
    ("rows", "style", "text"),
    [
        ([["BCH ĐOÀN\n***\nSố: 02", "ĐOÀN TNCS\nHuế, ngày 2"]], None, "BCH ĐOÀN\n***\nSố: 02\nĐOÀN TNCS\nHuế, ngày 2"),
        ([["BCH ĐOÀN", "ĐOÀN TNCS"], ["Số: 02", "Huế, ngày 2"]], None, "BCH ĐOÀN\nĐOÀN TNCS\nSố: 02\nHuế, ngày 2"),
        ([["Nơi nhận:\n- Như trên", "TM. BAN\nBÍ THƯ"]], "Table Grid", "Nơi nhận:\n- Như trên\nTM. BAN\nBÍ THƯ"),
        ([["Một khung viền"]], "Table Grid", "Một khung viền"),
        ([["Nội dung", "Thời gian"], ["Lễ", "Tháng 3"]], "Table Grid", "Nội dung\tThời gian\nLễ\tTháng 3"),
        ([["a", "b", "c"], ["d", "", "f"]], None, "a\tb\tc\nd\t\tf"),
        ([["a", "b"]] * 5, None, "\n".join(["a\tb"] * 5)),
    ],
)
def test_a_table_that_sets_texts_side_by_side_is_read_cell_by_cell(rows, style, text):
    assert open_source(word(build=table(rows, style=style))).text == text


def test_merged_cells_keep_their_columns():
    rows = [["Quý I", "", ""], ["1", "Lễ", "Tháng 3"]]
    across = open_source(word(build=table(rows, style="Table Grid", merge=((0, 0), (0, 2))))).text
    assert across == "Quý I\n1\tLễ\tTháng 3"
    rows = [["Quý I", "Lễ", "Tháng 2"], ["", "Hội", "Tháng 3"]]
    down = open_source(word(build=table(rows, style="Table Grid", merge=((0, 0), (1, 0))))).text
    assert down == "Quý I\tLễ\tTháng 2\n\tHội\tTháng 3"


def test_deleted_rows_are_left_out():
    def build(document):
        table([["1", "Lễ", "Tháng 2"], ["2", "Hội", "Tháng 3"]])(document)
        row = document.tables[0].rows[0]._tr
        row.get_or_add_trPr().append(row.makeelement(docx.oxml.ns.qn("w:del")))

    assert open_source(word(build=build)).text == "2\tHội\tTháng 3"


def test_numbers_that_word_draws_in_cells():
    numbered = [paragraph("", number=(1, 0)), paragraph("Lễ"), paragraph("Tháng 3")]
    row = "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in numbered) + "</w:tr>"
    content = word(f"<w:tbl>{row}{row}</w:tbl>", numbering=list_of(level(0, "%1.")))
    assert open_source(content).text == "1.\tLễ\tTháng 3\n2.\tLễ\tTháng 3"


def test_fonts_from_before_unicode():
    line = "NghÞ quyÕt c«ng t¸c §oµn vµ phong trµo thanh niªn n¨m 2010"
    assert open_source(word(paragraph(line))).text == "Nghị quyết công tác Đoàn và phong trào thanh niên năm 2010"


def test_the_main_part_is_found_by_its_relation_not_by_its_name():
    assert open_source(with_part(word(), "word/document.xml", body(paragraph("Thân")))).text == "Thân"
