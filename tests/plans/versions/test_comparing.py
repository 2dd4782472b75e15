"""Two wordings compared word by word."""

import time

import pytest

from plans.versions.comparing import Change, compared


def marked(before: str, after: str) -> str:
    """What the page shows, in plain text: [-gone-] and {+come+}."""
    marks = {Change.SAME: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}"}
    return "".join(marks[piece.change].format(piece.text) for piece in compared(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("", "", ""),
        ("Hiến máu", "Hiến máu", "Hiến máu"),
        ("", "Hiến máu", "{+Hiến máu+}"),
        ("Hiến máu", "", "[-Hiến máu-]"),
        ("Đạt 150 đơn vị máu", "Đạt 180 đơn vị máu", "Đạt [-150 -]{+180 +}đơn vị máu"),
        ("từ 1.500 đến 2.000", "từ 1.500 đến 2.500", "từ 1.500 đến [-2.000-]{+2.500+}"),
        ("đến 30/6/2024", "đến 30/9/2024", "đến [-30/6/2024-]{+30/9/2024+}"),
        ("100% đoàn viên", "95% đoàn viên", "[-100% -]{+95% +}đoàn viên"),
        ("máu, gạo", "máu; gạo", "máu[-, -]{+; +}gạo"),
        ("a b c d", "a c d e", "a [-b -]c d {+e+}"),
        ("một hai", "một\nhai", "một\nhai"),
    ],
)
def test_words_that_went_and_came(before, after, shown):
    assert marked(before, after) == shown


@pytest.mark.parametrize("seed", range(30))
def test_nothing_is_lost(seed):
    """What stayed and came is the new wording, to the last blank; what stayed and went the old one but for blanks."""
    words = ["Tổ", "chức", "150", "–", "200", "đơn", "vị", "máu,", "quý", "II/2024;", "\n"]
    before = " ".join(words[(seed * n) % 11] for n in range(1, 40))
    after = " ".join(words[(seed * n + n // 7) % 11] for n in range(1, 44))
    pieces = compared(before, after)
    assert "".join(piece.text for piece in pieces if piece.change != Change.REMOVED) == after
    kept = "".join(piece.text for piece in pieces if piece.change != Change.ADDED)
    assert "".join(kept.split()) == "".join(before.split())


def test_two_long_texts_that_share_little_are_compared_in_time():
    before, after = " ".join(["a", "b"] * 20_000), " ".join(["b", "c", "a"] * 20_000)
    began = time.monotonic()
    pieces = compared(before, after)
    assert time.monotonic() - began < 20  # quadratic, it would be minutes
    assert "".join(piece.text for piece in pieces if piece.change != Change.REMOVED) == after
