"""A unit's scorecard: what it says, that it is one page, whose it is; and those of all units as one ZIP."""

import re
import subprocess
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.services import record_participation
from core import jobs
from core.models import Job, JobState, Notice
from core.paper import page_count
from reports.documents.models import OfficialDocument
from reports.documents.scorecards import rendering, services
from reports.documents.scorecards.building import build_scorecard
from reports.documents.scorecards.context import Scorecard, TakenPart
from reports.documents.scorecards.rendering import kept, render_scorecard_pdf
from reports.documents.scorecards.services import request_all_scorecards, request_scorecard
from reports.documents.sheets import to_pdf
from targets.calendar import Month
from tests.making import activity
from tests.reports.documents.test_documents import issue

SEPTEMBER = Month(2024, 9)


def text_of(pdf: bytes, tmp_path) -> str:
    path = tmp_path / "card.pdf"
    path.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    assert unicodedata.is_normalized("NFC", text)
    return " ".join(text.split())


@pytest.fixture
def card(reported, province) -> Scorecard:
    """The card of the Department of Justice, which took part in one activity with 21 people."""
    day = activity(province.justice, "Ngày hội hiến máu", scope="unit")
    record_participation(actor=None, activity=day, unit=province.justice, done_on=date(2024, 3, 9), people=21)
    return build_scorecard(issuer=province.bloc_union, unit=province.justice, month=SEPTEMBER, basis="official")


def of_many(card: Scorecard, count: int) -> Scorecard:
    first = card.rows[0]
    name = "Tổ chức các hoạt động học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh cho đoàn viên"
    rows = tuple(
        replace(first, row=replace(first.row, clause=f"{n}.{n}", content=f"{name} thứ {n}")) for n in range(count)
    )
    taken = tuple(TakenPart(name=f"Hoạt động tình nguyện số {n}", on=date(2024, 8, 1), people=n) for n in range(40))
    return replace(card, rows=rows, activities=taken)


def test_it_says_what_bodies_above_ask_of_the_unit_and_how_it_stands(card):
    rows = {score.row.clause: score for score in card.rows}
    assert rows["1.1"].row.to_date.amount == Decimal(12)
    assert not rows["1.1"].judged
    assert rows["1.6"].judged
    assert (rows["1.6"].row.minimum, rows["1.6"].row.status) == (Decimal(1), "no_data")
    assert "1.4" not in rows
    assert card.months == tuple(range(1, 10))[-len(card.months) :]
    assert [mark.timeliness for mark in card.marks[-3:]] == ["on_time", "on_time", "on_time"]
    assert card.activities == (TakenPart(name="Ngày hội hiến máu", on=date(2024, 3, 9), people=21),)
    assert Scorecard.from_snapshot(card.to_snapshot()) == card


def test_the_page_reads_as_it_should(card, tmp_path):
    pdf = render_scorecard_pdf(card)
    text = text_of(pdf, tmp_path)
    assert page_count(pdf) == 1
    for words in (
        "PHIẾU ĐÁNH GIÁ",
        "Kết quả thực hiện nhiệm vụ đến hết tháng 9/2024",
        "Chi đoàn Sở Tư pháp",
        "-PĐG/ĐTN",
        "DỰ THẢO",
        "Góp chung",
        "Ngày hội hiến máu, 09/3/2024 (21 người).",
    ):
        assert words in text
    assert render_scorecard_pdf(card) == pdf


@pytest.mark.parametrize(("count", "cut_off"), [(1, False), (13, False), (40, False), (120, True)])
def test_it_is_one_page_however_many_targets_there_are(count, cut_off, card, tmp_path):
    pdf = render_scorecard_pdf(of_many(card, count))
    assert page_count(pdf) == 1
    assert ("chỉ tiêu khác không in trên phiếu này" in text_of(pdf, tmp_path)) is cut_off


def test_what_is_left_out_tells_least(card):
    base = replace(card.rows[0], judged=True)
    rows = tuple(
        replace(base, row=replace(base.row, status=status)) for status in ("missed", "no_data", "on_track", "behind")
    )
    assert [score.row.status for score in kept(rows, 2)] == ["missed", "behind"]
    assert kept(rows, None) == list(rows)


@pytest.mark.parametrize("count", [1, 27, 120])
def test_a_wide_range_keeps_to_its_column(card, tmp_path, count):
    first = next(score for score in card.rows if score.row.clause == "1.6")
    to_date = replace(card.rows[0].row.to_date, amount=Decimal(1_234_567))
    wide = replace(first.row, minimum=Decimal(1_000_000), maximum=Decimal(1_500_000), to_date=to_date)
    path = tmp_path / "card.pdf"
    pdf = render_scorecard_pdf(replace(card, rows=(replace(first, row=wide),) * count))
    assert page_count(pdf) == 1
    path.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    places = re.findall(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)<', found)
    ends = {word: float(right) for _left, right, word in places}
    begins = {word: float(left) for left, _right, word in places}
    assert max(ends["1.000.000–"], ends["1.500.000"]) < begins["1.234.567"]


@pytest.fixture
def layouts(monkeypatch) -> list[str]:
    """The classes of every page that is tried, in order."""
    tried: list[str] = []

    def note(sheet, **more):
        tried.append(re.search('<body class="scorecard ([^"]*)"', sheet.html)[1].removesuffix(" draft").strip())
        return to_pdf(sheet, **more)

    monkeypatch.setattr(rendering, "to_pdf", note)
    return tried


NAMES = (
    "Trồng mới, chăm sóc cây xanh",
    "Giới thiệu đoàn viên ưu tú để Đảng xem xét",
    "Mỗi khối thi đua giúp hộ thanh niên thoát nghèo bền vững, có việc làm ổn định",
)


def usual(card: Scorecard, count: int) -> Scorecard:
    """A card of targets as plans have them, some with longer names, and two activities."""
    first = card.rows[0]
    rows = tuple(
        replace(first, row=replace(first.row, clause=f"1.{n}", content=NAMES[n % 3], measure="hộ"))
        for n in range(count)
    )
    name = "Hội thi tìm hiểu lịch sử truyền thống của Đoàn và của dân tộc nhân kỷ niệm ngày thành lập Đoàn 26/3"
    return replace(card, rows=rows, activities=(TakenPart(name=name, on=date(2024, 3, 26)),) * 2)


@pytest.mark.parametrize(("count", "layout"), [(3, ""), (14, "close t105"), (22, "tight t95"), (27, "tight t85")])
def test_names_stand_whole_in_type_as_large_as_the_page_holds(count, layout, card, layouts, tmp_path):
    shown = usual(card, count)
    pdf = render_scorecard_pdf(shown)
    text = text_of(pdf, tmp_path)
    assert page_count(pdf) == 1
    assert layouts[-1] == layout
    assert len(layouts) <= 2  # a page costs a quarter of a second; reckoning finds the size
    assert "…" not in text
    words = text.split()
    assert [words.count(word) for word in ("xanh", "ổn", "26/3,")] == [-(-count // 3), count // 3, 2]


def test_an_older_figure_is_explained(card, tmp_path):
    plain, first = text_of(render_scorecard_pdf(card), tmp_path), card.rows[0]
    older = replace(first, row=replace(first.row, to_date=replace(first.row.to_date, carried=1)))
    said = "“*”: số liệu của kỳ trước, đơn vị chưa cập nhật."
    assert said not in plain
    assert said in text_of(render_scorecard_pdf(replace(card, rows=(older, *card.rows[1:]))), tmp_path)


def test_it_goes_into_the_register_of_the_body_above_and_is_issued_there(reported, province, officer, leader, client):
    document = request_scorecard(actor=officer, unit=province.justice, month=SEPTEMBER, basis="official")
    document.refresh_from_db()
    jobs.run(document.job_id)
    document.refresh_from_db()
    assert (document.unit, document.about, document.kind) == (province.bloc_union, province.justice, "scorecard")
    assert document.title == "Phiếu đánh giá Chi đoàn Sở Tư pháp tháng 9/2024"
    assert document.file.name == "phieu-danh-gia-QNA-KCQ-003-2024-09.pdf"
    issue(document, leader, number=5)
    assert (document.state, document.symbol) == ("issued", "PĐG/ĐTN")
    assert Scorecard.from_snapshot(document.snapshot).head.number == 5


def test_nobody_stands_above_the_topmost_unit(reported, province, top_leader):
    with pytest.raises(ValidationError):
        request_scorecard(actor=top_leader, unit=province.top, month=SEPTEMBER, basis="official")


def made_zip(job: Job) -> zipfile.ZipFile:
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    with job.result_file.content.open("rb") as stored:
        return zipfile.ZipFile(BytesIO(stored.read()))


def test_all_units_as_one_zip(reported, province, officer, tmp_path, client):
    job = request_all_scorecards(actor=officer, body=province.bloc_union, month=SEPTEMBER, basis="provisional")
    archive = made_zip(job)
    assert archive.namelist() == [
        "QNA-KCQ-001-doan-co-so-benh-vien-da-khoa.pdf",
        "QNA-KCQ-002-doan-co-so-truong-cao-dang-y-te.pdf",
        "QNA-KCQ-003-chi-doan-so-tu-phap.pdf",
        "QNA-KCQ-004-chi-doan-so-tai-chinh.pdf",
    ]
    pages = [archive.read(name) for name in archive.namelist()]
    assert [page_count(page) for page in pages] == [1, 1, 1, 1]
    assert "Đoàn cơ sở Bệnh viện Đa khoa" in text_of(pages[0], tmp_path)
    assert (job.progress_done, job.progress_total) == (4, 4)
    assert OfficialDocument.objects.count() == 0
    notice = Notice.objects.get(recipient=officer)
    assert notice.url == job.result_url == f"/files/{job.result_file_id}/"
    again = request_all_scorecards(actor=officer, body=province.bloc_union, month=SEPTEMBER, basis="provisional")
    made_zip(again)
    assert again.result_file.sha256 == job.result_file.sha256
    for who, status in ((officer, 200), (province_stranger(province), 404)):
        client.force_login(who)
        assert client.get(job.result_url).status_code == status
        assert client.get(f"/jobs/{job.pk}/").status_code == status


def province_stranger(province):
    from accounts.enums import RoleName
    from tests.conftest import person

    return person("bi.thu.khac", "Bí thư khác", province.justice, RoleName.SECRETARY)


def test_it_stops_between_two_units_and_keeps_nothing(reported, province, officer, monkeypatch):
    job = request_all_scorecards(actor=officer, body=province.bloc_union, month=SEPTEMBER, basis="official")
    seen: list[tuple[int, int]] = []

    def page(card: Scorecard) -> bytes:
        now = Job.objects.get(pk=job.pk)
        seen.append((now.progress_done, now.progress_total))
        if len(seen) == 2:
            jobs.cancel(now)
        return b"%PDF"

    monkeypatch.setattr(services, "render_scorecard_pdf", page)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result_file, seen) == (JobState.CANCELLED, None, [(0, 4), (1, 4)])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("leader", 200),
        ("top_officer", 200),
        ("secretary", 404),
        ("bloc_head", 404),
        ("outsider", 404),
    ],
)
def test_who_has_scorecards_made(who, status, request, reported, province, client):
    user = request.getfixturevalue(who)
    client.force_login(user)
    form = {"month": "2024-09", "basis": "official"}
    assert client.get("/documents/scorecards/QNA-KCQ-003/").status_code == status
    assert client.post("/documents/scorecards/QNA-KCQ-003/ask/", form).status_code == {200: 302, 404: 404}[status]
    assert client.post("/documents/scorecards/QNA-KCQ/all/", form).status_code == {200: 302, 404: 404}[status]
    if status == 404:
        with pytest.raises(PermissionDenied):
            request_scorecard(actor=user, unit=province.justice, month=SEPTEMBER, basis="official")
        with pytest.raises(PermissionDenied):
            request_all_scorecards(actor=user, body=province.bloc_union, month=SEPTEMBER, basis="official")


def test_the_units_page_and_the_dashboard_lead_there_and_not_for_others(reported, client, officer, secretary):
    link = 'href="/documents/scorecards/QNA-KCQ-003/'
    for user, leads in ((officer, True), (secretary, False)):
        client.force_login(user)
        for address in ("/units/QNA-KCQ-003/", "/dashboard/QNA-KCQ-003/"):
            answer = client.get(address)
            assert (answer.status_code, link in answer.content.decode()) == (200, leads), address


def test_a_leaf_gives_no_cards_and_its_own_officer_none_of_itself(reported, client, officer):
    client.force_login(officer)
    form = {"month": "2024-09", "basis": "official"}
    assert client.post("/documents/scorecards/QNA-KCQ-003/all/", form).status_code == 404
    assert client.post("/documents/scorecards/QNA-KCQ/ask/", form).status_code == 404
    assert client.post("/documents/scorecards/QNA-KCQ-003/ask/", {**form, "month": "2031-01"}).status_code == 422
