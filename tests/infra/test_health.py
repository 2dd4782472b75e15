"""`/healthz`: 200 with the state of database, broker and worker; the worker is judged by its last sign of life."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from core import health
from core.models import WorkerSign


@pytest.fixture
def folder_broker(settings: Settings, tmp_path: Path) -> Path:
    settings.REDIS_URL = ""
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path)}
    return tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "worker", "status"),
    [(timedelta(seconds=50), "ok", "ok"), (timedelta(seconds=70), "silent", "degraded"), (None, "silent", "degraded")],
)
def test_worker_is_judged_by_its_last_sign(
    client: Client, folder_broker: Path, age: timedelta | None, worker: str, status: str
) -> None:
    if age is not None:
        health.sign_of_life(name="one", moment=timezone.now() - age)
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": status, "database": "ok", "broker": "ok", "worker": worker}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_broker_that_cannot_be_written_is_down(client: Client, folder_broker: Path) -> None:
    health.sign_of_life()
    folder_broker.rmdir()
    assert client.get("/healthz").json() == {"status": "degraded", "database": "ok", "broker": "down", "worker": "ok"}


@pytest.mark.django_db
def test_redis_that_does_not_answer_is_down(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    health.sign_of_life()
    assert client.get("/healthz").json()["broker"] == "down"


@pytest.mark.django_db
def test_database_that_does_not_answer_gives_503(client: Client, folder_broker: Path) -> None:
    def broken(*_: object) -> None:
        from django.db import OperationalError

        raise OperationalError("gone")

    with connection.execute_wrapper(broken):
        response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"status": "down", "database": "down", "broker": "ok", "worker": "unknown"}


@pytest.mark.django_db
def test_healthz_costs_one_query(
    client: Client, folder_broker: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        client.get("/healthz")


@pytest.mark.django_db
def test_signs_of_workers_long_gone_are_removed() -> None:
    moment: datetime = timezone.now()
    health.sign_of_life(name="gone", moment=moment - timedelta(days=2))
    health.sign_of_life(name="here", moment=moment)
    health.sign_of_life(name="here", moment=moment)
    assert list(WorkerSign.objects.values_list("name", flat=True)) == ["here"]
