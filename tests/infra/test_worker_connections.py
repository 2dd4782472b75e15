"""A worker's database connection from task to task: kept while it is well, replaced where it was lost."""

import os
from contextlib import closing
from dataclasses import dataclass

import psycopg2
import pytest
from celery.fixups.django import DjangoWorkerFixup
from celery.signals import task_postrun, task_prerun
from django.db import OperationalError, connection

from doan_portal.celery import app

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite opens its file anew at little cost"),
]


@dataclass(frozen=True)
class Request:
    is_eager: bool


@dataclass(frozen=True)
class Task:
    request: Request


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def between_two_tasks(*, is_eager: bool = False) -> None:
    """What Celery and the portal do after one task and before the next."""
    fixup, task = DjangoWorkerFixup(app), Task(Request(is_eager))
    for signal, step in ((task_postrun, fixup.on_task_postrun), (task_prerun, fixup.on_task_prerun)):
        step(sender=task)
        signal.send(sender=task, task=task)


def test_the_next_task_finds_the_connection_of_the_one_before():
    before = backend()
    between_two_tasks()
    assert backend() == before


def test_a_lost_connection_is_replaced_before_the_next_task():
    lost = backend()
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [lost])
    with pytest.raises(OperationalError):
        backend()
    between_two_tasks()
    assert backend() != lost


def test_one_that_is_too_old_is_not_kept():
    before = backend()
    connection.close_at = 0
    between_two_tasks()
    assert backend() != before


def test_a_task_within_a_request_leaves_its_connection_alone():
    before = backend()
    connection.close_at = 0
    between_two_tasks(is_eager=True)
    assert backend() == before
