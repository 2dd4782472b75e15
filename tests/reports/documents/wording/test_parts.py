"""Which words a report has, and how they go into a text field and come back."""

import unicodedata
from dataclasses import replace

import pytest

from reports.documents.context import PeriodicReport
from reports.documents.render import report_sheet
from reports.documents.wording.parts import paragraphs_of, parts_of, text_of, with_words, words_of
from tests.reports.sample_report import quarterly_report

TOPICS = ["propaganda", "movements", "support", "children", "organisation", "advisory"]


def test_the_parts_stand_in_the_order_of_the_paper():
    report = quarterly_report()
    topics = [topic.code for topic in report.topics]
    assert [part.key for part in parts_of(report)] == [
        *("opening", *topics),
        *("strengths", "weaknesses", "causes", "tasks"),
    ]
    assert parts_of(report)[2].name == f"2. {report.topics[1].heading}"
    assert parts_of(report)[-1].group == "III. Nhiệm vụ trọng tâm quý IV năm 2024"


def test_words_that_nobody_changed_leave_the_paper_as_it_is():
    report = quarterly_report()
    assert with_words(report, words_of(report)).opening == ()
    assert report_sheet(with_words(report, words_of(report))).html == report_sheet(report).html


def test_only_the_named_parts_change():
    report = quarterly_report()
    worded = with_words(report, {"causes": ("Do sắp xếp tổ chức.",), "opening": ("Quý III có nhiều việc lớn.",)})
    assert (worded.causes, worded.opening) == (("Do sắp xếp tổ chức.",), ("Quý III có nhiều việc lớn.",))
    assert words_of(worded) == words_of(report) | {
        "causes": ("Do sắp xếp tổ chức.",),
        "opening": ("Quý III có nhiều việc lớn.",),
    }
    untouched = {"topics": (), "opening": (), "strengths": (), "weaknesses": (), "causes": (), "tasks": ()}
    assert replace(worded, **untouched) == replace(report, **untouched)
    assert [topic.charts for topic in worded.topics] == [topic.charts for topic in report.topics]


def test_another_opening_stands_on_the_paper_and_comes_back_from_its_snapshot():
    report = with_words(quarterly_report(), {"opening": ("Câu mở đầu.", "Câu thứ hai.")})
    html = report_sheet(report).html
    assert "<p>Câu mở đầu.</p>\n<p>Câu thứ hai.</p>" in html
    assert "như sau:" not in html
    assert PeriodicReport.from_snapshot(report.to_snapshot()) == report


def test_a_snapshot_from_before_openings_were_written_is_still_read():
    snapshot = quarterly_report().to_snapshot()
    del snapshot["report"]["opening"]
    assert PeriodicReport.from_snapshot(snapshot) == quarterly_report()


@pytest.mark.parametrize(
    ("typed", "paragraphs"),
    [
        ("", ()),
        (" \r\n\r\n \t", ()),
        ("Một.\r\n\r\nHai.", ("Một.", "Hai.")),
        ("Một\r\ndòng.\n \n\n\nHai.", ("Một dòng.", "Hai.")),
        ("Gồm:\n- việc một\n- việc hai\n  tiếp\n+ việc ba", ("Gồm:", "- việc một", "- việc hai tiếp", "+ việc ba")),
        ("Từ 10\n-12 giờ", ("Từ 10 -12 giờ",)),
        (unicodedata.normalize("NFD", "Đoàn viên ưu tú"), ("Đoàn viên ưu tú",)),
        ("Một\x07\x1b[31m\u202edòng\u200b", ("Một [31mdòng",)),
        ("Một\u2028\u2028Hai", ("Một", "Hai")),
        ("<script>alert(1)</script> &amp;", ("<script>alert(1)</script> &amp;",)),
    ],
)
def test_what_is_typed_becomes_paragraphs(typed, paragraphs):
    assert paragraphs_of(typed) == paragraphs


def test_paragraphs_come_back_from_the_field_as_they_went_in():
    for words in words_of(quarterly_report()).values():
        assert paragraphs_of(text_of(words)) == words
