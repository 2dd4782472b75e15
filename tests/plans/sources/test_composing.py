"""From letters as read to text: NFC, line ends, marks that show nothing, and the way back for every offset."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.sources import OffsetMap, Refused, read_pasted
from plans.sources.composing import composed

LETTERS = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("aeou\u0300\u0301\u0302\u0309\u0323\u031b\r\n\t\f\v\u00ad\u200b\ufeff\u2028"),
        st.sampled_from("\u1100\u1161\u11a8ệớ \ud800"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("Nghị quyết", "Nghị quyết"),
        (unicodedata.normalize("NFD", "Nghị quyết Đoàn"), "Nghị quyết Đoàn"),
        ("một\r\nhai\rba\n", "một\nhai\nba\n"),
        ("trang một\ftrang hai", "trang một\ntrang hai"),
        ("một\vhai\u2028ba\x85bốn", "một\nhai\nba\nbốn"),
        ("thanh\u00ad niên\u200b\ufeff", "thanh niên"),
        ("e\u200b\u0302\u0323", "ệ"),
        ("a\x00b\x07c", "a b c"),
        ("nửa \ud83d cặp", "nửa \ufffd cặp"),
        ("Stt\tTên", "Stt\tTên"),
        ("\u1112\u1161\u11ab", "\ud55c"),
        ("", ""),
    ],
)
def test_letters_become_text(letters, text):
    assert composed(letters)[0] == text


def test_every_offset_leads_back_to_the_letter_that_was_read():
    letters = unicodedata.normalize("NFD", "Tổ chức") + "\r\n01\u200b lễ\r\nhội"
    text, origin = composed(letters)
    assert text == "Tổ chức\n01 lễ\nhội"
    shown = {word: letters[origin.back(text.index(word)) :] for word in ("chức", "01", "lễ", "hội")}
    assert {word: unicodedata.normalize("NFC", rest)[: len(word)] for word, rest in shown.items()} == {
        word: word for word in shown
    }
    assert origin.back(len(text)) == len(letters)
    assert origin.forward(letters.index("01")) == text.index("01")


def test_text_that_was_composed_already_needs_no_steps():
    assert composed("Nghị quyết\nsố 02") == ("Nghị quyết\nsố 02", OffsetMap())


@settings(max_examples=300, deadline=None)
@given(LETTERS)
def test_text_is_normal_and_the_map_is_in_order(letters):
    text, origin = composed(letters)
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert "\0" not in text
    text.encode()
    places = [origin.back(offset) for offset in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[-1] <= len(letters)
    assert all(0 <= origin.forward(place) <= len(text) for place in range(len(letters) + 1))


def test_a_letter_under_a_heap_of_marks_takes_no_time_and_keeps_some():
    text, _origin = composed("a" + "\u0323\u0301" * 100_000 + "b")
    assert text.startswith("ạ")
    assert text.endswith("b")
    assert len(text) < 40


def test_pasted_text_is_read_like_a_file():
    source = read_pasted(unicodedata.normalize("NFD", "KẾ HOẠCH") + "\r\nTháng 3")
    assert (source.text, source.kind, source.pages) == ("KẾ HOẠCH\nTháng 3", "txt", ())


@pytest.mark.parametrize(
    ("letters", "code"),
    [("", "empty"), (" \n\t\u200b", "empty"), ("a" * 200_001, "too_long"), ("a\n" * 10_001, "too_long")],
)
def test_pasted_text_is_refused(letters, code):
    with pytest.raises(Refused) as refused:
        read_pasted(letters)
    assert refused.value.code == code
