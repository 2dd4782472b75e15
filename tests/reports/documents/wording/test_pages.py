"""The pages of a report's words, as people use them: writing, taking words over, meeting another person, reading."""

import re

import pytest

from core import jobs
from reports.documents.context import PeriodicReport
from reports.documents.models import OfficialDocument
from reports.documents.services import request_replacement
from reports.documents.wording.forms import MOST_LETTERS, MOST_PARAGRAPHS
from reports.documents.wording.models import WordingVersion
from reports.documents.wording.parts import text_of, words_of
from reports.documents.wording.services import gather_again, save_wording
from reports.progress.models import Narrative
from tests.making import count_queries
from tests.reports.documents.test_documents import issue

HOSTILE = '<script>alert(1)</script> {{ 7*7 }} {% load x %} ’"&amp; \x07\u202e=cmd'


@pytest.fixture
def draft(drafted):
    return drafted("official")


@pytest.fixture
def page(draft):
    return f"/documents/{draft.pk}/words/"


@pytest.fixture
def browser(client, officer):
    client.force_login(officer)
    return client


def run(document) -> OfficialDocument:
    document.refresh_from_db()
    jobs.run(document.job_id)
    return OfficialDocument.objects.get(pk=document.pk)


def report_in(document) -> PeriodicReport:
    return PeriodicReport.from_snapshot(OfficialDocument.objects.get(pk=document.pk).snapshot)


def filled(document, seen=1, **changes) -> dict[str, str]:
    """The form as it comes, with these changes."""
    newest = document.wordings.last()
    words = newest.words if newest else words_of(report_in(document))
    return {"seen": str(seen), **{key: text_of(said) for key, said in words.items()}, **changes}


def shown_in(answer, key: str) -> str:
    """What a part's text field holds."""
    return answer.context["form"][key].value()


def test_the_draft_leads_to_its_words_and_the_page_shows_them_with_their_origin(draft, page, browser):
    document_page = browser.get(f"/documents/{draft.pk}/").content.decode()
    assert f'href="{page}"' in document_page
    assert "Biên tập lời văn" in document_page
    answer = browser.get(page)
    assert "Chi đoàn Sở Tư pháp: Đã vận động 5 đoàn viên hiến máu." in shown_in(answer, "movements")
    said = answer.content.decode()
    assert "Theo các đơn vị: số liệu và lời văn trong báo cáo tháng" in said
    assert "đã biên tập" not in said
    assert [group for group, _rows in answer.context["groups"]] == [
        "Phần mở đầu",
        "I. Kết quả thực hiện quý III năm 2024",
        "II. Đánh giá chung",
        "III. Nhiệm vụ trọng tâm quý IV năm 2024",
    ]


def test_a_saved_part_is_a_version_in_the_history_and_on_the_paper(draft, page, browser, officer):
    answer = browser.post(page, filled(draft, causes="Do thiếu người.\r\n\r\nDo thiếu tiền."), follow=True)
    said = answer.content.decode()
    assert "Đã lưu bản 2. Bản dự thảo đang được lập lại theo lời văn này." in said
    assert "đã biên tập" in said
    run(draft)
    assert report_in(draft).causes == ("Do thiếu người.", "Do thiếu tiền.")
    history = browser.get(f"/documents/{draft.pk}/").content.decode()
    assert f"Biên tập lời văn (bản 2) · {officer}" in history


def test_saving_what_is_there_says_so(draft, page, browser):
    assert "Không có gì thay đổi." in browser.post(page, filled(draft), follow=True).content.decode()
    assert WordingVersion.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tasks": " \n "}, "Phần này không được để trống."),
        ({"opening": "\u200b"}, "Phần này không được để trống."),
        ({"causes": "a" * (MOST_LETTERS + 1)}, "Giá trị này chỉ có tối đa 40000 kí tự (hiện có 40001)"),
        ({"causes": "a\n\n" * (MOST_PARAGRAPHS + 1)}, "Nhiều nhất 300 đoạn."),
        ({"causes": "a\0b"}, "Không được có ký tự rỗng (null)."),
    ],
)
def test_what_is_refused_comes_back_as_it_was_typed(draft, page, browser, changes, words):
    [(name, typed)] = changes.items()
    answer = browser.post(page, filled(draft, strengths="Giữ lấy chữ này.", **changes))
    assert answer.status_code == 422
    assert any(words in error for error in answer.context["form"].errors[name])
    assert (shown_in(answer, name), shown_in(answer, "strengths")) == (typed, "Giữ lấy chữ này.")
    assert 'data-unsaved="yes"' in answer.content.decode()
    assert WordingVersion.objects.count() == 0


def test_the_longest_lawful_text_is_kept(draft, page, browser):
    assert browser.post(page, filled(draft, causes="ế" * MOST_LETTERS)).status_code == 302
    assert draft.wordings.last().words["causes"] == ("ế" * MOST_LETTERS,)


def test_words_that_the_portal_wrote_too_long_can_be_saved_again(draft, page, browser):
    """Narratives are long; a part that is not touched never stands in the way."""
    Narrative.objects.all().update(text="x " * 2500)
    snapshot = draft.snapshot
    snapshot["report"]["topics"][0]["paragraphs"] = ["đoạn " * 900] * 12
    snapshot["report"]["tasks"] = ["việc"] * (MOST_PARAGRAPHS + 5)
    OfficialDocument.objects.filter(pk=draft.pk).update(snapshot=snapshot)
    assert browser.post(page, filled(draft, causes="Do thiếu người.")).status_code == 302
    assert draft.wordings.last().edited == {"causes"}


def test_hostile_text_stays_text(draft, page, browser):
    browser.post(page, filled(draft, causes=HOSTILE))
    kept = draft.wordings.last().words["causes"]
    assert kept == ('<script>alert(1)</script> {{ 7*7 }} {% load x %} ’"&amp; =cmd',)
    run(draft)
    assert report_in(draft).causes == kept
    for address in (page, f"{page}2/", f"{page}1/changes/"):
        said = browser.get(address).content.decode()
        assert "<script>alert(1)" not in said
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in said


def test_the_portal_s_words_are_taken_back_part_by_part_without_saving(draft, page, browser):
    browser.post(page, filled(draft, causes="Do thiếu người.", strengths="Tốt."))
    typed = filled(draft, seen=2, weaknesses="Vừa gõ.", part="strengths")
    answer = browser.post(f"{page}prefilled/", typed)
    first = draft.wordings.get(number=1).words
    assert answer.status_code == 200
    assert shown_in(answer, "strengths") == text_of(first["strengths"])
    assert (shown_in(answer, "causes"), shown_in(answer, "weaknesses")) == ("Do thiếu người.", "Vừa gõ.")
    assert answer.context["form"]["seen"].value() == "2"
    assert "chưa lưu" in answer.content.decode()
    assert draft.wordings.count() == 2
    everywhere = browser.post(f"{page}prefilled/", filled(draft, seen=2, weaknesses="Vừa gõ."))
    assert {key: shown_in(everywhere, key) for key in first} == {key: text_of(said) for key, said in first.items()}


def test_the_words_of_the_replaced_document_are_taken_over(draft, page, browser, officer, leader):
    save_wording(actor=officer, document=draft, words={"causes": ("Cũ.",), "strengths": ("Tốt.",)}, seen=1)
    run(draft)
    issue(draft, leader)
    new = run(request_replacement(actor=officer, document=draft))
    address = f"/documents/{new.pk}/words/"
    assert "Lấy toàn bộ" in browser.get(address).content.decode()
    one = browser.post(f"{address}replaced/", filled(new, part="causes"))
    assert (shown_in(one, "causes"), shown_in(one, "strengths") == "Tốt.") == ("Cũ.", False)
    everything = browser.post(f"{address}replaced/", filled(new))
    assert (shown_in(everything, "causes"), shown_in(everything, "strengths")) == ("Cũ.", "Tốt.")
    assert new.wordings.count() == 0
    assert browser.post(f"{page}replaced/", filled(draft)).status_code == 403


def test_a_draft_that_replaces_nothing_has_no_words_to_take_over(draft, page, browser):
    assert browser.post(f"{page}replaced/", filled(draft)).status_code == 404


def test_the_second_of_two_people_is_told_and_chooses(draft, page, browser, officer, leader):
    theirs = {"causes": ("Của người kia.",), "strengths": ("Tốt, theo người kia.",)}
    save_wording(actor=leader, document=draft, words=theirs, seen=1)
    mine = filled(draft, seen=1, **{key: text_of(said) for key, said in words_of(report_in(draft)).items()})
    mine |= {"causes": "Của tôi.", "weaknesses": "Chỉ tôi sửa."}
    answer = browser.post(page, mine)
    assert answer.status_code == 409
    assert f"{leader} đã lưu lời văn khác lúc" in answer.content.decode()
    assert [part.key for part, _words in answer.context["taken"]] == ["strengths"]
    assert [part.key for part, _words in answer.context["both"]] == ["causes"]
    merged = {key: shown_in(answer, key) for key in ("causes", "strengths", "weaknesses")}
    assert merged == {"causes": "Của tôi.", "strengths": "Tốt, theo người kia.", "weaknesses": "Chỉ tôi sửa."}
    assert draft.wordings.count() == 2
    again = filled(draft, seen=2, **merged)
    assert browser.post(page, {**again, "take": "causes"}).status_code == 302
    newest = draft.wordings.last()
    assert newest.number == 3
    assert {key: newest.words[key] for key in merged} == {
        "causes": ("Của người kia.",),
        "strengths": ("Tốt, theo người kia.",),
        "weaknesses": ("Chỉ tôi sửa.",),
    }


def test_two_people_who_part_one_text_differently_have_met(draft, page, browser, leader):
    save_wording(actor=leader, document=draft, words={"causes": ("Một.", "Hai.")}, seen=1)
    mine = filled(draft, seen=1, causes="Một. Hai.")
    answer = browser.post(page, mine)
    assert [part.key for part, _words in answer.context["both"]] == ["causes"]


def test_what_was_typed_is_kept_where_the_document_was_issued_meanwhile(draft, page, browser, leader):
    typed = filled(draft, causes="Gõ mất công.")
    issue(draft, leader)
    answer = browser.post(page, typed)
    assert (answer.status_code, shown_in(answer, "causes")) == (422, "Gõ mất công.")
    assert "Chỉ sửa được bản dự thảo đã lập xong và chưa ban hành." in answer.content.decode()
    assert report_in(draft).causes == ()


def test_issued_words_are_read_only_and_their_versions_stay_readable(draft, page, browser, officer, leader):
    save_wording(actor=officer, document=draft, words={"causes": ("Do thiếu người.",)}, seen=1)
    run(draft)
    issue(draft, leader)
    said = browser.get(page).content.decode()
    assert "Do thiếu người." in said
    assert "<textarea" not in said
    assert "Văn bản đã ban hành nên lời văn được giữ nguyên." in said
    first = browser.get(f"{page}1/").content.decode()
    assert "Do thiếu người." not in first
    assert "Khôi phục bản này" not in first
    assert "Do thiếu người." in browser.get(f"{page}1/changes/").content.decode()
    answer = browser.post(f"{page}1/restore/", {"seen": "2"}, follow=True)
    assert "chưa ban hành" in answer.content.decode()
    assert browser.post(f"{page}prefilled/", filled(draft)).status_code == 403
    document_page = browser.get(f"/documents/{draft.pk}/").content.decode()
    assert "Làm lại bản dự thảo" not in document_page
    assert "Biên tập lời văn</a>" not in document_page


def test_earlier_versions_are_read_compared_and_restored(draft, page, browser, officer):
    save_wording(actor=officer, document=draft, words={"causes": ("Do thiếu hai người.",)}, seen=1)
    save_wording(actor=officer, document=draft, words={"causes": ("Do thiếu ba người.",)}, seen=2)
    listed = re.findall(r">Bản (\d+)</a>", browser.get(page).content.decode())
    assert listed == ["3", "2", "1"]
    changed = browser.get(f"{page}2/changes/").content.decode()
    assert '<del><span class="visually-hidden">[bỏ: </span>hai<span' in changed
    assert '<ins><span class="visually-hidden">[thêm: </span>ba<span' in changed
    assert browser.get(f"{page}3/changes/").status_code == 404
    assert browser.get(f"{page}4/").status_code == 404
    read = browser.get(f"{page}2/").content.decode()
    assert "Do thiếu hai người." in read
    assert "Khôi phục bản này" in read
    assert "Khôi phục bản này" not in browser.get(f"{page}3/").content.decode()
    late = browser.post(f"{page}2/restore/", {"seen": "2"}, follow=True).content.decode()
    assert "Không khôi phục gì cả." in late
    done = browser.post(f"{page}2/restore/", {"seen": "3"}, follow=True).content.decode()
    assert "Đã khôi phục bản 2 thành bản 4." in done
    assert draft.wordings.last().words["causes"] == ("Do thiếu hai người.",)


@pytest.mark.parametrize("seen", ["", "x", "0", "9" * 30, "2"])
def test_a_restored_version_needs_the_number_that_was_seen(draft, page, browser, officer, seen):
    save_wording(actor=officer, document=draft, words={"causes": ("Một.",)}, seen=1)
    save_wording(actor=officer, document=draft, words={"causes": ("Hai.",)}, seen=2)
    assert browser.post(f"{page}1/restore/", {"seen": seen}).status_code == 302
    assert draft.wordings.count() == 3


def test_new_figures_are_asked_for_and_marked_parts_are_looked_through(draft, page, browser, officer):
    save_wording(actor=officer, document=draft, words={"movements": ("Hiến 5 đơn vị máu.",)}, seen=1)
    run(draft)
    asked = browser.post(f"/documents/{draft.pk}/again/")
    draft.refresh_from_db()
    assert asked["Location"] == f"/jobs/{draft.job_id}/"
    run(draft)
    newest = draft.wordings.last()
    assert (newest.number, newest.outdated) == (3, [])  # the figures are what they were
    draft.wordings.filter(number=3).update(outdated=["movements"])
    assert (
        "1 phần lời văn được biên tập trước khi có số liệu mới"
        in browser.get(f"/documents/{draft.pk}/").content.decode()
    )
    assert "Tôi đã rà soát số liệu trong phần này" in browser.get(page).content.decode()
    browser.post(page, filled(draft, seen=3, checked="movements"))
    assert (draft.wordings.count(), draft.wordings.last().outdated) == (3, [])
    assert "Tôi đã rà soát" not in browser.get(page).content.decode()


def test_a_draft_that_does_not_say_its_newest_words_says_that(draft, page, browser, officer, leader):
    save_wording(actor=officer, document=draft, words={"causes": ("Một.",)}, seen=1)
    assert "Bản dự thảo đang được lập lại." in browser.get(page).content.decode()
    draft.refresh_from_db()
    jobs.cancel(draft.job)
    assert (
        "Bản dự thảo chưa có lời văn của bản 2 nên chưa ban hành được."
        in browser.get(f"/documents/{draft.pk}/").content.decode()
    )
    assert "Hãy lưu lại để lập bản dự thảo." in browser.get(page).content.decode()
    browser.force_login(leader)
    refused = browser.post(f"/documents/{draft.pk}/issue/", {"number": 86, "dated": "2024-10-05"})
    assert "Bản dự thảo chưa có lời văn mới nhất." in refused.content.decode()


@pytest.mark.parametrize("frozen", [None, {}, {"version": 99, "report": {}}])
def test_what_has_no_words_has_no_page_of_them(draft, page, browser, frozen):
    OfficialDocument.objects.filter(pk=draft.pk).update(snapshot=frozen)
    assert browser.get(page).status_code == 404
    assert browser.get(f"/documents/{draft.pk}/").status_code == 200


def test_the_pages_ask_as_much_with_many_versions_as_with_one(draft, page, browser, officer):
    save_wording(actor=officer, document=draft, words={"causes": ("1.",)}, seen=1)
    before = [count_queries(lambda address=address: browser.get(address)) for address in (page, f"{page}1/")]
    for number in range(2, 32):
        save_wording(actor=officer, document=draft, words={"causes": (f"{number}.",)}, seen=number)
    after = [count_queries(lambda address=address: browser.get(address)) for address in (page, f"{page}1/")]
    assert after == before
    assert before[0] <= 20


def test_who_wrote_over_old_figures_is_told_of_the_new_ones(draft, page, browser, leader):
    typed = filled(draft, causes="Của tôi.")
    gather_again(actor=leader, document=draft)
    assert "Đang tổng hợp số liệu mới." in browser.post(page, typed).content.decode()
    run(draft)
    answer = browser.post(page, typed)
    assert answer.status_code == 409
    assert f"{leader} đã lập lại bản dự thảo với số liệu mới lúc" in answer.content.decode()
    assert shown_in(answer, "causes") == "Của tôi."
