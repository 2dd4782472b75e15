"""The lunar new year beside the days of the calendar; its table held against the moon itself."""

import re
from datetime import date, timedelta
from math import radians, sin

import pytest

from activities.extraction.lunar_year import NEW_YEARS
from activities.festive_days import new_year_days, new_year_note
from activities.timeline_page import timeline_page
from tests.making import activity

HANOI = 7 / 24


def new_moon(k: int) -> float:
    """The Julian day of the new moon number ``k`` since 1900 (Meeus, Astronomical Formulae for Calculators)."""
    t = k / 1236.85
    mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t**2 + 0.00033 * sin(radians(166.56 + 132.87 * t))
    sun = radians(359.2242 + 29.10535608 * k - 0.0000333 * t**2)
    moon = radians(306.0253 + 385.81691806 * k + 0.0107306 * t**2)
    node = radians(21.2964 + 390.67050646 * k - 0.0016528 * t**2)
    late = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(moon) + 0.0161 * sin(2 * moon)
    late += 0.0104 * sin(2 * node) - 0.0004 * sin(3 * moon) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    late += 0.0004 * (sin(2 * node + sun) - sin(2 * node - sun)) - 0.0006 * sin(2 * node + moon)
    late += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    return mean + late + 0.000278 - 0.000265 * t - 0.000262 * t**2


def day_of_new_moon(near: date) -> date:
    """The day in Hà Nội on which the new moon nearest to ``near`` falls."""
    k = round((near.toordinal() + 1721425 - 2415021) / 29.530588853)
    return date.fromordinal(int(new_moon(k) + 0.5 + HANOI) - 1721425)


@pytest.mark.parametrize("year", NEW_YEARS)
def test_each_year_of_the_table_begins_with_a_new_moon(year):
    """A lunar month begins on the day of the new moon; the first one between 21 January and 20 February."""
    first = NEW_YEARS[year]
    assert day_of_new_moon(first) == first
    assert date(year, 1, 21) <= first <= date(year, 2, 20)


def test_four_days_have_a_note():
    days = [date(2024, 2, 8) + timedelta(days=n) for n in range(6)]
    assert [new_year_note(day) for day in days] == [
        "",
        "Giao thừa Tết Giáp Thìn",
        "Mùng 1 Tết Giáp Thìn",
        "Mùng 2 Tết Giáp Thìn",
        "Mùng 3 Tết Giáp Thìn",
        "",
    ]
    assert new_year_days(2024) == (date(2024, 2, 9), date(2024, 2, 12))


def test_a_year_beyond_the_table_has_none():
    assert [new_year_note(date(2036, 1, 27) + timedelta(days=n)) for n in range(4)] == [""] * 4
    assert new_year_days(2036) is new_year_days(2014) is None


@pytest.mark.parametrize(
    ("address", "notes"),
    [
        ("month/?year=2025&month=1", ["Giao thừa", "Mùng 1", "Mùng 2", "Mùng 3"]),
        ("month/?year=2025&month=2", []),
        ("week/?year=2025&week=5", ["Giao thừa", "Mùng 1", "Mùng 2", "Mùng 3"]),
        ("week/?year=2024&week=6", ["Giao thừa", "Mùng 1", "Mùng 2"]),
    ],
)
def test_the_notes_stand_on_the_days(client, officer, address, notes):
    client.force_login(officer)
    page = client.get(f"/activities/{address}").content.decode()
    assert re.findall(r'<p class="hint mb-0">(Giao thừa|Mùng \d) Tết', page) == notes


def test_the_time_line_says_the_first_day(client, province, officer):
    activity(province.bloc_union)
    client.force_login(officer)
    assert "Tết Giáp Thìn, mùng 1 là ngày 10/2/2024" in client.get("/activities/timeline/").content.decode()
    feast = timeline_page([], year=2024, today=date(2024, 10, 5)).feast
    assert (feast.x, feast.width) == ("10.63", "1.15")
    assert timeline_page([], year=2036, today=date(2024, 10, 5)).feast is None
