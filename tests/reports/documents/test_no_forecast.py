"""Paper prints what was reported: no forecast stands on any kind of periodic report, though there would be one."""

from datetime import date
from decimal import Decimal

import pytest

from core import clock
from reports.documents.building import build_report
from reports.documents.render import report_sheet
from reports.documents.services import request_report
from reports.progress.services import open_period
from reports.rollups.selectors.forecasting import forecasts_in
from reports.rollups.selectors.gathering import read_facts
from reports.rollups.selectors.judging import Judge
from targets.calendar import Span
from targets.forecast import Forecast
from targets.services import allocate

WORDS = ("Theo đà này", "Dự kiến đến", "dự kiến đạt", "không đạt mức tối thiểu", "Ước tính", "ước tính", "c-fan")


@pytest.fixture
def forecast_by_justice(reported, periods, province):
    """What could get onto paper: Justice's share of the blood has a forecast in September, on both bases."""
    allocate(
        actor=None,
        target=reported.blood,
        unit=province.justice,
        minimum=Decimal(20),
        effective_on=date(2024, 1, 1),
        handed_by=province.bloc_union,
    )
    for basis in ("official", "provisional"):
        facts = read_facts(targets=[reported.blood], units=[province.justice], period=periods[9], basis=basis)
        judge = Judge(facts, clock.now())
        outlook = forecasts_in(judge, [judge.result(reported.blood, province.justice)])[reported.blood.pk]
        assert isinstance(outlook, Forecast)
    for month in range(1, 13):
        open_period(period=periods[month])


@pytest.mark.parametrize("code", ["2024-09", "2024-Q3", "2024-H1", "2024-9M", "2024"])
@pytest.mark.parametrize("basis", ["official", "provisional"])
def test_no_kind_of_paper_says_a_forecast(forecast_by_justice, province, leader, code, basis):
    document = request_report(actor=leader, unit=province.bloc_union, span=Span.parse(code), basis=basis)
    html = report_sheet(build_report(document)).html
    assert "Chi đoàn Sở Tư pháp" in html
    assert [word for word in WORDS if word in html] == []
