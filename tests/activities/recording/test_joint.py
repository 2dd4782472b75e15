"""What two units did together counts once: one of them is the host and owns the figures."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from activities.models import Activity, Participation
from activities.selectors import outcomes_for
from activities.services import record_participation
from tests.making import activity, draft, indicator, issue
from units.models import Unit

DAY = date(2024, 10, 3)


@pytest.fixture
def green(province) -> Activity:
    plan = draft(province.bloc_union)
    made = activity(
        province.bloc_union,
        "Ngày Chủ nhật xanh",
        scope="all_units",
        plan=plan,
        windows=[(DAY, DAY, "day")],
        indicators=[indicator(province.top, "Cây trồng mới", "cây")],
    )
    issue(plan, 51)
    return made


def held(green: Activity, unit: Unit, trees: int | None = None, host: Unit | None = None, on: date = DAY):
    figures = {} if trees is None else {green.indicators.get(): Decimal(trees)}
    return record_participation(
        actor=None, activity=green, unit=unit, done_on=on, people=20, figures=figures, host=host
    )


def offered(unit: Unit) -> list[Decimal]:
    return [one.amount for one in outcomes_for(unit, date(2024, 10, 1), date(2024, 10, 31)) if one.amount]


def test_the_figure_is_offered_to_the_host_alone(green, province):
    held(green, province.justice, 40)
    guest = held(green, province.finance, host=province.justice)
    assert (offered(province.justice), offered(province.finance)) == ([Decimal(40)], [])
    assert (guest.host, guest.people) == (province.justice, 20)


def test_what_was_recorded_alone_can_be_handed_to_the_host(green, province):
    held(green, province.finance, 15)
    held(green, province.finance, host=province.justice)
    assert offered(province.finance) == []
    held(green, province.finance, 15)
    assert (offered(province.finance), Participation.objects.get().host) == ([Decimal(15)], None)


@pytest.mark.parametrize(
    ("who", "host", "trees", "field"),
    [
        ("finance", "justice", 5, "figures"),  # it would count twice
        ("finance", "finance", None, "host"),
        ("finance", "kgi", None, "host"),  # takes no part
    ],
)
def test_what_would_count_twice_or_names_no_host_is_refused(green, province, who, host, trees, field):
    with pytest.raises(ValidationError) as refused:
        held(green, getattr(province, who), trees, getattr(province, host))
    assert list(refused.value.message_dict) == [field]
    assert not Participation.objects.exists()


def test_nobody_is_host_and_guest_at_one_time(green, province):
    held(green, province.finance, host=province.justice)
    for unit, host in ((province.justice, province.college), (province.college, province.finance)):
        with pytest.raises(ValidationError) as refused:
            held(green, unit, host=host)
        assert list(refused.value.message_dict) == ["host"]
    held(green, province.justice, host=province.college, on=date(2024, 10, 4))  # on another day


@pytest.mark.parametrize("named", ["QNA-KCQ-003", "qna-kcq-003", "chi doan so tu phap", "Chi đoàn Sở Tư pháp"])
def test_the_host_is_named_by_code_or_name(client, neighbour, green, province, named):
    client.force_login(neighbour)
    address = f"/activities/{green.pk}/record/"
    sent = {"unit": province.finance.pk, "done_on": "3/10/2024", "people": "12", "note": "", "host": named}
    answer = client.post(address, sent)
    assert answer.status_code == 302
    assert Participation.objects.get().host == province.justice
    shown = client.get(answer["Location"]).content.decode()
    assert "Chi đoàn Sở Tư pháp; đơn vị này ghi số liệu" in shown
    filled = client.get(f"{address}?outcome={Participation.objects.get().pk}").content.decode()
    assert 'value="QNA-KCQ-003"' in filled


def test_a_wrong_name_gets_a_sentence_and_nothing_is_recorded(client, neighbour, green, province):
    client.force_login(neighbour)
    sent = {"unit": province.finance.pk, "done_on": "3/10/2024", "host": "Sở Tư"}
    answer = client.post(f"/activities/{green.pk}/record/", sent)
    assert answer.status_code == 422
    assert "Không có đơn vị tham gia nào mang mã hoặc tên này." in answer.content.decode()
    assert not Participation.objects.exists()
