"""A step that lost to another one at the same moment: taken again, or refused in words, never an error page."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.models import User
from core import collisions
from core.middleware import BusyPages


class Cause(Exception):
    """What the driver says."""

    def __init__(self, **said: str) -> None:
        vars(self).update(said)


DEADLOCK, SERIALIZATION, LOCKED = (
    Cause(pgcode="40P01"),
    Cause(pgcode="40001"),
    Cause(sqlite_errorname="SQLITE_BUSY"),
)
UNREACHABLE = Cause(pgcode="08006")


def losing(times: int, cause: Exception, tries: list[int]):
    """A step that writes one person and loses so many times before it goes through."""

    @collisions.atomic
    def step(name: str) -> str:
        tries.append(len(tries) + 1)
        User.objects.create(username=f"{name}-{len(tries)}")
        if len(tries) <= times:
            raise OperationalError("lost") from cause
        return f"hello {name}"

    return step


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cause", [DEADLOCK, SERIALIZATION])
def test_a_step_that_lost_is_taken_again_and_writes_once(cause):
    tries: list[int] = []
    assert losing(2, cause, tries)("an") == "hello an"
    assert tries == [1, 2, 3]
    assert list(User.objects.values_list("username", flat=True)) == ["an-3"]


@pytest.mark.django_db(transaction=True)
def test_it_gives_up_after_the_third_time_and_leaves_nothing():
    tries: list[int] = []
    with pytest.raises(OperationalError):
        losing(9, DEADLOCK, tries)("an")
    assert tries == [1, 2, 3]
    assert User.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cause", [LOCKED, UNREACHABLE, None])
def test_what_is_no_collision_is_not_taken_again(cause):
    tries: list[int] = []
    with pytest.raises(OperationalError):
        losing(9, cause, tries)("an")
    assert tries == [1]


@pytest.mark.django_db(transaction=True)
def test_inside_another_transaction_nothing_is_taken_again():
    """PostgreSQL has ended the outer one as a whole."""
    tries: list[int] = []
    with pytest.raises(OperationalError), transaction.atomic():
        losing(1, DEADLOCK, tries)("an")
    assert tries == [1]


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the codes are PostgreSQL's")
@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_postgresql_s_own_refusals_are_known(code):
    with pytest.raises(OperationalError) as lost, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '{code}'; END $$")
    assert collisions.is_collision(lost.value)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer")
def test_two_that_wait_for_each_other_both_go_through():
    """A real deadlock: each holds what the other one wants next. The gate is passed once, by both together."""
    one, other = (User.objects.create(username=name) for name in ("an", "binh"))
    gate = Barrier(2)

    @collisions.atomic
    def rename(first: User, second: User, tries: list[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL deadlock_timeout = '20ms'")
        tries.append(1)
        User.objects.filter(pk=first.pk).update(full_name="x")
        if len(tries) == 1:
            gate.wait(timeout=20)
        User.objects.filter(pk=second.pk).update(full_name="y")

    def person(*order: User) -> int:
        tries: list[int] = []
        try:
            rename(*order, tries)
        finally:
            connection.close()
        return len(tries)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(person, (one, other), (other, one))) == [1, 2]


@pytest.mark.parametrize("cause", [DEADLOCK, SERIALIZATION, LOCKED])
def test_who_still_loses_reads_so(cause):
    error = OperationalError("lost")
    error.__cause__ = cause
    page = BusyPages(lambda _request: HttpResponse()).process_exception(RequestFactory().post("/reports/"), error)
    assert page is not None
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "Có người khác đang sửa cùng nội dung" in page.content.decode()


@pytest.mark.parametrize("cause", [UNREACHABLE, None])
def test_other_faults_stay_faults(cause):
    error = OperationalError("gone")
    error.__cause__ = cause
    assert BusyPages(lambda _request: HttpResponse()).process_exception(RequestFactory().post("/"), error) is None
    assert BusyPages(lambda _request: HttpResponse()).process_exception(RequestFactory().post("/"), KeyError()) is None
