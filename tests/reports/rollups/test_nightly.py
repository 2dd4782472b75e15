"""The night's self-audit: kept, told once, shown to whoever looks after the portal, and never in the way of others."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.conf import settings as portal_settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import RoleName
from accounts.scope import grants_of
from core.models import Notice
from reports.rollups import audit, ledger, nightly
from reports.rollups.audit import Part, audit_rollups
from reports.rollups.models import DirtyMark, Rollup, SelfAudit
from reports.rollups.nightly import LISTED, audit_tonight, last_audit, places_of
from reports.rollups.services import drain_dirty, mark_dirty
from reports.rollups.tasks import audit_rollups as nightly_task
from tests.conftest import person
from tests.rules.world import World, amount, ratio
from units.enums import Kind
from units.models import Bloc
from units.services import create_bloc, join_bloc

ADDRESS = reverse("reports:self-audit")


@pytest.fixture
def told(world) -> World:
    """Two units in a bloc have told March; totals stand."""
    world.blood, world.studied = world.indicator(name="Máu hiến"), world.indicator("ratio")
    bloc = create_bloc(owner=world.body, number=1, name="Khối thi đua số 1")
    for indicator in (world.blood, world.studied):
        world.target(indicator, minimum=1)
    world.issue()
    for unit in world.units(2):
        join_bloc(unit=unit, bloc=bloc, on=date(2024, 1, 1))
        world.approve(unit, 3, {world.blood: amount(2), world.studied: ratio(1, 2)})
    drain_dirty()
    return world


@pytest.fixture
def keeper(told):
    return person("quan.tri.tw", "Quản trị", told.top, RoleName.ADMINISTRATOR)


@pytest.fixture
def others(told):
    """An administrator of a body beneath, and an officer at the top."""
    return [
        person("quan.tri.qna", "Quản trị tỉnh", told.body, RoleName.ADMINISTRATOR),
        person("cb.tw", "Cán bộ", told.top, RoleName.OFFICER),
    ]


def tamper(world: World) -> None:
    """The body's and the bloc's blood of March, official."""
    rows = Rollup.objects.filter(indicator=world.blood, basis="official")
    assert rows.filter(unit=world.body).update(amount=99) == 1
    assert rows.filter(bloc__isnull=False).update(reported=7) == 1


def test_a_night_without_differences_is_kept_and_tells_nobody(told, keeper, caplog):
    nightly_task()

    kept = SelfAudit.objects.get()
    assert (kept.night, kept.differences, kept.listed) == (timezone.localdate(), 0, [])
    assert not Notice.objects.exists()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_differences_are_told_once_to_the_administrators_of_the_top(told, keeper, others, caplog):
    tamper(told)

    nightly_task()
    nightly_task()  # the same message once more

    told_to = Notice.objects.values_list("recipient", "kind", "url", "text")
    assert list(told_to) == [
        (
            keeper.pk,
            "reports.totals_differ",
            ADDRESS,
            "Có 2 số tổng hợp không khớp với số liệu đã báo cáo, trong đó: Máu hiến của Tỉnh đoàn, "
            "tháng 3/2024; Máu hiến của Khối thi đua số 1, Tỉnh đoàn, tháng 3/2024.",
        )
    ]
    assert SelfAudit.objects.get().differences == 2
    assert [record.levelname for record in caplog.records if "totals differ" in record.getMessage()] == ["ERROR"]


def test_the_command_lists_everything_and_stands_in_the_place_of_the_night(told, keeper, capsys):
    tamper(told)
    audit_tonight()
    with pytest.raises(CommandError, match="2 totals differ"):
        call_command("audit_rollups")
    assert len(capsys.readouterr().out.splitlines()) == 2

    call_command("rebuild_rollups")
    call_command("audit_rollups")

    assert SelfAudit.objects.get().differences == 0
    assert Notice.objects.count() == 1


def test_what_the_keeper_sees(told, keeper, client):
    client.force_login(keeper)
    assert "Chưa kiểm tra lần nào" in client.get(ADDRESS).content.decode()
    audit_tonight()
    assert "Mọi số tổng hợp đều khớp" in client.get(ADDRESS).content.decode()
    assert "Mọi số tổng hợp đều khớp" in client.get(reverse("reports:periods")).content.decode()

    SelfAudit.objects.all().delete()
    tamper(told)
    audit_tonight()
    page = client.get(ADDRESS).content.decode()

    assert "2 số tổng hợp không khớp" in page
    assert "Khối thi đua số 1, Tỉnh đoàn" in page
    assert "99" not in page.split("<main")[1].split("</main>")[0].replace(timezone.localtime().strftime("%H:%M"), "")


def test_nobody_else_sees_it(told, keeper, others, client):
    assert client.get(ADDRESS).status_code == 302
    for user in others:
        client.force_login(user)
        assert client.get(ADDRESS).status_code == 403


def test_where_the_topmost_unit_has_no_administrator_the_next_ones_look_after_it(told, others, client):
    tamper(told)
    audit_tonight()
    administrator, officer = others
    assert [notice.recipient for notice in Notice.objects.all()] == [administrator]
    client.force_login(administrator)
    assert client.get(ADDRESS).status_code == 200
    assert "2 số tổng hợp không khớp" in client.get(reverse("reports:periods")).content.decode()
    client.force_login(officer)
    assert client.get(ADDRESS).status_code == 403


def test_no_body_s_administrator_learns_where_another_s_totals_differ(told, others, client):
    """Where the topmost unit has no administrator, several bodies' look after the portal, each in the own subtree."""
    neighbour = person(
        "quan.tri.kgi",
        "Quản trị tỉnh khác",
        told.unit("KGI", parent=told.top, kind=Kind.PROVINCE_UNION),
        RoleName.ADMINISTRATOR,
    )
    tamper(told)
    audit_tonight()

    texts = dict(Notice.objects.values_list("recipient", "text"))
    assert texts == {
        others[0].pk: "Có 2 số tổng hợp không khớp với số liệu đã báo cáo, trong đó: Máu hiến của Tỉnh đoàn, "
        "tháng 3/2024; Máu hiến của Khối thi đua số 1, Tỉnh đoàn, tháng 3/2024.",
        neighbour.pk: "Có 2 số tổng hợp không khớp với số liệu đã báo cáo.",
    }
    client.force_login(neighbour)
    page = client.get(ADDRESS).content.decode()
    assert "2 số tổng hợp không khớp" in page
    assert "Máu hiến" not in page
    assert places_of(SelfAudit.objects.get(), neighbour) == []
    gone = [{"unit": 0, "indicator": told.blood.pk, "period": 0, "basis": "official"}]
    assert places_of(SelfAudit(listed=gone), neighbour) == []


def test_a_long_list_is_cut_and_costs_the_same_queries(told, keeper, client):
    audit_tonight()
    rows = [
        {"unit": told.body.pk, "indicator": told.blood.pk, "period": period.pk, "basis": basis}
        for period in told.periods.values()
        for basis in ("official", "provisional")
    ]
    kept = SelfAudit.objects.get()
    grants_of(keeper)  # read once a request
    with CaptureQueriesContext(connection) as few:
        places_of(SelfAudit(listed=rows[:1]), keeper)
    with CaptureQueriesContext(connection) as many:
        assert len(places_of(SelfAudit(listed=rows), keeper)) == len(rows)
    assert len(few) == len(many)
    SelfAudit.objects.filter(pk=kept.pk).update(differences=LISTED + 1, listed=rows)
    client.force_login(keeper)
    assert "Chỉ liệt kê 24 chỗ đầu tiên" in client.get(ADDRESS).content.decode()


def test_what_is_gone_since_is_a_dash(told, keeper):
    listed = [{"bloc": 0, "indicator": told.blood.pk, "period": 0, "basis": "official"}]
    (place,) = places_of(SelfAudit(listed=listed), keeper)
    assert (place.owner, place.indicator, place.month) == ("–", "Máu hiến", "–")


def test_old_nights_are_forgotten(told):
    for days in (399, 401):
        moment = timezone.now() - timedelta(days=days)
        SelfAudit.objects.create(night=timezone.localdate(moment), ended_at=moment)
    audit_tonight()
    assert sorted((timezone.localdate() - row.night).days for row in SelfAudit.objects.all()) == [0, 399]


def test_totals_of_a_unit_that_is_gone_are_a_difference(told):
    row = Rollup.objects.filter(unit=told.body).first()
    row.pk, row.unit_id = None, 999_999
    row.save()
    (found,) = audit_rollups()
    assert (found.owner, found.owner_id, found.expected) == ("unit", 999_999, None)


def test_what_was_marked_while_it_read_is_no_difference(told, monkeypatch):
    """A report approved after the drain: its totals are behind, which is as it should be."""
    report = told.report_of(told.body.children.get(code="QNA-001"), 3)
    report.entries.filter(indicator=told.blood).update(amount=5)
    mark_dirty(unit=report.unit, period=report.period)
    monkeypatch.setattr(audit, "drain_dirty", lambda: 0)
    assert audit_rollups() == []

    Rollup.objects.filter(unit__code="QNA-002", indicator=told.blood, basis="official").update(amount=99)
    assert [one.owner_id for one in audit_rollups()] == [told.body.children.get(code="QNA-002").pk]


def test_it_reads_a_few_units_at_a_time(told, monkeypatch):
    """As many statements for each few units, and never more totals in hand than theirs."""
    monkeypatch.setattr(ledger, "STRIDE", 2)
    monkeypatch.setattr(audit, "STRIDE", 2)
    for number in range(10, 20):
        told.approve(told.unit(f"QNA-{number:03d}"), 3, {told.blood: amount(1)})
    drain_dirty()
    tamper(told)
    assert {(one.owner, one.key.indicator) for one in audit_rollups()} == {
        ("unit", told.blood.pk),
        ("bloc", told.blood.pk),
    }


@pytest.fixture
def deep(told) -> World:
    """Branches beneath one of the two units too, which have told as well."""
    for number in (1, 2, 3):
        branch = told.unit(f"QNA-001-{number}", parent=told.body.children.get(code="QNA-001"), kind=Kind.BRANCH)
        told.approve(branch, 3, {told.blood: amount(number), told.studied: ratio(number, 4)})
    drain_dirty()
    return told


def found_in_parts_of(size: int, monkeypatch) -> list[str]:
    monkeypatch.setattr(audit, "PART", size)
    return sorted(map(str, audit_rollups()))


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_in_parts_it_finds_what_it_finds_at_once(deep, monkeypatch, size):
    assert found_in_parts_of(size, monkeypatch) == []
    tamper(deep)
    unit_2 = deep.body.children.get(code="QNA-002")
    assert Rollup.objects.filter(unit=unit_2, indicator=deep.studied, basis="official", period=deep.periods[3]).delete()
    at_once = found_in_parts_of(1000, monkeypatch)
    bloc = f"bloc {Bloc.objects.get().pk}"
    assert {line.split(",")[0] for line in at_once} == {bloc, f"unit {deep.body.pk}", f"unit {unit_2.pk}"}
    in_parts = found_in_parts_of(size, monkeypatch)
    assert set(at_once) <= set(in_parts)
    # What stands above a wrong total need not agree with it.
    more = {line.split(",")[0] for line in set(in_parts) - set(at_once)}
    assert more <= {f"unit {deep.top.pk}", f"unit {deep.body.pk}", bloc}


def test_a_total_of_something_unknown_beneath_is_a_difference_and_stops_nothing(deep, monkeypatch):
    """Of a month, or an indicator, that is gone: named at the unit where it is stored."""
    unit = deep.body.children.get(code="QNA-002")
    for gone in ({"period_id": 999_999}, {"indicator_id": 999_999}):
        row = Rollup.objects.filter(unit=unit, basis="official").first()
        row.pk = None
        for name, value in gone.items():
            setattr(row, name, value)
        row.save()
    assert len(found_in_parts_of(1000, monkeypatch)) == 2
    assert found_in_parts_of(2, monkeypatch) == found_in_parts_of(1000, monkeypatch)


def test_beat_goes_on_where_the_time_was_up(deep, keeper, monkeypatch):
    tamper(deep)
    monkeypatch.setattr(audit, "PART", 2)
    monkeypatch.setattr(nightly, "LONGEST_SECONDS", 0)
    states = []
    for _message in range(20):
        nightly_task()
        kept = SelfAudit.objects.get()
        states.append((kept.reached, kept.ended_at is not None, Notice.objects.count()))
        if kept.ended_at:
            break
    ways = [reached for reached, _ended, _told in states[:-1]]
    assert len(ways) > 2
    assert ways == sorted(set(ways))
    assert [told for _reached, _ended, told in states] == [1] * len(states)  # at the first difference, and once
    assert [ended for _reached, ended, _told in states] == [False] * len(ways) + [True]
    assert SelfAudit.objects.get().differences == len(audit_rollups())
    assert last_audit() == SelfAudit.objects.get()


def test_the_command_in_the_middle_of_the_night_s_audit_tells_unless_that_was_done(deep, keeper, monkeypatch):
    monkeypatch.setattr(audit, "PART", 2)
    monkeypatch.setattr(nightly, "LONGEST_SECONDS", 0)
    nightly_task()
    assert SelfAudit.objects.get().ended_at is None
    tamper(deep)
    for _time in range(2):
        with pytest.raises(CommandError):
            call_command("audit_rollups")
    nightly_task()
    assert (SelfAudit.objects.get().differences, Notice.objects.count()) == (len(audit_rollups()), 1)


def test_until_all_was_looked_at_the_audit_before_is_the_last(told, keeper):
    before = SelfAudit.objects.create(night=date(2024, 1, 2), ended_at=timezone.now())
    SelfAudit.objects.create(night=date(2024, 1, 3), reached="0001")
    assert last_audit() == before


def test_a_part_that_another_worker_looked_at_meanwhile_is_added_once(deep, keeper, monkeypatch):
    tamper(deep)
    monkeypatch.setattr(audit, "PART", 2)
    looked = audit.audit_part

    def meanwhile(after: str, *, most: int | None = None) -> Part:
        part = looked(after, most=most)
        if not after:
            nightly._keep_part(SelfAudit.objects.get(), part)
        return part

    monkeypatch.setattr(nightly, "audit_part", meanwhile)
    audit_tonight()
    assert SelfAudit.objects.get().differences == len(audit_rollups())
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="there writers take turns with it")
def test_on_postgresql_it_sees_one_moment_and_nobody_waits_for_it(settings, monkeypatch):
    world = World(settings)
    blood, unit = world.indicator(), world.unit("QNA-001")
    world.target(blood, minimum=1)
    world.issue()
    world.approve(unit, 3, {blood: amount(2)})
    drain_dirty()
    meanwhile: list[int] = []

    def correct() -> int:
        try:
            world.correct(unit, 3, {blood: amount(7)})
            return drain_dirty()
        finally:
            connection.close()

    entries = ledger._entries

    def disturbed(ids):
        if not meanwhile:
            with ThreadPoolExecutor(1) as other:
                meanwhile.append(other.submit(correct).result())
        return entries(ids)

    monkeypatch.setattr(ledger, "_entries", disturbed)
    assert audit_rollups() == []
    assert meanwhile[0] > 0
    assert not DirtyMark.objects.exists()


def test_beat_asks_for_it_every_night():
    assert portal_settings.CELERY_BEAT_SCHEDULE["audit-rollups"]["task"] == nightly_task.name
