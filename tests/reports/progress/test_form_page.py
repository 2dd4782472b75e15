"""The form of a month as a page: what it costs, whatever is asked and whatever happened to the report."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.services import plan_activity, record_participation
from core.attachments import Attachment
from plans.services import create_plan, issue_plan, send_to_leader
from reports.progress.entries import EntryInput
from reports.progress.models import ProgressReport
from reports.progress.services import add_evidence, create_periods, grant_extension, keep_rule, open_period, save_draft
from targets.models import Indicator
from targets.services import add_target
from tests.reports.progress.scenes import amount, bring_to, indicator_of, report_of
from units.enums import Level

ADDRESS = "/reports/QNA-KCQ-003/2024-09/"
MOST_QUERIES = 12
# Nothing that the unit did in the month stands beside the lines.
WITHOUT_OUTCOMES = MOST_QUERIES - 1


def issue_with(province, numbers: range) -> None:
    """A plan of the bloc union that asks each of its units for so many figures."""
    plan = create_plan(
        actor=None,
        unit=province.bloc_union,
        kind="plan",
        title=f"Kế hoạch {numbers.start}",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
    )
    for number in numbers:
        indicator = indicator_of(province.top, f"Việc số {number}")
        add_target(
            plan=plan,
            code=str(number),
            name=indicator.name,
            indicator=indicator,
            carried_by="pooled",
            minimum=Decimal(1),
        )
    send_to_leader(actor=None, plan=plan)
    issue_plan(actor=None, plan=plan, number=numbers.start, issued_on=date(2024, 1, 10), place="Quảng Nam")


@pytest.fixture
def asked_one(province) -> ProgressReport:
    """September of a unit that is asked for one figure."""
    issue_with(province, range(1, 2))
    calendar = create_periods(owner=province.top, year=2024)
    open_period(period=calendar[8])
    return report_of(province.justice, calendar[8])


def done_in_september(province, indicator: Indicator) -> None:
    """The unit records what it did, a figure included."""
    festival = plan_activity(actor=None, unit=province.bloc_union, name="Ngày hội", scope="all_units")
    facts = {"activity": festival, "unit": province.justice, "done_on": date(2024, 9, 14)}
    record_participation(actor=None, **facts, figures={indicator: Decimal(2)})


def queries(client) -> tuple[int, int]:
    """How many figures the form asks for, and how many queries the page takes."""
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(ADDRESS)
    assert answer.templates[0].name == "reports/progress/form.html"
    return len(answer.context["sheet"].lines), len(caught)


def test_the_form_takes_at_most_12_queries_for_1_figure_and_for_40(client, province, secretary, asked_one):
    client.force_login(secretary)
    assert queries(client) == (1, WITHOUT_OUTCOMES)
    issue_with(province, range(2, 41))
    assert queries(client) == (40, WITHOUT_OUTCOMES)
    done_in_september(province, Indicator.objects.get(name="Việc số 1"))
    assert queries(client) == (40, MOST_QUERIES)


def test_nothing_that_happens_to_a_report_makes_the_form_dearer(client, province, secretary, officer, asked_one):
    keep_rule(unit=province.top, level=Level.GRASSROOTS, due_day=5, lock_day=20)
    keep_rule(unit=province.bloc_union, due_day=4, lock_day=14)
    report = asked_one
    pdf = Attachment("anh.pdf", b"%PDF-1.7", "application/pdf")
    for _each in range(2):
        add_evidence(actor=secretary, report=report, attachment=pdf)
    report = bring_to("returned", report, secretary=secretary, officer=officer)
    grant_extension(
        actor=officer, report=report, due_on=date(2024, 10, 8), locks_on=date(2024, 10, 20), reason="Bão số 4."
    )
    figure = next(iter(client_lines(client, secretary)))
    save_draft(
        actor=secretary,
        report=report,
        entries={figure: amount(3)},
        narratives={"movements": "Trồng cây.", "support": "Giúp nhau.", "children": "Tặng quà."},
        version=report.version,
    )
    assert queries(client) == (1, WITHOUT_OUTCOMES)
    done_in_september(province, Indicator.objects.get(pk=figure))
    assert queries(client) == (1, MOST_QUERIES)


def test_a_ratio_held_against_the_headcount_makes_the_form_no_dearer(
    client, province, secretary, resolution, september
):
    assert province.justice.headcounts.exists()
    report = report_of(province.justice, september)
    said = {resolution.study.indicator_id: EntryInput(numerator=Decimal(30), denominator=Decimal(30))}
    client.force_login(secretary)
    before = queries(client)
    save_draft(actor=secretary, report=report, entries=said, narratives={}, version=report.version)
    assert queries(client) == before


def client_lines(client, secretary) -> list[int]:
    client.force_login(secretary)
    return [line.indicator.pk for line in client.get(ADDRESS).context["sheet"].lines]
