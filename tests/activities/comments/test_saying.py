"""Saying a word and taking it back: who may, for which unit, about what, until when; who is told."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import RoleName
from accounts.models import User
from accounts.services import grant_role
from activities.models import Activity, Comment
from activities.services import cancel
from activities.services.comments import say, take_back
from core import clock
from core.models import Notice
from plans.versions.amending import amend_plan
from tests.conftest import person
from tests.making import activity, draft, issue

CAST = [
    *("secretary", "neighbour", "hospital_secretary", "officer", "leader", "administrator"),
    *("bloc_head", "top_leader", "top_officer", "outsider", "nobody"),
]
SPEAKS = set(CAST) - {"administrator", "top_leader", "outsider", "nobody"}


@pytest.fixture
def drive(province) -> Activity:
    plan = draft(province.bloc_union)
    made = activity(province.bloc_union, plan=plan, scope="all_units")
    issue(plan)
    made.refresh_from_db()
    return made


def told(user: User) -> list[str]:
    return [notice.text for notice in Notice.objects.filter(recipient=user).order_by("pk")]


def justice_says(drive: Activity, user: User, text: str = "Xin lùi một tuần.", **more) -> Comment:
    return say(actor=user, activity=drive, unit=user.roles.get().unit, text=text, **more)


@pytest.mark.parametrize("who", CAST)
def test_who_may_say_a_word(client, drive, request, who):
    user = request.getfixturevalue(who)
    client.force_login(user)
    page = client.get(f"/activities/{drive.pk}/")
    status = client.post(f"/activities/{drive.pk}/comments/", {"text": "Ý kiến"}).status_code
    if who in ("outsider", "nobody"):
        assert (page.status_code, status) == (404, 404)
        return
    assert ('id="say"' in page.content.decode(), status) == (who in SPEAKS, 302 if who in SPEAKS else 403)
    assert list(Comment.objects.values_list("author", "unit")) == (
        [(user.pk, user.roles.get().unit_id)] if who in SPEAKS else []
    )


def test_nobody_speaks_for_another_unit_or_to_all_unless_it_is_theirs(province, drive, secretary, leader):
    for unit, facts in (
        (province.finance, {}),
        (province.bloc_union, {}),
        (province.justice, {"is_for_all": True}),
    ):
        with pytest.raises(PermissionDenied):
            say(actor=secretary, activity=drive, unit=unit, text="x", **facts)
    with pytest.raises(PermissionDenied):
        say(actor=leader, activity=drive, unit=province.bloc_union, text="x", is_for_all=True)
    assert Comment.objects.count() == 0


def test_who_speaks_for_two_units_says_for_which(client, province, drive):
    both = person("hai.noi", "Kiêm nhiệm", province.justice, RoleName.SECRETARY)
    grant_role(actor=None, user=both, unit=province.finance, name=RoleName.SECRETARY)
    client.force_login(both)
    address = f"/activities/{drive.pk}/comments/"
    assert client.post(address, {"text": "x"}).status_code == 422
    assert client.post(address, {"text": "x", "unit": province.college.pk}).status_code == 422
    assert client.post(address, {"text": "x", "unit": province.finance.pk}).status_code == 302
    assert Comment.objects.get().unit == province.finance


def test_a_secretary_who_heads_a_bloc_speaks_for_the_own_unit_unless_told_otherwise(client, province, drive, bloc_head):
    grant_role(actor=None, user=bloc_head, unit=province.justice, name=RoleName.SECRETARY)
    client.force_login(bloc_head)
    form = client.get(f"/activities/{drive.pk}/comments/").context["form"]
    assert form["unit"].value() == province.justice.pk
    assert set(form.fields["unit"].queryset) == {province.justice, province.bloc_union}


def test_nothing_is_said_about_drafts_and_earlier_versions(province, drive, officer, secretary):
    sketch = activity(province.bloc_union, plan=draft(province.bloc_union, "Nháp"))
    with pytest.raises(PermissionDenied):
        say(actor=officer, activity=sketch, unit=province.bloc_union, text="x")
    amendment = amend_plan(actor=officer, plan=drive.plan)
    with pytest.raises(ValidationError):
        say(actor=officer, activity=amendment.activities.get(), unit=province.bloc_union, text="x")
    issue(amendment, number=9, issued_on=date(2024, 7, 1))
    with pytest.raises(ValidationError):
        justice_says(drive, secretary)
    assert Comment.objects.count() == 0


def test_a_cancelled_activity_is_still_spoken_about(drive, secretary):
    cancel(actor=None, activity=drive, reason="Mưa bão")
    assert justice_says(drive, secretary).text == "Xin lùi một tuần."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("   \n ", "Trường này là bắt buộc."), ("x" * 4001, "tối đa 4000 kí tự")],
)
def test_empty_and_endless_words_come_back(client, drive, secretary, text, sentence):
    client.force_login(secretary)
    answer = client.post(f"/activities/{drive.pk}/comments/", {"text": text})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    with pytest.raises(ValidationError):
        justice_says(drive, secretary, text)
    assert Comment.objects.count() == 0


def test_what_is_typed_is_shown_as_typed(client, drive, secretary):
    justice_says(drive, secretary, "Dòng một\r\n<script>alert(1)</script>" + " dài" * 400)
    client.force_login(secretary)
    page = client.get(f"/activities/{drive.pk}/comments/").content.decode()
    assert "Dòng một<br>&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert page.count(" dài") == 400
    short = client.get(f"/activities/{drive.pk}/").content.decode()
    assert (short.count(" dài") < 100, "Đọc tiếp" in short) == (True, True)


# --- answers ----------------------------------------------------------------------------------------------------------


def test_an_answer_names_what_it_answers(client, province, drive, secretary, neighbour, officer):
    question = justice_says(drive, secretary)
    client.force_login(officer)
    address = f"/activities/{drive.pk}/comments/?answer={question.pk}"
    assert "Trả lời Bí thư Chi đoàn Sở Tư pháp" in client.get(address).content.decode()
    assert client.post(address, {"text": "Đồng ý.", "answers": question.pk, "is_for_all": "on"}).status_code == 302
    answer = Comment.objects.get(answers=question)
    assert (answer.unit, answer.addressed, answer.is_for_all) == (province.bloc_union, province.justice, True)
    client.force_login(neighbour)
    page = client.get(f"/activities/{drive.pk}/comments/").content.decode()
    assert ("Đồng ý." in page, "Tư pháp" in page, "Xin lùi" in page) == (True, False, False)


def test_what_one_does_not_read_cannot_be_answered(client, drive, secretary, neighbour, province):
    question = justice_says(drive, secretary)
    other = activity(province.bloc_union, "Khác", scope="all_units", plan=drive.plan)
    client.force_login(neighbour)
    assert client.get(f"/activities/{drive.pk}/comments/?answer={question.pk}").status_code == 404
    address = f"/activities/{drive.pk}/comments/"
    assert client.post(address, {"text": "x", "answers": question.pk}).status_code == 422
    with pytest.raises(PermissionDenied):
        justice_says(drive, neighbour, answers=question)
    with pytest.raises(PermissionDenied):
        justice_says(other, secretary, answers=question)
    assert Comment.objects.count() == 1


# --- taking it back ---------------------------------------------------------------------------------------------------


def test_the_author_takes_it_back_and_its_place_stays(client, drive, secretary, officer):
    comment = justice_says(drive, secretary)
    client.force_login(secretary)
    page = client.post(f"/activities/{drive.pk}/comments/{comment.pk}/withdraw/", follow=True).content.decode()
    assert ("Xin lùi" in page, "Đã rút ·" in page) == (False, True)
    comment.refresh_from_db()
    assert (comment.text, comment.author) == ("", secretary)
    assert take_back(actor=secretary, comment=comment).withdrawn_at == comment.withdrawn_at
    client.force_login(officer)
    assert f'id="c-{comment.pk}"' in client.get(f"/activities/{drive.pk}/").content.decode()
    assert client.get(f"/activities/{drive.pk}/comments/?answer={comment.pk}").status_code == 404
    with pytest.raises(ValidationError):
        say(actor=officer, activity=drive, unit=drive.unit, text="x", answers=comment)


def test_not_after_a_day_and_not_once_it_was_answered(client, drive, secretary, officer):
    old = justice_says(drive, secretary)
    Comment.objects.filter(pk=old.pk).update(written_at=clock.now() - timedelta(hours=24))
    answered = justice_says(drive, secretary, "Có được không?")
    say(actor=officer, activity=drive, unit=drive.unit, text="Được.", answers=answered)
    client.force_login(secretary)
    page = client.get(f"/activities/{drive.pk}/comments/").content.decode()
    assert "withdraw/" not in page
    for comment, sentence in (
        (old, "Chỉ rút được ý kiến trong vòng 24 giờ kể từ khi gửi."),
        (answered, "Ý kiến đã có trả lời nên không rút được nữa."),
    ):
        address = f"/activities/{drive.pk}/comments/{comment.pk}/withdraw/"
        assert sentence in client.post(address, follow=True).content.decode()
    assert Comment.objects.filter(text="").count() == 0


@pytest.mark.parametrize("who", CAST)
def test_nobody_takes_back_another_s(client, drive, secretary, request, who):
    comment = justice_says(drive, secretary)
    client.force_login(request.getfixturevalue(who))
    status = client.post(f"/activities/{drive.pk}/comments/{comment.pk}/withdraw/").status_code
    reads = ("officer", "leader", "top_leader", "top_officer")
    assert status == (302 if who == "secretary" else 403 if who in reads else 404)
    comment.refresh_from_db()
    assert (comment.text == "") == (who == "secretary")


# --- who is told ------------------------------------------------------------------------------------------------------


def test_those_who_run_it_are_told_and_nobody_else(drive, secretary, neighbour, officer, leader, top_officer):
    comment = justice_says(drive, secretary)
    assert told(officer) == ["Chi đoàn Sở Tư pháp có ý kiến về hoạt động “Ngày hội hiến máu”."]
    notice = Notice.objects.get()
    assert (notice.kind, notice.url) == ("activities.said", f"/activities/comments/{comment.pk}/")


def test_an_answer_is_told_to_who_asked(province, drive, secretary, officer):
    question = justice_says(drive, secretary)
    Notice.objects.all().delete()
    say(actor=officer, activity=drive, unit=province.bloc_union, text="Được.", answers=question)
    assert told(secretary) == ["Đoàn Khối các cơ quan đã trả lời ý kiến của đồng chí về hoạt động “Ngày hội hiến máu”."]
    assert told(officer) == []
    assert Notice.objects.get().kind == "activities.answered"


def test_a_bloc_s_heads_and_a_unit_s_secretary_are_told(province, secretary, neighbour, bloc_head, officer, leader):
    of_bloc = activity(province.bloc_union, "Giao lưu", scope="bloc", bloc=province.bloc_1)
    justice_says(of_bloc, secretary)
    assert [len(told(user)) for user in (bloc_head, officer, secretary)] == [1, 1, 0]
    own = activity(province.justice, "Đọc sách", scope="unit")
    say(actor=officer, activity=own, unit=province.bloc_union, text="Chúc thành công.")
    assert [len(told(user)) for user in (secretary, neighbour, officer, leader)] == [1, 0, 1, 0]


def test_where_nobody_is_at_the_owner_the_officers_above_are_told(province, hospital_secretary, officer, top_officer):
    event = activity(province.hospital, "Khám bệnh")
    justice_says(event, hospital_secretary)
    assert [len(told(user)) for user in (officer, top_officer)] == [1, 0]


def test_who_is_gone_is_not_told(province, drive, secretary, officer):
    question = justice_says(drive, secretary)
    for user in (secretary, officer):
        user.is_active = False
        user.save(update_fields=["is_active"])
    Notice.objects.all().delete()
    top = person("can.bo.qn", "Cán bộ Tỉnh đoàn", province.qna, RoleName.OFFICER)
    say(actor=top, activity=drive, unit=province.qna, text="Được.", answers=question)
    assert Notice.objects.count() == 0
