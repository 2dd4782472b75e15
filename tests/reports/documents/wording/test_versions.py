"""Saving, restoring and gathering anew: every step adds a version, and the paper says the newest."""

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core import jobs
from core.models import Job, JobState
from reports.documents.context import PeriodicReport
from reports.documents.models import DocumentEvent, OfficialDocument
from reports.documents.scorecards.services import request_scorecard
from reports.documents.services import request_issue, request_replacement
from reports.documents.wording.models import WordingVersion
from reports.documents.wording.parts import words_of
from reports.documents.wording.services import StaleWording, gather_again, restore_wording, save_wording
from reports.documents.wording.versions import is_set, words_replaced
from reports.progress.services import approve_report
from reports.rollups.services import drain_dirty
from targets.calendar import Month
from tests.reports.documents.test_documents import issue, text_of
from tests.reports.progress.scenes import report_of

CAUSES = ("Do sắp xếp tổ chức.", "Do thiếu cán bộ.")


def now(document) -> OfficialDocument:
    return OfficialDocument.objects.select_related("job", "file").get(pk=document.pk)


def report_in(document) -> PeriodicReport:
    return PeriodicReport.from_snapshot(now(document).snapshot)


def run(document) -> OfficialDocument:
    """Have the document's newest job done, in place of the worker."""
    jobs.run(now(document).job_id)
    return now(document)


def steps(document) -> list[tuple[str, int | None]]:
    return list(DocumentEvent.objects.filter(document=document).order_by("pk").values_list("action", "wording"))


@pytest.fixture
def draft(drafted):
    return drafted("official")


@pytest.fixture
def save(draft, officer):
    def save(seen: int, *, actor=officer, document=draft, checked=(), **words):
        return save_wording(actor=actor, document=document, words=words, seen=seen, checked=checked)

    return save


def test_saving_adds_a_version_and_sets_the_draft_from_the_frozen_figures(made, officer, tmp_path):
    document = made()
    frozen, old_file = report_in(document), document.file
    version = save_wording(actor=officer, document=document, words={"causes": CAUSES}, seen=1)
    assert (version.number, version.cause, version.made_by) == (2, "edited", officer)
    assert now(document).file == old_file
    document = run(document)
    assert document.job.state == JobState.DONE
    report = report_in(document)
    assert (report.causes, report.targets, report.topics) == (CAUSES, frozen.targets, frozen.topics)
    words = text_of(document, tmp_path)
    assert "Do sắp xếp tổ chức." in words
    assert "DỰ THẢO" in words
    assert document.file != old_file
    assert OfficialDocument.objects.count() == 1
    assert steps(document) == [("requested", None), ("rendered", None), ("reworded", 2), ("rendered", None)]
    first = WordingVersion.objects.get(number=1)
    assert (first.words, first.cause, first.made_by) == (words_of(frozen), "prefilled", None)


def test_nothing_that_was_saved_is_written_over(save, draft):
    save(1, causes=CAUSES)
    save(2, causes=("Khác.",))
    assert [row.words["causes"] for row in draft.wordings.all()] == [(), CAUSES, ("Khác.",)]


def test_parts_that_are_not_named_and_parts_that_no_report_has(save, draft):
    before = words_of(report_in(draft))
    version = save(1, causes=CAUSES, nonsense=("x",))
    assert version.words == before | {"causes": CAUSES}
    assert version.edited == {"causes"}


def test_words_that_change_nothing_make_no_version(save, draft):
    assert save(1, **words_of(report_in(draft))).number == 1
    assert WordingVersion.objects.count() == 0
    assert Job.objects.count() == 1


def test_words_that_never_got_onto_the_paper_are_set_when_they_are_saved_again(save, draft):
    save(1, causes=CAUSES)
    jobs.cancel(now(draft).job)
    assert not is_set(now(draft))
    assert save(2, causes=CAUSES).number == 2
    run(draft)
    assert (is_set(now(draft)), report_in(draft).causes) == (True, CAUSES)
    assert WordingVersion.objects.count() == 2


def test_the_second_of_two_people_is_told(save, leader):
    save(1, causes=CAUSES)
    with pytest.raises(StaleWording) as stale:
        save(1, actor=leader, causes=("Khác.",))
    assert stale.value.newest.number == 2
    assert WordingVersion.objects.count() == 2


def test_a_newer_save_calls_the_older_job_off_and_its_late_result_is_not_taken(
    save, draft, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        save(1, causes=CAUSES)
    older = now(draft).job
    with django_capture_on_commit_callbacks(execute=True):
        save(2, causes=("Khác.",))
    older.refresh_from_db()
    assert older.state == JobState.CANCELLED
    run(draft)
    file = now(draft).file
    Job.objects.filter(pk=older.pk).update(state=JobState.QUEUED)
    jobs.run(older.pk)
    older.refresh_from_db()
    assert (older.state, now(draft).file, report_in(draft).causes) == (JobState.FAILED, file, ("Khác.",))


def test_a_job_that_is_killed_half_way_leaves_the_old_file_and_one_document(save, draft, monkeypatch):
    """Its worker dies while the pages are set; the next one does the work again from its start."""
    old_file, old = now(draft).file, report_in(draft)
    save(1, causes=CAUSES)

    class Killed(BaseException):
        """What no handler of ours catches, as a kill."""

    def die(*_args, **_kwargs):
        raise Killed

    monkeypatch.setattr("reports.documents.papers.render_pdf", die)
    with pytest.raises(Killed):
        jobs.run(now(draft).job_id)
    assert (now(draft).file, report_in(draft)) == (old_file, old)
    assert (OfficialDocument.objects.count(), WordingVersion.objects.count()) == (1, 2)
    monkeypatch.undo()
    Job.objects.filter(pk=now(draft).job_id).update(heartbeat_at="2024-01-01T00:00Z")
    jobs.requeue_silent()
    run(draft)
    assert (report_in(draft).causes, now(draft).file == old_file) == (CAUSES, False)
    assert (OfficialDocument.objects.count(), WordingVersion.objects.count()) == (1, 2)


def test_an_earlier_version_is_restored_as_a_new_one(save, draft, officer):
    save(1, causes=CAUSES)
    save(2, causes=("Khác.",), strengths=("Tốt.",))
    version = restore_wording(actor=officer, document=draft, number=2, seen=3)
    assert (version.number, version.cause, version.restores) == (4, "restored", 2)
    assert version.words == draft.wordings.get(number=2).words
    assert steps(draft)[-1] == ("restored", 4)
    run(draft)
    assert report_in(draft).causes == CAUSES
    with pytest.raises(StaleWording):
        restore_wording(actor=officer, document=draft, number=1, seen=3)
    with pytest.raises(ValidationError):
        restore_wording(actor=officer, document=draft, number=9, seen=4)
    assert restore_wording(actor=officer, document=draft, number=4, seen=4).number == 4


def test_new_figures_keep_edited_parts_and_write_the_others_anew(save, draft, officer, province, periods):
    before = words_of(report_in(draft))
    edited = (*before["movements"][1:], "Hiến được 12 đơn vị máu.")
    save(1, movements=edited, causes=CAUSES)
    run(draft)
    approve_report(actor=officer, report=report_of(province.hospital, periods[9]))
    drain_dirty()
    gather_again(actor=officer, document=draft)
    document = run(draft)
    report, newest = report_in(document), document.wordings.last()
    assert next(row for row in report.targets if row.clause == "1.1").to_date.amount == 32
    assert words_of(report) == newest.words
    assert (newest.number, newest.cause, newest.made_by) == (3, "gathered", officer)
    assert (newest.words["movements"], newest.words["causes"]) == (edited, CAUSES)
    assert "32 đơn vị máu" in newest.prefilled_words["movements"][0]
    assert newest.words["weaknesses"] == newest.prefilled_words["weaknesses"] != before["weaknesses"]
    assert newest.outdated == ["movements"]  # nothing is prefilled in causes, before and after
    assert steps(document)[-2:] == [("regathered", None), ("rendered", None)]


def test_a_part_is_no_longer_marked_once_it_is_written_anew_or_looked_through(save, draft, officer):
    save(1, movements=("Một.",), strengths=("Hai.",), tasks=("Ba.",))
    WordingVersion.objects.filter(number=2).update(outdated=["movements", "strengths", "tasks"])
    assert save(2, movements=("Một, sửa lại.",)).outdated == ["strengths", "tasks"]
    assert save(3, checked=["strengths", "nonsense"]).number == 3
    assert draft.wordings.last().outdated == ["tasks"]


def test_a_restored_version_from_before_new_figures_is_marked(save, draft, officer, province, periods):
    save(1, causes=CAUSES)
    run(draft)
    approve_report(actor=officer, report=report_of(province.hospital, periods[9]))
    drain_dirty()
    gather_again(actor=officer, document=draft)
    run(draft)
    version = restore_wording(actor=officer, document=draft, number=2, seen=3)
    assert "movements" in version.outdated
    assert "causes" not in version.outdated


def test_new_figures_without_any_edit_keep_the_first_words_readable(draft, officer, province, periods):
    first = words_of(report_in(draft))
    approve_report(actor=officer, report=report_of(province.hospital, periods[9]))
    drain_dirty()
    gather_again(actor=officer, document=draft)
    run(draft)
    versions = list(draft.wordings.all())
    assert [(row.number, row.cause) for row in versions] == [(1, "prefilled"), (2, "gathered")]
    assert versions[0].words == first
    assert versions[1].words == words_of(report_in(draft)) != first
    assert versions[1].edited == set()


def test_nothing_is_saved_while_new_figures_are_gathered(save, draft, officer):
    save(1, causes=CAUSES)
    with pytest.raises(ValidationError, match="đang được lập lại"):
        gather_again(actor=officer, document=draft)
    run(draft)
    gather_again(actor=officer, document=draft)
    with pytest.raises(ValidationError, match="Đang tổng hợp số liệu mới"):
        save(2, causes=("Khác.",))
    run(draft)
    assert save(3, causes=("Khác.",)).number == 4


def test_a_scorecard_has_figures_gathered_anew_but_no_words(settings, reported, leader, province):
    card = request_scorecard(actor=leader, unit=province.justice, month=Month(2024, 9), basis="official")
    run(card)
    with pytest.raises(ValidationError, match="không có lời văn"):
        save_wording(actor=leader, document=card, words={"causes": CAUSES}, seen=1)
    gather_again(actor=leader, document=card)
    assert run(card).job.state == JobState.DONE
    assert WordingVersion.objects.count() == 0


@pytest.mark.parametrize("who", ["secretary", "outsider", "administrator"])
def test_who_may_not_prepare_writes_nothing(who, request, draft):
    actor = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        save_wording(actor=actor, document=draft, words={"causes": CAUSES}, seen=1)
    with pytest.raises(PermissionDenied):
        restore_wording(actor=actor, document=draft, number=1, seen=1)
    with pytest.raises(PermissionDenied):
        gather_again(actor=actor, document=draft)
    assert (WordingVersion.objects.count(), Job.objects.count()) == (0, 1)


def test_a_right_that_is_lost_meanwhile_stops_the_job(save, draft, officer):
    save(1, causes=CAUSES)
    officer.roles.update(ended_at="2024-10-01T00:00Z")
    document = run(draft)
    assert (document.job.state, report_in(document).causes) == (JobState.FAILED, ())


def test_what_is_issued_says_the_edited_words_and_is_changed_no_more(made, officer, leader, client, tmp_path):
    document = made()
    save_wording(actor=officer, document=document, words={"causes": CAUSES, "tasks": ("Làm tốt.",)}, seen=1)
    run(document)
    issue(document, leader)
    document = now(document)
    words, checksum = text_of(document, tmp_path), document.file.sha256
    assert "Do thiếu cán bộ." in words
    assert "1. Làm tốt." in words
    assert "DỰ THẢO" not in words
    client.force_login(leader)
    copy = zipfile.ZipFile(io.BytesIO(client.get(f"/documents/{document.pk}/word/").content))
    assert "Do sắp xếp tổ chức." in copy.read("word/document.xml").decode()
    for step in (
        lambda: save_wording(actor=officer, document=document, words={"causes": ("Khác.",)}, seen=2),
        lambda: restore_wording(actor=officer, document=document, number=1, seen=2),
        lambda: gather_again(actor=officer, document=document),
    ):
        with pytest.raises(ValidationError, match="chưa ban hành"):
            step()
    assert (now(document).file.sha256, report_in(document).causes) == (checksum, CAUSES)
    assert WordingVersion.objects.count() == 2


def test_a_draft_is_not_issued_before_it_says_its_newest_words(save, draft, leader):
    save(1, causes=CAUSES)
    wish = {"actor": leader, "document": draft, "number": 86, "dated": date(2024, 10, 5)}
    with pytest.raises(ValidationError, match="đang được lập lại"):
        request_issue(**wish)
    jobs.fail(jobs.claim(now(draft).job_id), "Hỏng.")
    with pytest.raises(ValidationError, match="chưa có lời văn mới nhất"):
        request_issue(**wish)
    save(2, causes=CAUSES)
    run(draft)
    request_issue(**wish)
    assert run(draft).state == "issued"
    assert report_in(draft).causes == CAUSES


def test_words_are_not_changed_while_the_number_is_given(save, draft, leader):
    request_issue(actor=leader, document=draft, number=86, dated=date(2024, 10, 5))
    with pytest.raises(ValidationError, match="đang được cấp số"):
        save(1, causes=CAUSES)


def test_an_issue_that_failed_is_not_tried_again_over_words_written_since(save, draft, leader):
    request_issue(actor=leader, document=draft, number=86, dated=date(2024, 10, 5))
    failed = now(draft).job
    jobs.fail(jobs.claim(failed.pk), "Hỏng.")
    save(1, causes=CAUSES)
    failed.refresh_from_db()
    jobs.retry(failed)
    jobs.run(failed.pk)
    failed.refresh_from_db()
    assert (failed.state, now(draft).state) == (JobState.FAILED, "draft")
    run(draft)
    assert report_in(draft).causes == CAUSES


def test_a_replacement_begins_with_the_portal_s_words_and_can_have_the_old_ones(save, draft, officer, leader):
    save(1, causes=CAUSES)
    run(draft)
    issue(draft, leader)
    new = request_replacement(actor=officer, document=draft)
    run(new)
    assert report_in(new).causes == ()
    assert words_replaced(now(new))["causes"] == CAUSES
    version = save_wording(actor=officer, document=new, words=words_replaced(now(new)), seen=1)
    assert version.edited == {"causes"}
    run(new)
    assert (report_in(new).causes, report_in(new).replaces.number) == (CAUSES, 86)
    assert draft.wordings.count() == 2
