"""Pages of figures are kept as long as nothing that they show has changed: the second reader has them from there."""

import pickle
import re
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.messages import constants
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import RoleName
from accounts.services import end_role
from activities.services import cancel
from core.pulse import PULSE
from reports.dashboards import views
from reports.progress.models import ProgressReport
from reports.progress.services import move_bounds, open_period
from reports.rollups.services import drain_dirty, rebuild
from targets.services import allocate
from tests.keeping import own_caches
from tests.making import activity
from tests.rules.world import amount
from units.models import Unit
from units.services import join_bloc, rename_unit

pytestmark = pytest.mark.django_db(transaction=True)

# Session, person, roles, unit, unread notices, and what the bar has to count.
FRAME = 8


@pytest.fixture(autouse=True)
def _caches(settings):
    own_caches(settings)


@pytest.fixture
def leader(scene, client):
    client.force_login(scene.person(RoleName.LEADER))
    return client


def addresses(scene) -> list[str]:
    body = scene.body.code
    return [
        reverse("reports:dashboard", args=[body]) + "?basis=provisional",
        reverse("reports:units", args=[body]),
        reverse("reports:target", args=[scene.blood.pk, body]),
    ]


def page(client, address: str) -> str:
    """The page without what is another one at each answer."""
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r'("X-CSRFToken": "|name="csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())


def reads(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_the_second_time_a_page_is_the_same_and_only_its_frame_is_read(scene, leader):
    for address in addresses(scene):
        first = page(leader, address)
        assert page(leader, address) == first
        assert reads(leader, address) <= FRAME


def test_who_holds_the_same_roles_has_it_from_there_and_whoever_holds_others_does_not(scene, leader):
    address = addresses(scene)[0]
    other, officer, stranger = Client(), Client(), Client()
    other.force_login(scene.person(RoleName.LEADER))
    officer.force_login(scene.person(RoleName.OFFICER))
    stranger.force_login(scene.person(RoleName.LEADER, unit=scene.elsewhere))
    mine = page(leader, address)
    assert stranger.get(address).status_code == 404
    assert reads(other, address) <= FRAME
    assert reads(officer, address) > FRAME
    assert page(leader, address) == mine


def test_whatever_changes_the_page_makes_it_anew(scene, leader):
    world, (first, second, third, fourth) = scene.world, scene.units
    blood = scene.blood.indicator
    march = activity(scene.body)
    steps = {
        "handed in": lambda: world.submit(third, 2, {blood: amount(9)}),
        "added up": drain_dirty,
        "approved": lambda: (world.approve(fourth, 2, {blood: amount(8)}), drain_dirty()),
        "corrected": lambda: (world.correct(first, 2, {blood: amount(7)}), drain_dirty()),
        "handed down": lambda: allocate(
            actor=world.officer,
            target=scene.blood,
            unit=second,
            minimum=Decimal(30),
            effective_on=date(2024, 1, 1),
            handed_by=scene.body,
        ),
        "renamed": lambda: rename_unit(unit=first, name="Đoàn Bệnh viện Đa khoa"),
        "moved": lambda: join_bloc(unit=first, bloc=scene.blocs[1], on=date(2024, 2, 1)),
        "another day ends the month": lambda: move_bounds(
            period=world.periods[3], first_day=date(2024, 3, 1), last_day=date(2024, 3, 25)
        ),
        "cancelled": lambda: cancel(actor=None, activity=march, reason="Trùng lịch thi"),
        "built anew": rebuild,
        "another day": lambda: world.on(date(2024, 3, 6)),
    }
    for name, step in steps.items():
        for address in addresses(scene):
            page(leader, address)
            assert reads(leader, address) <= FRAME
        step()
        for address in addresses(scene):
            assert reads(leader, address) > FRAME, name
        assert page(leader, addresses(scene)[0]) == made_anew(leader, addresses(scene)[0], scene), name


def test_a_report_that_is_asked_for_later_is_on_the_page(scene, leader):
    world = scene.world
    world.open(3)
    world.unit("QNA-009")
    ProgressReport.objects.filter(unit__code="QNA-009").delete()
    for address in addresses(scene):
        page(leader, address)
    assert open_period(period=world.periods[3]) == 1
    for address in addresses(scene):
        assert reads(leader, address) > FRAME


def test_what_changes_while_a_page_is_read_is_on_the_next_one(scene, leader, monkeypatch):
    address = addresses(scene)[0]
    read = views.unit_or_404

    def read_and_rename(user, code):
        unit = read(user, code)
        rename_unit(unit=Unit.objects.get(pk=unit.pk), name="Đoàn Khối các cơ quan")
        return unit

    monkeypatch.setattr(views, "unit_or_404", read_and_rename)
    leader.get(address)
    monkeypatch.setattr(views, "unit_or_404", read)
    assert "<h1>Đoàn Khối các cơ quan</h1>" in page(leader, address)


def test_what_cannot_be_read_is_made_anew(scene, leader):
    address = addresses(scene)[0]
    first = page(leader, address)
    pages = caches["pages"]
    for key in [key for key in pages._cache if not key.endswith(PULSE)]:
        pages._cache[key] = pickle.dumps(b"of another version")
    assert page(leader, address) == first
    assert leader.get(f"{address}&x%00=1").status_code == 400


def made_anew(client, address: str, scene) -> str:
    scene.world.settings.KEPT_PAGES_SECONDS = 0
    try:
        return page(client, address)
    finally:
        scene.world.settings.KEPT_PAGES_SECONDS = 300


def test_who_loses_the_role_does_not_have_it_from_there(scene, leader):
    address = addresses(scene)[0]
    gone = scene.person(RoleName.LEADER)
    other = Client()
    other.force_login(gone)
    page(other, address)
    page(leader, address)
    for role in gone.roles.all():
        end_role(actor=None, role=role)
    assert other.get(address).status_code == 404


def test_a_page_with_a_message_is_its_readers_alone(scene, leader, monkeypatch):
    address = addresses(scene)[0]
    page(leader, address)
    monkeypatch.setattr("core.kept_pages.get_messages", lambda _request: [constants.INFO])
    assert reads(leader, address) > FRAME


def test_each_language_has_its_own(scene, leader):
    address = addresses(scene)[0]
    page(leader, address)
    leader.cookies["django_language"] = "en"
    assert 'lang="en"' in page(leader, address)
    leader.cookies["django_language"] = "vi"
    assert 'lang="vi"' in page(leader, address)
    assert reads(leader, address) <= FRAME
