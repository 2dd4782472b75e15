"""The grid's pages: role × action, sums and gaps from what is typed, filling columns, what is refused, no leak."""

import re
from datetime import date
from decimal import Decimal

import pytest

from accounts.enums import RoleName
from targets.models import Allocation
from targets.selectors import allocations_visible_to, targets_visible_to
from targets.sharing import results
from targets.sharing.line import line_of
from targets.sharing.results import PastResults
from tests.conftest import person
from tests.making import count_queries, draft, issue, target
from tests.targets.sharing.scenes import JULY, TODAY, D, give, issued_targets
from units.enums import Kind
from units.services import create_unit, set_headcount

CAST = ["secretary", "officer", "leader", "administrator", "bloc_head", "outsider", "nobody", "top_officer"]
READS = {"secretary": 200, "officer": 200, "leader": 200, "top_officer": 200}
HANDS = {"secretary": 403, "officer": 302, "leader": 403, "top_officer": 302}
UNITS = ["hospital", "college", "justice", "finance"]


@pytest.fixture
def goals(province):
    return issued_targets(province)


@pytest.fixture
def page(goals):
    return f"/allocations/{goals['blood'].plan_id}/"


@pytest.fixture
def hospital_officer(province):
    return person("can.bo.bv", "Cán bộ Đoàn Bệnh viện", province.hospital, RoleName.OFFICER)


def name(goal, unit) -> str:
    return f"c{goal.pk}-{unit.pk}"


def form(cells, day="5/10/2024", seen=None) -> dict[str, str]:
    """What the page sends: (target, unit) → text."""
    newest = Allocation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    texts = {name(*place): text for place, text in cells.items()}
    return {"effective_on": day, "seen": str(newest if seen is None else seen), **texts}


def column(answer, goal):
    """The column of a target as the page holds it."""
    return next(column for column in answer.context["grid"].columns if column.target == goal)


def shares() -> set:
    return set(Allocation.objects.values_list("target__code", "unit__code", "minimum", "maximum", "effective_on"))


# --- who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", CAST)
def test_role_and_action(client, province, goals, page, request, who):
    client.force_login(request.getfixturevalue(who))
    blood = goals["blood"]
    assert client.get(page).status_code == READS.get(who, 404)
    assert client.get(f"{page}?target={blood.pk}").status_code == READS.get(who, 404)
    split = {302: 200}.get(HANDS.get(who, 404), HANDS.get(who, 404))
    assert client.post(f"{page}split/{blood.pk}/even/").status_code == split
    if who == "secretary":  # stands at the unit itself: beneath it nothing is handed down
        assert client.post(page, form({})).status_code == 403
        assert client.post(page, form({(blood, province.justice): "5"})).status_code == 403
    else:
        answer = client.post(page, form({(blood, province.justice): "5"}))
        assert answer.status_code == HANDS.get(who, 404)
    assert Allocation.objects.count() == (HANDS.get(who) == 302)


@pytest.mark.parametrize("who", CAST)
def test_who_sees_the_history_of_a_share(client, province, goals, page, request, who):
    give(goals["blood"], province.justice, 5)
    client.force_login(request.getfixturevalue(who))
    answer = client.get(f"{page}shares/{goals['blood'].pk}/{province.justice.code}/")
    assert answer.status_code == READS.get(who, 404)


def test_the_history_of_a_neighbour_s_share_does_not_exist(client, province, goals, page, secretary, hospital_officer):
    for who, unit in [(secretary, province.finance), (hospital_officer, province.justice)]:
        client.force_login(who)
        assert client.get(f"{page}shares/{goals['blood'].pk}/{unit.code}/").status_code == 404
    client.force_login(hospital_officer)
    for unit in (province.hospital, province.hospital_surgery):
        assert client.get(f"{page}shares/{goals['blood'].pk}/{unit.code}/").status_code == 200
    assert client.get(f"{page}shares/{goals['blood'].pk}/KHONG-CO/").status_code == 404
    other = target(draft(province.bloc_union), "9")
    assert client.get(f"{page}shares/{other.pk}/{province.hospital.code}/").status_code == 404


def test_a_superior_plan_shows_a_unit_its_own_share_only(client, province, goals, page, secretary):
    """The neighbour's share is made first; it must not be seen, nor the sum that it is part of."""
    give(goals["blood"], province.justice, 37)
    give(goals["blood"], province.finance, 91)
    client.force_login(secretary)
    own = f"{page}shares/{goals['blood'].pk}/{province.justice.code}/"
    for url in (page, f"{page}?target={goals['blood'].pk}", own):
        text = client.get(url).content.decode()
        assert "từ 37 đơn vị máu" in text
        # As numbers: a form's token may hold any digits.
        assert re.findall(r"\b(?:91|128)\b", text) == []
        assert province.finance.name not in text
    assert [share.minimum for share in allocations_visible_to(secretary)] == [37]


@pytest.mark.parametrize("who", ["outsider", "outside_leader", "nobody"])
def test_another_province_sees_neither_targets_nor_shares(client, province, goals, page, request, who):
    give(goals["blood"], province.justice, 37)
    user = request.getfixturevalue(who)
    client.force_login(user)
    assert targets_visible_to(user).count() == 0
    assert allocations_visible_to(user).count() == 0
    assert client.get(page).status_code == 404


def test_a_target_of_another_plan_is_not_opened(client, province, goals, page, officer):
    other = target(draft(province.bloc_union))
    client.force_login(officer)
    for asked in (other.pk, "x", "9" * 30):
        assert client.get(f"{page}?target={asked}").status_code == 404
    assert client.post(f"{page}split/{other.pk}/even/").status_code == 404


# --- handing down ----------------------------------------------------------------------------------------------------


def test_what_differs_is_handed_down_and_the_rest_is_left(client, province, goals, page, officer):
    give(goals["blood"], province.justice, 40, maximum=50)
    client.force_login(officer)
    cells = {
        (goals["blood"], province.justice): " 40–50 ",  # as it stands
        (goals["blood"], province.finance): "30-35",
        (goals["trees"], province.finance): "1.500",
        (goals["relapse"], province.finance): "0",
        (goals["studied"], province.finance): "90%",
        (goals["classes"], province.finance): "",
    }
    answer = client.post(page, form(cells), follow=True)
    assert shares() == {
        ("1.1", "QNA-KCQ-003", D(40), D(50), date(2024, 1, 1)),
        ("1.1", "QNA-KCQ-004", D(30), D(35), TODAY),
        ("1.2", "QNA-KCQ-004", D(1500), None, TODAY),
        ("1.3", "QNA-KCQ-004", None, D(0), TODAY),
        ("1.4", "QNA-KCQ-004", D(90), None, TODAY),
    }
    assert {row.actor for row in Allocation.objects.filter(effective_on=TODAY)} == {officer}
    assert "Đã giao 4 mức cho 1 đơn vị, áp dụng từ ngày 5/10/2024." in answer.content.decode()
    again = {place: text for place, text in cells.items() if text}
    answer = client.post(page, form(again), follow=True)
    assert "Không có gì thay đổi" in answer.content.decode()
    assert Allocation.objects.count() == 5


def test_handing_down_from_one_target_s_page_leads_back_to_it(client, province, goals, page, officer):
    client.force_login(officer)
    sent = {**form({(goals["blood"], province.finance): "30"}), "target": str(goals["blood"].pk)}
    assert client.post(page, sent).url == f"{page}?target={goals['blood'].pk}"


@pytest.mark.parametrize(
    ("text", "day", "sentence"),
    [
        ("năm", "5/10/2024", "Hãy viết một con số, ví dụ 1.500 hoặc 12,5."),
        ("7–6", "5/10/2024", "Mức tối đa thấp hơn mức tối thiểu."),
        ("", "5/10/2024", "Mức đã giao không được xóa bằng ô trống. Hãy ghi 0 nếu không giao nữa."),
        ("6", "mai", "Hãy viết ngày, ví dụ 26/3/2024."),
        ("6", "1/1/2024", "Đã có mức giao áp dụng từ ngày này: hãy chọn ngày muộn hơn."),
        ("6", "1/1/2025", "Mức giao áp dụng trong thời hạn của văn bản, từ 1/1/2024 đến 31/12/2024."),
    ],
)
def test_what_is_refused_comes_back_as_it_was_typed(client, province, goals, page, officer, text, day, sentence):
    give(goals["blood"], province.justice, 5)
    client.force_login(officer)
    cells = {(goals["blood"], province.justice): text, (goals["trees"], province.finance): "77"}
    answer = client.post(page, form(cells, day))
    html = answer.content.decode()
    assert (answer.status_code, sentence in html) == (422, True)
    assert f'value="{day}"' in html
    for place, typed in cells.items():
        field = re.search(rf'<input [^>]*id="{name(*place)}"[^>]*>', html)[0]
        assert f'value="{typed}"' in field
        assert "data-was" in field
    assert column(answer, goals["trees"]).handed.minimum == 77
    assert Allocation.objects.count() == 1


def test_somebody_else_s_change_is_not_undone(client, province, goals, page, officer):
    """The officer's page shows 5; meanwhile 8 was handed down. He is told, and only then may hand down 7."""
    seen = give(goals["blood"], province.justice, 5).pk
    give(goals["blood"], province.justice, 8, on=JULY)
    client.force_login(officer)
    cells = {(goals["blood"], province.justice): "7"}
    answer = client.post(page, form(cells, seen=seen))
    assert answer.status_code == 422
    assert "người khác đã giao từ 8 đơn vị máu áp dụng từ 1/7/2024" in answer.content.decode()
    newest = Allocation.objects.order_by("-pk")[0].pk
    assert f'name="seen" value="{newest}"' in answer.content.decode()
    assert client.post(page, form(cells, seen=newest)).status_code == 302
    assert ("1.1", "QNA-KCQ-003", D(7), None, TODAY) in shares()


def test_fields_of_foreign_units_and_targets_do_not_exist(client, province, goals, page, officer):
    client.force_login(officer)
    other = target(draft(province.bloc_union), "9")
    for place in [
        (goals["blood"], province.rach_gia),
        (goals["blood"], province.hospital_surgery),
        (other, province.justice),
    ]:
        assert client.post(page, form({place: "5"})).status_code == 404
    assert Allocation.objects.count() == 0


def test_an_officer_further_down_hands_the_unit_s_own_share_down(client, province, goals, page, hospital_officer):
    give(goals["blood"], province.hospital, 10)
    line = line_of(goals["blood"].plan, hospital_officer)
    assert (line.base, line.may_hand_down) == (province.hospital, True)
    assert line.receivers == [province.hospital_surgery, province.hospital_medicine]
    client.force_login(hospital_officer)
    answer = client.get(page)
    assert column(answer, goals["blood"]).due.minimum == 10
    html = answer.content.decode()
    assert name(goals["blood"], province.hospital_surgery) in html
    assert name(goals["trees"], province.hospital_surgery) not in html  # it was handed none of these
    assert client.post(page, form({(goals["blood"], province.hospital_surgery): "4"})).status_code == 302
    share = Allocation.objects.get(unit=province.hospital_surgery)
    assert (share.minimum, share.handed_by, share.actor) == (4, province.hospital, hospital_officer)
    assert client.post(page, form({(goals["trees"], province.hospital_surgery): "4"})).status_code == 422


# --- sums in sight ---------------------------------------------------------------------------------------------------


def test_rule_14_sums_stand_against_the_target_over_and_under(client, province, goals, page, officer):
    for unit, low, high in ((province.justice, 40, 50), (province.finance, 70, 90)):
        give(goals["blood"], unit, low, maximum=high)
    for unit in (province.justice, province.finance):
        give(goals["trees"], unit, 600)
        give(goals["relapse"], unit, None, maximum=1)
    give(goals["studied"], province.justice, 80)
    give(goals["studied"], province.finance, 95)
    client.force_login(officer)
    answer = client.get(page)
    said = {
        key: (one.handed_words, one.gap, one.lower, len(one.filled))
        for key, goal in goals.items()
        if (one := column(answer, goal))
    }
    assert said == {
        "blood": ("110–140", D(-40), None, 2),
        "trees": ("1.200", D(200), None, 2),
        "relapse": ("2", D(2), None, 2),
        "studied": ("–", None, 1, 2),
        "classes": ("–", None, 0, 0),
    }
    html = answer.content.decode()
    for words in ("còn thiếu 40", "vượt 200", "vượt 2<", "1 đơn vị dưới mức chỉ tiêu"):
        assert words in html
    one = client.get(f"{page}?target={goals['blood'].pk}").content.decode()
    assert "110–140 đơn vị máu" in one
    assert re.search(r">2</span>/4", one)


def test_a_share_that_is_to_come_is_shown_beside_the_one_in_force(client, province, goals, page, officer):
    give(goals["blood"], province.justice, 5)
    give(goals["blood"], province.justice, 9, on=date(2024, 12, 1))
    client.force_login(officer)
    answer = client.get(page)
    assert column(answer, goals["blood"]).handed.minimum == 5
    assert "từ 1/12/2024: 9" in answer.content.decode()


def test_the_history_names_every_share_its_day_and_its_hand(client, province, goals, page, officer, secretary):
    give(goals["blood"], province.justice, 5)
    give(goals["blood"], province.justice, 8, on=JULY, actor=officer)
    client.force_login(secretary)
    html = client.get(f"{page}shares/{goals['blood'].pk}/{province.justice.code}/").content.decode()
    assert html.index("từ 8 đơn vị máu</b> từ ngày 1/7/2024") < html.index("từ 5 đơn vị máu</b> từ ngày 1/1/2024")
    assert "Đoàn Khối các cơ quan tỉnh Quảng Nam · Cán bộ Đoàn Khối" in html


# --- filling a column ------------------------------------------------------------------------------------------------


def filled(client, page, goal, way, cells=None, day="5/10/2024", **more):
    return client.post(f"{page}split/{goal.pk}/{way}/", form(cells or {}, day), **more)


def texts(answer, goal) -> list[str]:
    return [cell.typed for cell in column(answer, goal).cells]


def test_a_column_is_filled_and_nothing_is_written(client, province, goals, page, officer):
    give(goals["blood"], province.justice, 40)
    client.force_login(officer)
    kept = {(goals["trees"], province.finance): "77", (goals["studied"], province.finance): "x"}
    answer = filled(client, page, goals["blood"], "even", kept)
    # 150 and 200 over four units.
    assert texts(answer, goals["blood"]) == ["38–51", "38–51", "37–49", "37–49"]
    assert texts(answer, goals["trees"]) == ["", "", "", "77"]
    assert texts(answer, goals["studied"]) == ["", "", "", "x"]
    assert column(answer, goals["blood"]).gap == 0
    assert "1.1: đã chia 150–200 đơn vị máu cho 4 đơn vị, chia đều." in answer.content.decode()
    assert answer.context["grid"].changes == 6
    assert Allocation.objects.count() == 1


def test_by_members_on_the_day_that_is_typed_and_of_everything_beneath(client, province, goals, page, officer):
    set_headcount(unit=province.justice, as_of=date(2024, 9, 1), members=132)
    client.force_login(officer)
    # 240, 180, 32, 40 of 492.
    answer = filled(client, page, goals["trees"], "members", day="1/8/2024")
    assert texts(answer, goals["trees"]) == ["488", "366", "65", "81"]
    # 240, 180, 132, 40 of 592.
    answer = filled(client, page, goals["trees"], "members")
    assert texts(answer, goals["trees"]) == ["405", "304", "223", "68"]
    assert "theo số đoàn viên tính đến ngày 5/10/2024" in answer.content.decode()


def test_units_that_were_never_counted_are_named_and_get_0(client, province, goals, page, hospital_officer):
    give(goals["blood"], province.hospital, 10)
    client.force_login(hospital_officer)
    answer = filled(client, page, goals["blood"], "members")
    assert texts(answer, goals["blood"]) == ["", ""]
    assert "Chưa có số đoàn viên của: tất cả các đơn vị." in answer.content.decode()
    set_headcount(unit=province.hospital_surgery, as_of=date(2024, 1, 1), members=20)
    answer = filled(client, page, goals["blood"], "members")
    assert texts(answer, goals["blood"]) == ["10", "0"]
    words = "Chưa có số đoàn viên của: Chi đoàn Khối Nội. Tạm để mức 0 cho các đơn vị này."
    assert words in answer.content.decode()


def test_by_last_year_s_result(client, province, goals, page, officer, monkeypatch):
    client.force_login(officer)
    known = {province.hospital.pk: D(60), province.college.pk: D("20.5"), province.justice.pk: D(0)}
    monkeypatch.setattr(results, "_sources", [lambda target, units: PastResults("1.7 Hiến máu, năm 2023", known)])
    answer = filled(client, page, goals["trees"], "past")
    assert texts(answer, goals["trees"]) == ["745", "255", "0", "0"]
    html = answer.content.decode()
    assert "theo kết quả của 1.7 Hiến máu, năm 2023" in html
    assert "Chưa có kết quả năm trước của: Chi đoàn Sở Tài chính." in html
    monkeypatch.setattr(results, "_sources", [lambda target, units: None])
    answer = filled(client, page, goals["trees"], "past")
    assert texts(answer, goals["trees"]) == [""] * 4
    assert "Hệ thống chưa có kết quả năm trước của chỉ số này" in answer.content.decode()


def test_a_percentage_is_the_same_for_all_and_is_not_split(client, province, goals, page, officer):
    client.force_login(officer)
    for key, text in (("studied", "90"), ("classes", "1")):
        assert texts(filled(client, page, goals[key], "same"), goals[key]) == [text] * 4
        assert filled(client, page, goals[key], "even").status_code == 404
    assert filled(client, page, goals["blood"], "same").status_code == 404
    assert filled(client, page, goals["blood"], "nonsense").status_code == 404


def test_what_each_bloc_carries_is_not_filled_by_the_machine(client, province, officer):
    goal = target(draft(province.bloc_union), carried_by="each_bloc", required_share=Decimal(100))
    issue(goal.plan, 3)
    client.force_login(officer)
    url = f"/allocations/{goal.plan_id}/"
    assert "/split/" not in client.get(url).content.decode()
    assert client.post(f"{url}split/{goal.pk}/same/").status_code == 404


def test_by_htmx_only_the_column_s_fields_come_back(client, province, goals, page, officer):
    client.force_login(officer)
    html = filled(client, page, goals["trees"], "even", headers={"HX-Request": "true"}).content.decode()
    assert re.findall(r' id="c\d+-(\d+)"', html) == [str(getattr(province, unit).pk) for unit in UNITS]
    assert html.count('hx-swap-oob="true"') == 5
    assert html.count('value="250"') == 4
    assert "<table" not in html


# --- how much it asks ------------------------------------------------------------------------------------------------


def test_the_grid_asks_the_same_of_the_database_for_4_units_and_for_34(client, province, goals, page, officer):
    give(goals["blood"], province.justice, 5)
    client.force_login(officer)
    addresses = (page, f"{page}?target={goals['blood'].pk}")
    before = [count_queries(lambda url=url: client.get(url)) for url in addresses]
    for n in range(30):
        unit = create_unit(
            code=f"QNA-KCQ-1{n:02d}",
            name=f"Chi đoàn {n}",
            kind=Kind.GRASSROOTS_BRANCH,
            parent=province.bloc_union,
            opened_on=date(2020, 1, 1),
        )
        give(goals["blood"], unit, 1)
        give(goals["trees"], unit, 1)
    assert [count_queries(lambda url=url: client.get(url)) for url in addresses] == before == [15, 15]
