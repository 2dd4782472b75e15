"""The portal's day: pinned, travelling, and back."""

from datetime import UTC, date, datetime
from threading import Thread
from zoneinfo import ZoneInfo

import pytest

from core import clock

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
IN_MARCH = datetime(2024, 3, 26, 23, 30, tzinfo=VIET_NAM)
IN_JULY = datetime(2024, 7, 1, tzinfo=VIET_NAM)


def test_travel_to_holds_inside_the_block_only():
    with clock.travel_to(IN_MARCH):
        assert (clock.now(), clock.today()) == (IN_MARCH, date(2024, 3, 26))
    assert clock.today() == date(2024, 10, 5)
    assert clock.now().date() == date(2024, 10, 5)


def test_travel_to_may_be_nested_and_comes_back_after_an_error():
    with clock.travel_to(IN_MARCH):
        with pytest.raises(ZeroDivisionError), clock.travel_to(IN_JULY):
            clock.today().day // (clock.today().month - IN_JULY.month)
        assert clock.today() == date(2024, 3, 26)


def test_travel_to_takes_no_other_thread_along():
    seen = []
    with clock.travel_to(IN_MARCH):
        thread = Thread(target=lambda: seen.append(clock.today()))
        thread.start()
        thread.join()
    assert seen == [date(2024, 10, 5)]


def test_travel_to_day_is_the_day_in_viet_nam():
    late_evening_in_utc = datetime(2024, 3, 26, 20, 0, tzinfo=UTC)
    with clock.travel_to(late_evening_in_utc):
        assert clock.today() == date(2024, 3, 27)


def test_travel_to_refuses_a_naive_moment():
    with pytest.raises(ValueError, match="aware"), clock.travel_to(IN_MARCH.replace(tzinfo=None)):
        pass
