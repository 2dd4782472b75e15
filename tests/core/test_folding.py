"""Folding for search (core.folding)."""

import unicodedata

import pytest

from core.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hiến máu", "hien mau"),
        ("Đội TNTP", "doi tntp"),
        ("đoàn viên ưu tú", "doan vien uu tu"),
        ("ẾỄỂ ỖỔỘ ỮỰỬ ẶẴẲ", "eee ooo uuu aaa"),
        ("02-NQ/ĐTN", "02-nq/dtn"),
        ("  Sở  Tư pháp ", "  so  tu phap "),
        ("", ""),
    ],
)
def test_fold_strips_marks_and_case_only(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_fold_of_composed_and_decomposed_spellings_is_the_same() -> None:
    text = "Hội nghị triển khai, Đại hội chi đoàn"
    spellings = {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert spellings == {"hoi nghi trien khai, dai hoi chi doan"}


def test_fold_twice_changes_nothing() -> None:
    once = fold("Đền ơn đáp nghĩa")
    assert fold(once) == once == "den on dap nghia"
