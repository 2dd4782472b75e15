"""What a process remembers is forgotten with the next word, with time, and when there is too much of it."""

import pytest

from core import pulse, remembering
from core.remembering import Memory, word_now
from tests.keeping import own_caches


@pytest.fixture(autouse=True)
def _caches(settings):
    own_caches(settings)


@pytest.fixture
def asked():
    """What had to be made, in order."""
    return []


def answer(memory, asked, word, key):
    def make():
        asked.append(key)
        return f"{key} under {word}"

    return memory.answer(word, key, make)


def test_under_one_word_each_is_made_once(asked):
    memory = Memory(most=10)
    assert [answer(memory, asked, "one", key) for key in "abab"] == ["a under one", "b under one"] * 2
    assert asked == ["a", "b"]


def test_another_word_forgets_all_of_them(asked):
    memory = Memory(most=10)
    said = [answer(memory, asked, word, "a") for word in ("one", "two", "two", "one")]
    assert said == ["a under one", "a under two", "a under two", "a under one"]
    assert asked == ["a", "a", "a"]


def test_without_a_word_nothing_is_remembered(asked):
    memory = Memory(most=10)
    answer(memory, asked, None, "a")
    answer(memory, asked, None, "a")
    assert asked == ["a", "a"]


def test_the_oldest_makes_room(asked):
    memory = Memory(most=2)
    for key in "abcbca":
        answer(memory, asked, "one", key)
    assert asked == ["a", "b", "c", "a"]


def test_time_forgets_it_too(asked, monkeypatch):
    memory = Memory(most=10)
    answer(memory, asked, "one", "a")
    later = remembering.time.monotonic() + 301
    monkeypatch.setattr(remembering.time, "monotonic", lambda: later)
    answer(memory, asked, "one", "a")
    assert asked == ["a", "a"]


def test_what_was_made_under_an_earlier_word_is_not_given_under_a_later_one(asked):
    memory = Memory(most=10)

    def overtaken():
        answer(memory, asked, "two", "b")  # somebody else is faster, and the word has changed since
        return "a under one"

    assert memory.answer("one", "a", overtaken) == "a under one"
    assert answer(memory, asked, "two", "a") == "a under two"


def test_a_failure_is_not_remembered(asked):
    memory = Memory(most=10)
    with pytest.raises(ZeroDivisionError):
        memory.answer("one", "a", lambda: 1 // 0)
    assert answer(memory, asked, "one", "a") == "a under one"


def test_the_word_is_that_of_pages_without_figures(settings):
    first = word_now()
    pulse.change_figures()
    assert word_now() == first
    pulse.change()
    assert word_now() != first
    settings.KEPT_PAGES_SECONDS = 0
    assert word_now() is None
