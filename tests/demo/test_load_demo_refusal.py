"""Where the demonstration year is not loaded: outside the demo, and beside another organisation."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from units.enums import Kind
from units.models import Unit
from units.services import create_unit

pytestmark = pytest.mark.django_db


def test_load_demo_refuses_outside_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo mode only"):
        call_command("load_demo")
    assert not Unit.objects.exists()


def test_load_demo_refuses_to_mix_with_another_organisation(settings):
    settings.DEMO = True
    create_unit(code="TW", name="Trung ương Đoàn", kind=Kind.CENTRAL, opened_on=date(2020, 1, 1))
    with pytest.raises(CommandError, match="another organisation"):
        call_command("load_demo", "--quiet")
    assert list(Unit.objects.values_list("code", flat=True)) == ["TW"]
