"""Every change to what pages show gives another word, whoever writes it and however."""

import pytest
from django.core.cache import caches
from django.db import connection, transaction

from core import pulse
from tests.keeping import own_caches
from units.models import Unit


@pytest.fixture(autouse=True)
def _caches(settings):
    own_caches(settings)


@pytest.mark.parametrize(
    ("sql", "step"),
    [
        ('INSERT INTO "units_unit" ("id") VALUES (%s)', pulse.change),
        ("\nINSERT INTO reports_rollup (unit_id) SELECT 1", pulse.change_figures),
        ('update "plans_plan" SET "title" = %s', pulse.change),
        ('DELETE FROM "activities_window" WHERE "id" IN (%s)', pulse.change),
        ('INSERT INTO "accounts_role" ("id") VALUES (%s)', pulse.change),
        ('INSERT INTO "reports_reportevent" ("id") VALUES (%s)', pulse.change_figures),
        ('INSERT OR IGNORE INTO "reports_progressreport" ("id") VALUES (%s)', pulse.change_figures),
        ('INSERT INTO "reports_progressreport" ("id") VALUES (%s)', pulse.change_figures),
        ('INSERT OR IGNORE INTO "activities_activity_indicators" ("id") VALUES (%s)', pulse.change),
        ('INSERT INTO "activities_outcomereminder" ("id") VALUES (%s)', None),
        ('UPDATE "activities_occurrence" SET "number" = %s', pulse.change),
        ('UPDATE "activities_calendarfeed" SET "fetched_at" = %s', None),
        ('INSERT INTO "activities_participation" ("id") VALUES (%s)', None),
        ('UPDATE "activities_participationfigure" SET "amount" = %s', None),
        ('INSERT INTO "activities_activityevent" ("id") VALUES (%s)', None),
        ('INSERT INTO "activities_activityfile" ("id") VALUES (%s)', None),
        ('INSERT INTO "activities_comment" ("id") VALUES (%s)', None),
        ('INSERT INTO "activities_registration" ("id") VALUES (%s)', None),
        ('INSERT INTO "activities_registrationevent" ("id") VALUES (%s)', None),
        ('UPDATE "reports_progressreport" SET "saved_at" = %s', None),
        ('INSERT INTO "reports_progressentry" ("id") VALUES (%s)', None),
        ('INSERT INTO "reports_wordingversion" ("id") VALUES (%s)', None),
        ("INSERT INTO rollup_asked SELECT 1", None),
        ('INSERT INTO "django_session" ("session_key") VALUES (%s)', None),
        ('SELECT "units_unit"."id" FROM "units_unit" FOR UPDATE', None),
    ],
)
def test_which_statements_change_pages(sql, step):
    assert pulse.step_after(sql) is step


def test_figures_change_only_pages_that_show_them():
    without, whole = pulse.now(with_figures=False), pulse.now()
    pulse.change_figures()
    assert pulse.now(with_figures=False) == without
    assert pulse.now() != whole
    pulse.change()
    assert pulse.now(with_figures=False) != without


def changes(step) -> bool:
    before = pulse.now()
    step()
    return pulse.now() != before


@pytest.mark.django_db(transaction=True)
def test_whatever_way_it_is_written(province):
    unit = province.hospital

    def by_hand() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE units_unit SET name = %s WHERE id = %s", ["Bệnh viện", unit.pk])

    assert changes(unit.save)
    assert changes(lambda: Unit.objects.filter(pk=unit.pk).update(name="Đoàn cơ sở Bệnh viện"))
    assert changes(lambda: Unit.objects.bulk_update([unit], ["name"]))
    assert changes(by_hand)
    assert not changes(lambda: list(Unit.objects.all()))


@pytest.mark.django_db(transaction=True)
def test_only_what_is_committed_counts_and_once(province, monkeypatch):
    told, before = [], pulse.now()
    monkeypatch.setattr(pulse.secrets, "token_hex", lambda _size: told.append(1) or f"word {len(told)}")
    unit = province.hospital
    with transaction.atomic():
        unit.save()
        unit.save()
        with transaction.atomic():
            unit.save()
        assert pulse.now() == before
    assert pulse.now() != before
    assert len(told) == 1
    with transaction.atomic():
        unit.save()
        transaction.set_rollback(True)
    assert len(told) == 1


@pytest.mark.django_db(transaction=True)
def test_where_the_cache_does_not_answer_nothing_is_kept_and_nothing_fails(province, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise ConnectionError

    for name in ("get", "set", "add"):
        monkeypatch.setattr(caches["pages"], name, refuse)
    province.hospital.save()
    assert pulse.now() is None
