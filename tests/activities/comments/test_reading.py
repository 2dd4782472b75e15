"""Who reads a comment: the owner's people, the line of whoever spoke or is answered, and nobody beside them."""

import pytest

from accounts.enums import RoleName
from accounts.models import Role
from accounts.services import end_role, grant_role
from activities.comments.selectors import comments_read_by
from activities.models import Activity
from activities.services.comments import say, take_back
from tests.conftest import person
from tests.making import activity, draft, issue

CAST = [
    *("secretary", "neighbour", "hospital_secretary", "surgeon", "physician", "officer", "leader", "administrator"),
    *("bloc_head", "top_leader", "top_officer", "outsider", "nobody"),
]
OWNERS = {"officer", "leader", "top_leader", "top_officer"}
# Who reads what on an activity that all units do.
READ_BY = {
    "của Tư pháp": OWNERS | {"secretary"},
    "của Khối Ngoại": OWNERS | {"hospital_secretary", "surgeon"},
    "của Bệnh viện": OWNERS | {"hospital_secretary"},
    "của lãnh đạo": OWNERS,
    "của khối trưởng": OWNERS | {"bloc_head"},
    "trả lời Tư pháp": OWNERS | {"secretary"},
    "trả lời Khối Ngoại": OWNERS | {"hospital_secretary", "surgeon"},
    "trả lời khối trưởng": OWNERS | {"bloc_head"},
    "nói thêm với Tư pháp": OWNERS | {"secretary"},
    "Tư pháp nói lại": OWNERS | {"secretary"},
    "cấp trên hỏi": OWNERS,
    "gửi mọi đơn vị": set(CAST) - {"outsider", "nobody"},
}


@pytest.fixture
def surgeon(province):
    return person("thu.ngoai", "Bí thư Khối Ngoại", province.hospital_surgery, RoleName.SECRETARY)


@pytest.fixture
def physician(province):
    return person("thu.noi", "Bí thư Khối Nội", province.hospital_medicine, RoleName.SECRETARY)


@pytest.fixture
def drive(province) -> Activity:
    plan = draft(province.bloc_union)
    made = activity(province.bloc_union, plan=plan, scope="all_units")
    issue(plan)
    made.refresh_from_db()
    return made


@pytest.fixture
def said(drive, province, secretary, hospital_secretary, surgeon, officer, leader, bloc_head, top_officer):
    """Everything that could leak: words of siblings, answers to one of them, words among those above."""
    here = {"activity": drive, "unit": province.bloc_union}
    justice = say(actor=secretary, activity=drive, unit=province.justice, text="của Tư pháp")
    ward = say(actor=surgeon, activity=drive, unit=province.hospital_surgery, text="của Khối Ngoại")
    say(actor=hospital_secretary, activity=drive, unit=province.hospital, text="của Bệnh viện")
    say(actor=leader, text="của lãnh đạo", **here)
    head = say(actor=bloc_head, text="của khối trưởng", **here)
    answer = say(actor=officer, text="trả lời Tư pháp", answers=justice, **here)
    say(actor=officer, text="trả lời Khối Ngoại", answers=ward, **here)
    say(actor=officer, text="trả lời khối trưởng", answers=head, **here)
    say(actor=officer, text="nói thêm với Tư pháp", answers=answer, **here)
    say(actor=secretary, activity=drive, unit=province.justice, text="Tư pháp nói lại", answers=answer)
    say(actor=top_officer, activity=drive, unit=province.top, text="cấp trên hỏi")
    say(actor=officer, text="gửi mọi đơn vị", answers=justice, is_for_all=True, **here)


@pytest.mark.parametrize("who", CAST)
def test_each_of_the_cast_reads_just_these(client, drive, said, request, who):
    user = request.getfixturevalue(who)
    wished = {text for text, readers in READ_BY.items() if who in readers}
    client.force_login(user)
    page = client.get(f"/activities/{drive.pk}/comments/")
    exists = who not in ("outsider", "nobody")
    assert page.status_code == (200 if exists else 404)
    shown = page.content.decode() if exists else ""
    # "Trả lời … “của Tư pháp”" stands above the answer to all for those only who read the question.
    assert {text for text in READ_BY if text in shown} == wished
    if exists:
        assert {comment.text for comment in comments_read_by(user, drive)} == wished
    for comment in drive.comments.all():
        leads = client.get(f"/activities/comments/{comment.pk}/").status_code
        assert (comment.text, leads) == (comment.text, 302 if comment.text in wished else 404)


@pytest.mark.parametrize("who", CAST)
def test_the_activity_s_page_shows_no_more(client, drive, said, request, who):
    client.force_login(request.getfixturevalue(who))
    page = client.get(f"/activities/{drive.pk}/").content.decode()
    shown = {text for text in READ_BY if text in page}
    assert shown <= {text for text, readers in READ_BY.items() if who in readers}
    assert ("gửi mọi đơn vị" in shown) == (who not in ("outsider", "nobody"))


def test_in_a_bloc_the_head_reads_all_and_a_member_its_own(province, secretary, hospital_secretary, bloc_head, officer):
    event = activity(province.bloc_union, scope="bloc", bloc=province.bloc_1)
    say(actor=secretary, activity=event, unit=province.justice, text="của Tư pháp")
    say(actor=hospital_secretary, activity=event, unit=province.hospital, text="của Bệnh viện")
    say(actor=bloc_head, activity=event, unit=province.bloc_union, text="gửi cả khối", is_for_all=True)
    read = {
        user.username: {comment.text for comment in comments_read_by(user, event)}
        for user in (secretary, hospital_secretary, bloc_head, officer)
    }
    everything = {"của Tư pháp", "của Bệnh viện", "gửi cả khối"}
    assert read == {
        "thu.tuphap": {"của Tư pháp", "gửi cả khối"},
        "thu.benhvien": {"của Bệnh viện", "gửi cả khối"},
        "khoi.truong": everything,
        "can.bo": everything,
    }


def test_who_left_a_unit_reads_what_he_said_there_and_no_more(province, drive, secretary, neighbour):
    own = say(actor=secretary, activity=drive, unit=province.justice, text="của Tư pháp")
    successor = person("moi", "Bí thư mới", province.justice, RoleName.SECRETARY)
    say(actor=successor, activity=drive, unit=province.justice, text="của người sau")
    end_role(actor=None, role=Role.objects.get(user=secretary))
    grant_role(actor=None, user=secretary, unit=province.finance, name=RoleName.SECRETARY)
    moved = type(secretary).objects.get(pk=secretary.pk)
    assert list(comments_read_by(moved, drive)) == [own]
    assert take_back(actor=moved, comment=own).text == ""
