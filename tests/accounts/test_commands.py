"""The first administrator of an empty portal, and the end of the demo's accounts."""

import io

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from accounts.demo_guard import refuse_demo_accounts
from accounts.enums import RoleName
from accounts.models import RoleEvent, User
from accounts.scope import visible_units
from accounts.services import create_person, grant_role
from units.enums import Kind, Level
from units.models import Unit

PASSWORD = "mot-mat-khau-rieng"


def create(monkeypatch, *arguments: str, password: str = PASSWORD) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    out = io.StringIO()
    call_command("create_administrator", "--password-stdin", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_an_empty_portal_gets_its_administrator_and_its_topmost_unit(monkeypatch):
    said = create(monkeypatch, "--username", "quan.tri", "--unit-code", "KGI", "--unit-name", "Tỉnh đoàn Kiên Giang")
    assert said == "quan.tri administers Tỉnh đoàn Kiên Giang (KGI) and everything beneath it.\n"
    unit, user = Unit.objects.get(), User.objects.get()
    assert (unit.code, unit.kind, unit.level, unit.depth) == ("KGI", Kind.PROVINCE_UNION, Level.PROVINCE, 1)
    assert (user.is_superuser, user.is_staff, user.is_demo) == (True, True, False)
    assert [(role.name, role.unit) for role in user.roles.all()] == [(RoleName.ADMINISTRATOR, unit)]
    assert authenticate(None, username="quan.tri", password=PASSWORD) == user


def test_an_administrator_of_the_topmost_unit_that_is_there(monkeypatch, province):
    create(monkeypatch, "--username", "van.hanh", "--full-name", "Vận hành")
    user = User.objects.get(username="van.hanh")
    assert user.full_name == "Vận hành"
    assert visible_units(user).count() == 11


@pytest.mark.parametrize(
    ("arguments", "password", "words"),
    [
        (["--unit-code", "KGI", "--unit-name", "Kiên Giang"], PASSWORD, "--username must be given"),
        (["--username", "a"], PASSWORD, "--unit-code must be given"),
        (["--username", "a", "--unit-code", "KGI"], PASSWORD, "--unit-name must be given"),
        (["--username", "a", "--unit-code", "chữ", "--unit-name", "X"], PASSWORD, "chữ hoa"),
        (["--username", "a", "--unit-code", "KGI", "--unit-name", "X"], "123", "8"),
        (["--username", "có dấu cách", "--unit-code", "KGI", "--unit-name", "X"], PASSWORD, "tên đăng nhập"),
    ],
)
@pytest.mark.django_db
def test_what_is_missing_or_wrong_is_said_and_nothing_is_made(arguments, password, words, monkeypatch):
    with pytest.raises(CommandError, match=words):
        create(monkeypatch, *arguments, password=password)
    assert not User.objects.exists()
    assert not Unit.objects.exists()


def test_a_unit_that_is_not_at_the_top_is_refused(monkeypatch, province):
    with pytest.raises(CommandError, match="TW"):
        create(monkeypatch, "--username", "a", "--unit-code", "QNA")
    assert not User.objects.exists()


def test_demo_accounts_are_of_no_use_afterwards_and_history_stays(province, settings, officer):
    demo = create_person(username="bithu", full_name="Bí thư", password="demo-2024", email="a@example.vn", is_demo=True)
    role = grant_role(actor=None, user=demo, unit=province.justice, name=RoleName.SECRETARY)
    out = io.StringIO()
    call_command("remove_demo_accounts", stdout=out)
    assert out.getvalue() == "1 demo accounts were taken out of use.\n"
    demo.refresh_from_db()
    role.refresh_from_db()
    assert (demo.username, demo.email, demo.is_demo, demo.is_active) == (f"demo-{demo.pk}", "", False, False)
    assert not demo.has_usable_password()
    assert role.ended_at is not None
    assert [event.action for event in role.events.order_by("pk")] == [RoleEvent.GRANTED, RoleEvent.ENDED]
    settings.DEMO = True
    assert authenticate(None, username=demo.username, password="demo-2024") is None
    settings.PRODUCTION = True
    refuse_demo_accounts()
    officer.refresh_from_db()
    assert officer.is_active
    call_command("remove_demo_accounts", stdout=out)
    assert out.getvalue().endswith("There is no demo account.\n")
