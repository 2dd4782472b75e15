"""The snapshot: plain JSON, equal when it comes back, refused when it does not fit."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from reports.documents.context import Figure, PeriodicReport
from reports.documents.snapshot import SnapshotError, from_plain, to_plain
from tests.reports.sample_report import quarterly_report


def thawed(report: PeriodicReport) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(report.to_snapshot(), ensure_ascii=False))
    return plain


def test_a_report_comes_back_equal_through_json() -> None:
    issued = quarterly_report()
    draft = replace(
        issued,
        draft=True,
        provisional=True,
        head=replace(issued.head, number=None, dated=None),
        units=None,
        reporting=None,
        verification=None,
    )
    assert PeriodicReport.from_snapshot(thawed(issued)) == issued
    assert PeriodicReport.from_snapshot(thawed(draft)) == draft


def test_decimals_and_dates_are_strings_without_loss() -> None:
    plain = thawed(quarterly_report())["report"]
    assert plain["target_groups"][1]["rows"][3]["to_date"]["amount"] == "1240.5"
    assert plain["head"]["dated"] == "2024-10-04"
    figure = Figure.of_amount(Decimal("0.0001"))
    assert from_plain(Figure, to_plain(figure)) == figure


def test_counts_are_derived_and_not_stored() -> None:
    report = quarterly_report()
    assert not {"tallies", "reached", "targets"} & set(thawed(report)["report"])
    assert report.reached == sum(tally.counts.get(s, 0) for tally in report.tallies for s in ("met", "exceeded")) == 11
    assert [(tally.name, tally.total) for tally in report.tallies] == [("Cấp Đoàn Khối", 23), ("Cấp cơ sở", 15)]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda plain: plain | {"version": 0},
        lambda plain: {"version": 1},
        lambda plain: plain | {"report": plain["report"] | {"unknown": 1}},
        lambda plain: plain | {"report": {k: v for k, v in plain["report"].items() if k != "head"}},
        lambda plain: plain | {"report": plain["report"] | {"kind": "weekly"}},
        lambda plain: plain | {"report": plain["report"] | {"draft": "yes"}},
        lambda plain: plain | {"report": plain["report"] | {"tasks": "one"}},
        lambda plain: plain | {"report": plain["report"] | {"span": plain["report"]["span"] | {"ends_on": "30/9"}}},
    ],
)
def test_what_does_not_fit_is_refused(spoil: Any) -> None:
    with pytest.raises(SnapshotError):
        PeriodicReport.from_snapshot(spoil(thawed(quarterly_report())))


def test_a_float_is_refused_before_it_is_stored() -> None:
    with pytest.raises(SnapshotError):
        to_plain(Figure(kind="amount", amount=0.1))  # type: ignore[arg-type]
