"""The benchmarks still run: at a tiny size, against the test's own server, to the line of JSON at the end."""

import json
from argparse import Namespace
from collections import Counter

import pytest
from django.db import connection

from benchmarks import approving, documents, submitting
from benchmarks.make_province import make_province, tree
from reports.documents import papers
from reports.progress.models import ProgressReport
from reports.rollups.audit import audit_rollups
from reports.rollups.services import drain_dirty, rebuild
from units.models import Unit

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are copied in PostgreSQL's own way")


@pytest.mark.parametrize("units", [3, 5, 100, 2000, 20_000])
def test_a_tree_has_exactly_so_many_units_each_below_one_that_stands_before_it(units):
    places = tree(units)
    assert [place.number for place in places] == list(range(1, units + 1))
    assert len({place.code for place in places}) == units
    assert all(place.parent is None or place.parent < place.number for place in places)
    assert Counter(place.parent for place in places if place.parent) == Counter(
        {place.number: place.children for place in places if place.children}
    )


@pytest.mark.django_db
@on_postgresql
def test_a_made_province_is_whole():
    made = make_province(units=12, months=3, waiting="submitted")
    rebuild()
    assert audit_rollups() == []
    assert Unit.objects.find_problems() == ([], [], [], [], [])
    assert ProgressReport.objects.filter(state="approved").count() == 3 * len(made.reporting)


@pytest.fixture
def portal(live_server, settings):
    settings.ROOT_URLCONF = "benchmarks.urls"
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    settings.ACCOUNT_RATE_LIMITS = False
    return live_server.thread.port


@pytest.mark.django_db(transaction=True)
@on_postgresql
def test_submitting_ends_with_its_figures(portal, monkeypatch, capsys):
    made = make_province(units=5, months=8, waiting="not_started")
    rebuild()
    monkeypatch.setattr(submitting, "_wait_for_totals", lambda: float(drain_dirty()))
    submitting.measure(made, portal, clients=2, bare=4)
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (said["errors"], said["wrong"]) == (0, 0)
    assert {"form_p95", "autosave_p95", "submit_p95", "receipt_p95"} <= set(said["ratios"])


@pytest.mark.django_db(transaction=True)
@on_postgresql
def test_approving_ends_with_its_figures(settings, capsys):
    settings.ALLOWED_HOSTS = ["testserver"]
    approving.measure(15)
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (said["reports"], said["ratios"]["statements_many_to_few"]) == (14, 1)


@pytest.mark.django_db
@on_postgresql
def test_official_paper_is_held_against_the_bare_one(settings):
    made = make_province(units=2 + 4 * 3, months=9)
    rebuild()
    told: dict[str, float] = {}
    asked = Namespace(cards=3, targets=14, times=1)
    report = documents._quarterly(Unit.objects.get(code=made.places[1].code), asked, told)
    assert {"quarterly_s", "quarterly_to_bare", "quarterly_to_bare_cpu"} <= set(told)
    large = documents._enlarged(report, 60, 14, months=12)
    assert documents._check_annex(papers.render_pdf(large), large) > 4
