"""Saved reasons: kept by a body for all who review for it, offered where a reason is written."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.enums import RoleName
from accounts.services import grant_role
from core import clock
from reports.progress.errors import PhraseRefused
from reports.progress.models import ReasonPhrase
from reports.progress.services import drop_phrase, keep_phrase
from tests.conftest import person
from tests.reports.progress.scenes import bring_to

ADDRESS = "/reports/QNA-KCQ-003/2024-09/"
STARTERS = 3


@pytest.fixture
def colleague(province):
    """A second officer of the bloc union."""
    return person("can.bo.hai", "Cán bộ hai", province.bloc_union, RoleName.OFFICER)


@pytest.fixture
def returned_with(client, report, secretary, officer, top_officer):
    """Return the report as the officer, with this reason and these further words."""

    def send_back(reason, **more):
        bring_to("submitted", report, secretary=secretary, officer=top_officer)
        client.force_login(officer)
        return client.post(f"{ADDRESS}return/", {"reason": reason, **more}, follow=True)

    return send_back


def test_the_reason_just_typed_is_kept_for_all_of_the_body(
    client, returned_with, report, secretary, officer, colleague
):
    returned_with("Đề nghị  ghi rõ ngày.", keep="1")
    kept = ReasonPhrase.objects.get()
    assert (kept.unit.code, kept.text, kept.added_by) == ("QNA-KCQ", "Đề nghị ghi rõ ngày.", officer)
    report.refresh_from_db()
    bring_to("submitted", report, secretary=secretary, officer=officer)
    client.force_login(colleague)
    for address in ("/reports/review/", ADDRESS):
        offered = client.get(address).context["phrases"]
        assert (offered[0], len(offered)) == ("Đề nghị ghi rõ ngày.", 1 + STARTERS)


def test_a_reason_is_kept_only_when_asked(returned_with):
    returned_with("Đề nghị ghi rõ ngày.")
    assert not ReasonPhrase.objects.exists()


def test_it_is_kept_for_the_body_above_by_an_officer_of_the_unit_too(returned_with, province, officer):
    grant_role(actor=None, user=officer, unit=province.justice, name=RoleName.OFFICER)
    returned_with("Đề nghị ghi rõ ngày.", keep="1")
    assert ReasonPhrase.objects.get().unit == province.bloc_union


def test_one_that_is_too_long_returns_the_report_all_the_same(returned_with, report):
    answer = returned_with("x" * 301, keep="1")
    report.refresh_from_db()
    assert (report.state, ReasonPhrase.objects.count()) == ("returned", 0)
    assert "câu dài quá 300 ký tự" in answer.content.decode()


def test_phrases_are_added_and_removed_on_their_page(client, province, officer, outsider):
    client.force_login(officer)
    unit = province.bloc_union.pk
    client.post("/reports/review/phrases/", {"text": "Thiếu ảnh minh chứng.", "unit": unit})
    client.post("/reports/review/phrases/", {"text": " Thiếu ảnh  minh chứng. ", "unit": unit})
    assert [phrase.text for phrase in client.get("/reports/review/phrases/").context["kept"]] == [
        "Thiếu ảnh minh chứng."
    ]
    refused = client.post("/reports/review/phrases/", {"text": "Câu khác.", "unit": province.kgi.pk})
    assert (refused.status_code, ReasonPhrase.objects.count()) == (422, 1)
    address = f"/reports/review/phrases/{ReasonPhrase.objects.get().pk}/remove/"
    client.force_login(outsider)
    assert client.get("/reports/review/phrases/").context["kept"].count() == 0
    assert client.post(address).status_code == 404
    client.force_login(officer)
    assert client.post(address).status_code == 302
    assert not ReasonPhrase.objects.exists()


def test_at_most_nine_are_offered_the_newest_first(client, province, september, officer):
    for number in range(12):
        keep_phrase(actor=officer, unit=province.bloc_union, text=f"Câu {number}")
    client.force_login(officer)
    assert client.get("/reports/review/").context["phrases"] == [f"Câu {number}" for number in range(11, 2, -1)]


def test_the_service_asks_who_it_is_and_counts(province, officer, secretary, outsider):
    for stranger in (secretary, outsider):
        with pytest.raises(PermissionDenied):
            keep_phrase(actor=stranger, unit=province.bloc_union, text="Câu")
    for number in range(50):
        keep_phrase(actor=officer, unit=province.bloc_union, text=f"Câu {number}")
    with pytest.raises(PhraseRefused) as refused:
        keep_phrase(actor=officer, unit=province.bloc_union, text="Câu 50")
    assert refused.value.why == PhraseRefused.NUMBER
    first = keep_phrase(actor=officer, unit=province.bloc_union, text="Câu 0")
    assert ReasonPhrase.objects.count() == 50
    with pytest.raises(PermissionDenied):
        drop_phrase(actor=outsider, phrase=first)


def test_the_database_keeps_each_sentence_once_and_none_blank(province, officer):
    kept = keep_phrase(actor=officer, unit=province.bloc_union, text="Câu")
    for text in ("Câu", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReasonPhrase.objects.create(unit=kept.unit, text=text, added_at=clock.now())
