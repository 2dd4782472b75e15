"""Word and Excel beside the PDF: from the frozen figures, for those who may have the PDF, and by command."""

import io
from datetime import date

import docx
import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from reports.documents.models import OfficialDocument
from reports.enums import DocumentState
from reports.progress.services import approve_report
from reports.rollups.services import drain_dirty
from tests.making import count_queries
from tests.reports.progress.scenes import report_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def heads(content: bytes) -> list[str]:
    sections = docx.Document(io.BytesIO(content)).sections
    return ["\n".join(p.text for p in section.header.paragraphs) for section in sections]


@pytest.fixture
def issued(drafted):
    document = drafted()
    frozen = document.snapshot
    frozen["report"]["draft"] = False
    frozen["report"]["head"] |= {"number": 86, "symbol": "BC/ĐTN", "dated": "2024-10-05"}
    OfficialDocument.objects.filter(pk=document.pk).update(
        state=DocumentState.ISSUED, number=86, symbol="BC/ĐTN", dated=date(2024, 10, 5), snapshot=frozen
    )
    return document


def test_a_draft_is_had_as_word_and_its_annexes_as_excel(drafted, client, leader):
    document = drafted("provisional")
    client.force_login(leader)
    word = client.get(f"/documents/{document.pk}/word/")
    assert (word.status_code, word["Content-Type"]) == (200, WORD)
    assert word["Content-Disposition"] == 'attachment; filename="bao-cao-QNA-KCQ-2024-Q3.docx"'
    assert (word["Cache-Control"], word["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    assert "I. KẾT QUẢ THỰC HIỆN QUÝ III NĂM 2024" in texts(word.content)
    assert set(heads(word.content)) == {"DỰ THẢO\tSỐ LIỆU TẠM TÍNH"}
    excel = client.get(f"/documents/{document.pk}/excel/")
    assert (excel.status_code, excel["Content-Type"]) == (200, EXCEL)
    sheet = load_workbook(io.BytesIO(excel.content))["Phụ lục 1"]
    [blood] = [row for row in sheet.iter_rows(values_only=True) if row[1] == "1.1"]
    assert blood[4:8] == ("150–200", 32, 32, 21.3)


def test_copies_come_from_the_frozen_figures(drafted, client, leader, officer, province, periods):
    document = drafted()
    client.force_login(leader)
    before = [client.get(f"/documents/{document.pk}/{ending}/").content for ending in ("word", "excel")]
    approve_report(actor=officer, report=report_of(province.hospital, periods[9]))
    drain_dirty()
    assert [client.get(f"/documents/{document.pk}/{ending}/").content for ending in ("word", "excel")] == before


def test_a_copy_of_an_issued_document_says_what_it_is_not(issued, client, leader):
    client.force_login(leader)
    note = "Bản tham khảo của Báo cáo số 86-BC/ĐTN ngày 05/10/2024; văn bản có giá trị là bản PDF đã ký ban hành."
    assert set(heads(client.get(f"/documents/{issued.pk}/word/").content)) == {note}
    book = load_workbook(io.BytesIO(client.get(f"/documents/{issued.pk}/excel/").content))
    assert {sheet.oddHeader.center.text for sheet in book} == {note}
    assert all(note in [cell.value for cell in sheet["A"]] for sheet in book)


@pytest.mark.parametrize("copy", ["word", "excel"])
def test_copies_exist_for_readers_of_the_pdf_only(drafted, client, leader, officer, secretary, neighbour, copy):
    address = f"/documents/{drafted().pk}/{copy}/"
    assert client.get(address).status_code == 302
    for person, status in ((leader, 200), (officer, 200), (secretary, 404), (neighbour, 404)):
        client.force_login(person)
        assert client.get(address).status_code == status
        assert client.post(address).status_code == 405


@pytest.mark.parametrize("frozen", [None, {}, {"version": 99, "report": {}}])
def test_without_frozen_figures_there_is_no_copy(drafted, client, leader, frozen):
    document = drafted()
    OfficialDocument.objects.filter(pk=document.pk).update(snapshot=frozen)
    client.force_login(leader)
    assert [client.get(f"/documents/{document.pk}/{ending}/").status_code for ending in ("word", "excel")] == [404, 404]


def test_the_page_offers_the_copies_where_something_is_frozen(drafted, client, leader):
    document = drafted()
    client.force_login(leader)
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert f'href="/documents/{document.pk}/word/"' in page
    assert f'href="/documents/{document.pk}/excel/"' in page
    assert count_queries(lambda: client.get(f"/documents/{document.pk}/")) <= 15
    assert count_queries(lambda: client.get(f"/documents/{document.pk}/word/")) <= 5
    OfficialDocument.objects.filter(pk=document.pk).update(snapshot=None)
    assert "/word/" not in client.get(f"/documents/{document.pk}/").content.decode()


def told(**changes):
    words = {"unit": "QNA-KCQ", "kind": "quarterly", "span": "2024-Q3", "format": "docx"} | changes
    return [part for name, value in words.items() for part in (f"--{name}", str(value))]


@pytest.mark.parametrize(("ending", "start"), [("pdf", b"%PDF-1.7"), ("docx", b"PK\x03\x04"), ("xlsx", b"PK\x03\x04")])
def test_the_command_writes_a_draft_and_keeps_nothing(reported, tmp_path, capsys, ending, start):
    path = tmp_path / f"bao-cao.{ending}"
    call_command("render_document", *told(format=ending, out=path))
    assert path.read_bytes().startswith(start)
    assert capsys.readouterr().out == f"{path}: {path.stat().st_size} bytes.\n"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert not OfficialDocument.objects.exists()


def test_the_command_says_what_the_register_s_draft_says(drafted, client, leader, tmp_path):
    client.force_login(leader)
    there = client.get(f"/documents/{drafted('provisional').pk}/word/").content
    path = tmp_path / "bao-cao.docx"
    call_command("render_document", *told(out=path, basis="provisional"))
    assert path.read_bytes() == there


@pytest.mark.parametrize(
    ("changes", "words", "code"),
    [
        ({"kind": "annual"}, "The span 2024-Q3 is that of a report of kind quarterly, not annual.", 2),
        ({"span": "2024-Q5"}, "2024-Q5 is no span; write 2024-09, 2024-Q3, 2024-H1, 2024-9M or 2024.", 2),
        ({"span": "2024-13", "kind": "monthly"},
         "2024-13 is no span; write 2024-09, 2024-Q3, 2024-H1, 2024-9M or 2024.", 2),
        ({"unit": "QNA-XYZ"}, "There is no unit with the code QNA-XYZ.", 2),
        ({"kind": "annual", "span": "2024"},
         "Chưa mở đủ các kỳ báo cáo của năm 2024, nên chưa lập được báo cáo.", 1),
    ],
)  # fmt: skip
def test_the_command_refuses_in_one_sentence(reported, tmp_path, changes, words, code):
    path = tmp_path / "bao-cao.docx"
    with pytest.raises(CommandError) as refused:
        call_command("render_document", *told(out=path, **changes))
    assert (str(refused.value), refused.value.returncode) == (words, code)
    assert not path.exists()


def test_the_command_writes_over_a_file_only_when_told(reported, tmp_path):
    path = tmp_path / "bao-cao.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(CommandError, match="is there already; --force writes over it"):
        call_command("render_document", *told(format="xlsx", out=path))
    assert path.read_bytes() == b"mine"
    call_command("render_document", *told(format="xlsx", out=path), "--force")
    assert path.read_bytes().startswith(b"PK")


def test_the_command_names_a_place_where_it_cannot_write(reported, tmp_path):
    for place, words in (
        (tmp_path / "none" / "a.docx", "cannot be written: No such file or directory."),
        (tmp_path, "is a folder."),
    ):
        with pytest.raises(CommandError) as refused:
            call_command("render_document", *told(out=place), "--force")
        assert str(refused.value) == f"{place} {words}"
