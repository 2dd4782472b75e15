"""Forecasts on the leader's pages: what is said and drawn, and that paper knows nothing of them."""

from datetime import date
from decimal import Decimal

import lxml.html
import pytest
from django.urls import reverse

from accounts.enums import RoleName
from accounts.services import create_person, grant_role
from core.charts import Fan
from reports.dashboards.forecasts import Expected
from reports.rollups.services import drain_dirty
from targets.forecast import Forecast, NoForecast, Reason, Why
from tests.rules.world import World, amount

SAID = "Dự kiến đến 31/12: 126–162 đơn vị máu; cần thêm 164 đơn vị máu trước 31/12 (khoảng 19 đơn vị máu mỗi tháng)."
FORECAST_WORDS = ("dự kiến", "Dự kiến", "Theo đà này", "Ước tính", "Chưa ước tính")


@pytest.fixture
def body(world: World):
    """A body whose one unit gave 12, 12 and 12 of 200, and did all of another target."""
    world.body.is_reporting = False
    world.body.save(update_fields=["is_reporting"])
    unit = world.unit("QNA-001")
    blood = world.target(world.indicator(name="Máu", measure="đơn vị máu"), minimum=200)
    trees = world.target(world.indicator(name="Cây", measure="cây"), minimum=10)
    world.issue()
    for month in (1, 2, 3):
        world.approve(unit, month, {blood.indicator: amount(12), trees.indicator: amount(10)})
    drain_dirty()
    world.on(world.periods[4].last_day)
    return blood, trees


@pytest.fixture
def leader(client, world: World):
    user = create_person(username="lanh.dao", full_name="Lãnh đạo", password=None)
    grant_role(actor=None, user=user, unit=world.body, name=RoleName.LEADER)
    client.force_login(user)
    return client


def page(client, name: str, *args: object, **query: str):
    answer = client.get(reverse(name, args=args), {"period": "2024-03", **query})
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.content.decode())


def drilldown(client, target, **query: str):
    return page(client, "reports:target", target.pk, "QNA", **query)


def expected_on(root) -> str:
    return words(root.xpath("//*[@class='figure__expected no-print']")[0])


def words(node) -> str:
    return " ".join(node.text_content().split())


def on_paper(root) -> str:
    """What is left of the page in print."""
    for node in root.xpath("//*[contains(concat(' ', @class, ' '), ' no-print ')]"):
        node.drop_tree()
    return words(root.xpath("//main")[0])


def test_the_drilldown_says_where_it_lands_and_what_is_missing(body, leader):
    blood, _trees = body
    found = expected_on(drilldown(leader, blood))
    # 36 ∓ 6 in three months: 10, 12, 14 a month, nine months left; 164 of 200 are missing, 18.2 a month.
    assert SAID in found
    assert "Theo đà này, dự kiến không đạt mức tối thiểu." in found
    assert "Ước tính theo nhịp độ của 3 tháng đã báo cáo." in found


def test_the_chart_reaches_on_to_the_due_month(body, leader):
    root = drilldown(leader, body[0])
    fan = root.xpath("//figure//polygon[@class='c-fan']/@points")
    # 36 after 3 of 12 months; the aim of 200 is the top. Width 90 in 11 steps, height 24.
    assert fan == ["19.36,22.68 93,11.88 93,7.56"]
    assert [figure.get("class") for figure in root.xpath("//figure/div")] == ["no-print", "only-print"]


def test_the_dashboard_names_what_will_be_missed_and_only_that(body, leader):
    blood, trees = body
    root = page(leader, "reports:dashboard", "QNA")
    moves = [words(node) for node in root.xpath("//dl[contains(@class, 'moves')]") if "Theo đà này" in words(node)]
    assert moves == [f"Theo đà này 1 chỉ tiêu dự kiến không đạt mức tối thiểu: {blood.code}"]
    rows = root.xpath("//section[contains(@class, 'section--targets')]//tbody/tr[td]")
    lines = {words(row.xpath("td[1]")[0]): words(row.xpath("td[@class='c-st']")[0]) for row in rows}
    assert "dự kiến chỉ 126–162" in lines[blood.code]
    assert "dự kiến" not in lines[trees.code]


def test_what_will_be_reached_says_where_it_lands_without_the_mark_of_what_will_be_missed(world, body, leader):
    """The same 36 units of blood against 100: on track, and beyond the minimum by the end of the year."""
    blood, _trees = body
    fewer = world.target(blood.indicator, minimum=100)
    world.issue()
    root = page(leader, "reports:dashboard", "QNA")
    links = root.xpath("//section[contains(@class, 'section--targets')]//td[@class='c-st']/a")
    assert {link.get("href").partition("/at/")[0]: (words(link), len(link.xpath(".//svg"))) for link in links} == {
        f"/targets/{blood.pk}": ("dự kiến chỉ 126–162", 1),
        f"/targets/{fewer.pk}": ("dự kiến 126–162", 0),
    }


def test_nothing_of_it_is_printed(body, leader):
    for root in (drilldown(leader, body[0]), page(leader, "reports:dashboard", "QNA")):
        assert any(word in words(root) for word in FORECAST_WORDS)
        left = on_paper(root)
        assert [word for word in FORECAST_WORDS if word in left] == []


def test_a_month_in_the_past_shows_the_forecast_of_then(world, body, leader):
    blood, _trees = body
    before = expected_on(drilldown(leader, blood))
    unit = blood.plan.unit.get_children()[0]
    world.approve(unit, 4, {blood.indicator: amount(90)})
    drain_dirty()
    assert expected_on(drilldown(leader, blood)) == before
    later = expected_on(drilldown(leader, blood, period="2024-04"))
    assert "cần thêm 74 đơn vị máu" in later


def test_each_basis_has_its_own_forecast(world, body, leader):
    blood, _trees = body
    world.submit(blood.plan.unit.get_children()[0], 4, {blood.indicator: amount(90)})
    drain_dirty()
    found = {
        basis: expected_on(drilldown(leader, blood, period="2024-04", basis=basis))
        for basis in ("official", "provisional")
    }
    assert "cần thêm 164 đơn vị máu" in found["official"]
    assert "cần thêm 74 đơn vị máu" in found["provisional"]


def test_too_early_is_said(body, leader):
    found = expected_on(drilldown(leader, body[0], period="2024-01"))
    assert "Chưa ước tính được: cần ít nhất hai tháng có số liệu." in found


def test_what_is_met_already_says_so(body, leader):
    found = expected_on(drilldown(leader, body[1]))
    assert "đã đạt mức tối thiểu." in found


def test_a_share_is_drawn_in_percent_and_named_by_its_carriers(world: World):
    target = world.target(
        world.indicator("milestone", measure="mô hình"),
        "each_unit",
        required_share=80,
        carrier_kinds=["grassroots_branch"],
    )
    share = Forecast(
        low=Decimal(5),
        likely=Decimal(6),
        high=Decimal(7),
        bar=Decimal(8),
        needed=Decimal(4),
        needed_by=date(2024, 12, 31),
        months_left=2,
        reason=Reason.PACE,
        months=3,
        reported=10,
        required=10,
        in_wholes=True,
        whole=Decimal(10),
    )
    shown = Expected(share, target, 2024)
    assert shown.fan == Fan(left=2, low=Decimal(50), likely=Decimal(60), high=Decimal(70), aim=Decimal(80))
    assert (shown.measure, shown.figure, shown.misses) == ("chi đoàn cơ sở", "5–7/10", True)
    target.carrier_kinds = ["grassroots_branch", "grassroots_union"]
    assert shown.measure == "đơn vị"


def test_no_outlook_is_nothing_to_show(world: World):
    target = world.target(world.indicator(), maximum=0)
    none = Expected(NoForecast(Why.LIMIT), target, 2024)
    assert (none.forecast, none.fan, none.sentence, none.figure, none.why_none, none.misses) == (
        None, None, "", "", "", False,
    )  # fmt: skip
